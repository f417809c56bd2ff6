namespace ApproxCluster.Search.Tests;

public class ImportanceTests
{
    private const string Plain = "{width: {int: [1, 1000]}, learning_rate: {float: [0.0001, 1]}, batch_size: {int: [1, 1000]}, activation: {choice: [relu, tanh, sigmoid]}}";

    [Fact]
    public void Fanova_AdditiveFunction_SharesOfItsVariance()
    {
        // Variances of uniform 2a and b: 4/12 and 1/12. So 80 % and 20 %.
        var shares = Shares(Plain, ImportanceMethod.Fanova, 600, at => 2 * at("width") + at("learning_rate"));

        Assert.Equal(0.8, shares["width"], 0.05);
        Assert.Equal(0.2, shares["learning_rate"], 0.05);
        Assert.InRange(shares["batch_size"], 0, 0.01);
        Assert.InRange(shares["activation"], 0, 0.01);
    }

    [Fact]
    public void Fanova_Product_NeitherAloneExplainsAll()
    {
        // (a - 1/2)(b - 1/2) is all interaction.
        var shares = Shares(Plain, ImportanceMethod.Fanova, 600, at => (at("width") - 0.5) * (at("learning_rate") - 0.5));

        Assert.InRange(shares["width"] + shares["learning_rate"], 0, 0.2);
    }

    [Theory]
    [InlineData(ImportanceMethod.PedAnova)]
    [InlineData(ImportanceMethod.Fanova)]
    public void Of_SymmetricFunction_EqualShares(ImportanceMethod method)
    {
        var shares = Shares(Plain, method, 1000, at => Square(at("width") - 0.4) + Square(at("learning_rate") - 0.4));

        Assert.Equal(shares["width"], shares["learning_rate"], 0.12);
        Assert.True(shares["width"] + shares["learning_rate"] > 0.85);
    }

    [Theory]
    [InlineData(ImportanceMethod.PedAnova)]
    [InlineData(ImportanceMethod.Fanova)]
    public void Of_ParametersThatDoNothing_NearlyNothing(ImportanceMethod method)
    {
        var shares = Shares(Plain, method, 1000, at => Square(at("width") - 0.3));

        Assert.True(shares["width"] > 0.9, string.Join(' ', shares));
        Assert.All(shares.Where(share => share.Key != "width"), share => Assert.InRange(share.Value, 0, 0.06));
    }

    [Theory]
    [InlineData(ImportanceMethod.PedAnova)]
    [InlineData(ImportanceMethod.Fanova)]
    public void Of_OneChoiceIsBest_TheChoiceMatters(ImportanceMethod method)
    {
        var shares = Shares(Plain, method, 400, at => at("activation") == 1 ? 0 : 1 + 0.01 * at("width"));

        Assert.True(shares["activation"] > 0.85, string.Join(' ', shares));
    }

    [Theory]
    [InlineData(ImportanceMethod.PedAnova)]
    [InlineData(ImportanceMethod.Fanova)]
    public void Of_ParameterUnderAChoice_CountsWhereItExists(ImportanceMethod method)
    {
        const string Nested = "{width: {int: [1, 1000]}, encoding: {choice: [identity, fourier1d: {order: {int: [1, 64]}}]}}";
        var table = Table(Nested, 600, at => double.IsNaN(at("encoding.fourier1d.order")) ? 1 : Square(at("encoding.fourier1d.order") - 0.5));
        var importances = ParameterImportance.Of(table, method, 1);

        Assert.Equal(3, importances.Count);
        Assert.InRange(importances.Single(one => one.Path == "encoding.fourier1d.order").Configurations, 200, 400);
        Assert.Equal(600, importances.Single(one => one.Path == "width").Configurations);
        Assert.InRange(importances.Single(one => one.Path == "width").Share, 0, 0.06);
        Assert.True(importances.Single(one => one.Path == "encoding").Share > 0.1);
    }

