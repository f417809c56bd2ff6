namespace ApproxCluster.Search.Tests;

public sealed class CmaEsSamplerTests : ModelSamplerContract
{
    protected override string Word => "cmaes";

    [Fact]
    public void Suggest_Ellipsoid_ConvergesToTheLastDigits()
    {
        var space = new SearchSpace([.. Enumerable.Range(0, 4).Select(index => new Parameter($"x{index}", new FloatDomain(-5, 5)))]);
        var tuner = new Tuner(Create(space, 1));
        for (var number = 0; number < 1000; number++)
        {
            var trial = tuner.Ask()!;
            tuner.Tell(trial, trial.Parameters.Select((pair, index) => Math.Pow(10, 1.5 * index) * Math.Pow(pair.Value.Number - 1.3, 2)).Sum());
        }

        Assert.True(tuner.Best!.Values[0] < 1e-9, $"{tuner.Best.Values[0]}");
    }

    [Fact]
    public void Suggest_WholeNumbersBesideANarrowOne_AreStillFound()
    {
        var space = new SearchSpace([new("x", new FloatDomain(0, 1)), new("n", new IntDomain(0, 20)), new("m", new IntDomain(0, 20))]);
        var tuner = new Tuner(Create(space, 1));
        for (var number = 0; number < 400; number++)
        {
            var trial = tuner.Ask()!;
            var (x, n, m) = (trial.Parameters["x"]!.Value.Number, trial.Parameters["n"]!.Value.Number, trial.Parameters["m"]!.Value.Number);
            tuner.Tell(trial, 1000 * Math.Pow(x - 0.3, 2) + Math.Pow(n - 17, 2) + Math.Pow(m + n - 20, 2));
        }

        Assert.Equal((17, 3), (tuner.Best!.Parameters["n"]!.Value.Whole, tuner.Best.Parameters["m"]!.Value.Whole));
    }
}

public sealed class CmaEsSamplerBipopTests : ModelSamplerContract
{
    protected override string Word => "{cmaes: {restart_strategy: bipop, population_size: 6, n_startup_trials: 5}}";

    protected override string SamplerName => "CmaEsSampler";
}
