using ApproxCluster.Bench.Search;
using ApproxCluster.Search;

namespace ApproxCluster.Bench.Tests;

public sealed class FunctionFileTests
{
    [Fact]
    public void Read_UnknownFamily_NamesIt()
    {
        var error = Assert.Throws<BenchException>(() => Specs.Scalar("griewank4", $"\"space\":{Specs.Plane}"));

        Assert.StartsWith("Family of griewank4 is 'griewank4', but must be one of branin, ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"rotation\":3,", "Field of branin_x is 'rotation'")]
    [InlineData("\"shift\":[1,2,3],", "shift has 3")]
    public void Read_WhatItsFamilyCannotDo_IsRefused(string field, string message)
    {
        var error = Assert.Throws<BenchException>(() => Specs.Scalar("branin_x", $"{field}\"space\":{Specs.Plane}"));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_KindOfAnotherFamily_IsRefused() =>
        Assert.Contains("Kind of lcsyn is Scalar", Assert.Throws<BenchException>(() => Specs.Scalar("lcsyn", $"\"space\":{Specs.Curves}")).Message, StringComparison.Ordinal);

    [Fact]
    public void Evaluate_ShiftAndBase_MoveTheOriginOfTheFamily()
    {
        var plain = Specs.Scalar("branin", $"\"space\":{Specs.Plane}");
        var moved = Specs.Scalar("elsewhere", $"\"base\":\"branin\",\"shift\":[1,-2],\"space\":{Specs.Plane}");

        Assert.Equal(19.389199906971243, Value(plain, 5.760314993055001, 0.08425155983577626).True, 1e-12);
        Assert.Equal(Value(plain, 2, 5).True, Value(moved, 3, 3).True, 1e-12);
    }

    [Fact]
    public void Evaluate_Noise_DependsOnTheFunctionsNameSeedAndTrialAlone()
    {
        var noisy = Specs.Scalar("branin_n", $"\"base\":\"branin\",\"noise_sd\":2.0,\"space\":{Specs.Plane}");
        var (observed, truth) = Value(noisy, 2, 5, seed: 3, trial: 7);

        Assert.Equal(truth + (2 * CounterNoise.Normal(CounterNoise.Name("branin_n"), 3, 7, 0)), observed, 1e-12);
        Assert.NotEqual(observed, Value(noisy, 2, 5, seed: 3, trial: 8).Observed);
    }

    [Fact]
    public void Read_WhenOfAChoice_HangsTheParameterOnIt()
    {
        const string Space = """
            [{"name":"o","type":"categorical","choices":["a","b"]},{"name":"m","type":"float","low":0,"high":1,"log":false,"when":{"param":"o","equals":"b"}}]
            """;
        var function = Specs.Scalar("mixed8_x", $"\"space\":{Space}");
        var choice = Assert.IsType<ChoiceDomain>(Assert.Single(function.Space.Space.Parameters).Domain);

        Assert.Equal([0, 1], choice.Choices.Select(value => value.Parameters.Count));
        Assert.Equal("o.b.m", function.Space.Paths["m"]);
    }

    private static (double Observed, double True) Value(BenchFunction function, double x0, double x1, ulong seed = 0, ulong trial = 0)
    {
        var point = function.At(new Assignment([new("x0", ParameterValue.Of(x0)), new("x1", ParameterValue.Of(x1))]));
        return ((IScalarObjective)function.Objective).Evaluate(point, seed, trial);
    }
}