    [Theory]
    [InlineData(ImportanceMethod.PedAnova)]
    [InlineData(ImportanceMethod.Fanova)]
    public void Of_NothingDiffers_AllZero(ImportanceMethod method) => Assert.All(Shares(Plain, method, 40, _ => 3).Values, share => Assert.Equal(0, share));

    [Fact]
    public void Of_FewResults_Empty() => Assert.Empty(ParameterImportance.Of(Table(Plain, 9, at => at("width")), ImportanceMethod.PedAnova, 1));

    [Fact]
    public void Of_SameTableAndSeed_SameBits()
    {
        var first = ParameterImportance.Of(Table(Plain, 60, at => at("width")), ImportanceMethod.Fanova, 7);

        Assert.Equal(first, ParameterImportance.Of(Table(Plain, 60, at => at("width")), ImportanceMethod.Fanova, 7));
        Assert.NotEqual(first, ParameterImportance.Of(Table(Plain, 60, at => at("width")), ImportanceMethod.Fanova, 8));
    }

    [Fact]
    public void Effects_OneParameter_TheFunctionWithTheOthersAveragedOut()
    {
        var effects = ParameterEffects.Of(Table(Plain, 800, at => 2 * at("width") + at("learning_rate")), 1, "width");

        Assert.Equal(ParameterEffects.Bins, effects.Count);
        for (var bin = 0; bin < effects.Count; bin++)
        {
            Assert.Equal(2 * (bin + 0.5) / effects.Count + 0.5, effects[bin].Mean, 0.06);
            Assert.True(effects[bin].Low <= effects[bin].Mean && effects[bin].Mean <= effects[bin].High);
        }

        Assert.Equal(800, effects.Sum(effect => effect.Configurations));
    }

    [Fact]
    public void Effects_TwoParameters_EveryPairAndTheirInteraction()
    {
        var effects = ParameterEffects.Of(Table(Plain, 1000, at => at("activation") == 0 ? at("width") : 1 - at("width")), 1, "activation", "width");

        Assert.Equal(3 * ParameterEffects.Bins, effects.Count);
        Assert.All(effects, effect => Assert.Equal(2, effect.Values.Count));
        var relu = effects.Where(effect => effect.Values[0] == "relu").ToArray();
        var tanh = effects.Where(effect => effect.Values[0] == "tanh").ToArray();
        Assert.True(relu[^1].Mean - relu[0].Mean > 0.7);
        Assert.True(tanh[0].Mean - tanh[^1].Mean > 0.7);
    }

    [Fact]
    public void Effects_UnknownParameter_NamesThoseThereAre()
    {
        var fault = Assert.Throws<ArgumentException>(() => ParameterEffects.Of(Table(Plain, 20, at => at("width")), 1, "depth"));

        Assert.Contains("Parameter is depth, but must be one of those searched: width, learning_rate, batch_size, activation", fault.Message, StringComparison.Ordinal);
    }

    private static double Square(double value) => value * value;

    private static Dictionary<string, double> Shares(string space, ImportanceMethod method, int count, Func<Func<string, double>, double> cost) =>
        ParameterImportance.Of(Table(space, count, cost), method, 1).ToDictionary(one => one.Path, one => one.Share);

    // Random points; the function sees each parameter's number in [0, 1], or the index of a choice.
    private static ConfigurationTable Table(string text, int count, Func<Func<string, double>, double> cost)
    {
        var space = Read.Space(text);
        var columns = new SpaceColumns(space);
        var sampler = new RandomSampler(space, 5);
        var points = Enumerable.Range(0, count).Select(number =>
        {
            var point = sampler.Suggest(number, [])!;
            var row = columns.Encode(point);
            return (point, cost(path => row[columns.Columns.Single(column => column.Path == path).Index]));
        });
        return ConfigurationTable.Of(space, [.. points]);
    }
}
