namespace ApproxCluster.Search.Tests;

public sealed class RandomSamplerTests : SamplerContract
{
    private const int Draws = 10_000;

    protected override string Word => "random";

    [Fact]
    public void Suggest_WholeRange_IsUniform() => AssertUniform(Draw("{width: {int: [1, 20]}}", "width").Select(value => (int)value.Whole - 1), 20);

    [Fact]
    public void Suggest_SteppedRange_IsUniform() =>
        AssertUniform(Draw("{learning_rate: {float: [0.5, 1.5], step: 0.25}}", "learning_rate").Select(value => (int)Math.Round((value.Number - 0.5) * 4)), 5);

    [Fact]
    public void Suggest_Choice_IsUniform() =>
        AssertUniform(Draw("{batch_size: {choice: [10, 11, 12]}}", "batch_size").Select(value => (int)value.Whole - 10), 3);

    [Fact]
    public void Suggest_RealRange_IsUniform() =>
        AssertUniform(Draw("{learning_rate: {float: [1, 3]}}", "learning_rate").Select(value => (int)((value.Number - 1) * 10)), 20);

    [Fact]
    public void Suggest_LogRealRange_IsUniformInTheLogarithm() => AssertUniform(
        Draw("{learning_rate: {float: [1e-4, 1], log: true}}", "learning_rate").Select(value => (int)((Math.Log10(value.Number) + 4) * 5)), 20);

    [Fact]
    public void Suggest_LogWholeRange_GivesEachNumberItsShareOfTheLogarithm()
    {
        var counts = Draw("{width: {int: [1, 7], log: true}}", "width").CountBy(value => value.Whole).OrderBy(pair => pair.Key).Select(pair => pair.Value);
        var shares = Enumerable.Range(1, 7).Select(number => Math.Log((number + 1.0) / number) / Math.Log(8));

        AssertShares([.. counts], [.. shares]);
    }

    [Fact]
    public void Suggest_ParameterAdded_LeavesTheOthersInPlace()
    {
        var alone = Draw("{width: {int: [1, 16384]}}", "width");
        var beside = Draw("{depth: {int: [1, 60]}, width: {int: [1, 16384]}, activation: {choice: [relu, tanh]}}", "width");

        Assert.Equal(alone, beside);
    }

    [Fact]
    public void Suggest_TwoParameters_AreIndependent()
    {
        var space = Read.Space("{width: {int: [1, 4]}, depth: {int: [1, 4]}}");
        var points = Enumerable.Range(0, Draws).Select(number => Create(space, 11).Suggest(number, [])!);

        AssertUniform(points.Select(point => (int)(4 * (point["width"]!.Value.Whole - 1) + point["depth"]!.Value.Whole - 1)), 16);
    }

    /// <summary>The same on every machine: a change here breaks every recorded sweep.</summary>
    [Fact]
    public void Suggest_FirstPoints_AreTheRecordedOnes()
    {
        var space = Read.Space("{width: {int: [16, 256], log: true}, learning_rate: {float: [1e-4, 1e-1], log: true}}");
        var points = Enumerable.Range(0, 3).Select(number => Create(space, 1).Suggest(number, [])!).Select(point => $"{point["width"]} {point["learning_rate"]}");

        Assert.Equal(["50 0.014746796285387503", "53 0.00012719778130037857", "77 0.03460102296934059"], points);
    }

    private List<ParameterValue> Draw(string space, string path)
    {
        var sampler = Create(Read.Space(space), 7);
        return [.. Enumerable.Range(0, Draws).Select(number => sampler.Suggest(number, [])![path]!.Value)];
    }

    private static void AssertUniform(IEnumerable<int> bins, int count)
    {
        var counts = new int[count];
        foreach (var bin in bins)
        {
            counts[Math.Min(bin, count - 1)]++;
        }

        AssertShares(counts, [.. Enumerable.Repeat(1.0 / count, count)]);
    }

    /// <summary>Chi-square at about one in a thousand by Wilson and Hilferty's approximation of the quantile; the seeds are fixed.</summary>
    private static void AssertShares(int[] counts, double[] shares)
    {
        Assert.Equal(shares.Length, counts.Length);
        var total = counts.Sum();
        var statistic = counts.Zip(shares).Sum(pair => Math.Pow(pair.First - total * pair.Second, 2) / (total * pair.Second));
        var freedom = counts.Length - 1.0;
        var limit = freedom * Math.Pow(1 - 2 / (9 * freedom) + 3.09 * Math.Sqrt(2 / (9 * freedom)), 3);
        Assert.True(statistic < limit, $"chi-square {statistic} of {freedom} degrees, limit {limit}: {string.Join(", ", counts)}");
    }
}
