namespace ApproxCluster.Search.Tests;

public sealed class BohbSamplerTests : ModelSamplerContract
{
    protected override string Word => "{bohb: {random_fraction: 0.2}}";

    protected override double ToyNear => 0.05;

    protected override int ToySuccesses => 7;

    /// <summary>The last epoch says the opposite of the first: only what most have reached may count until enough are further.</summary>
    [Fact]
    public void Suggest_Curves_TheLargestEpochWithEnoughPointsCounts()
    {
        var space = new SearchSpace([new("x", new FloatDomain(0, 1))]);

        Assert.True(Mean(3) < 0.4, $"{Mean(3)}");
        Assert.True(Mean(20) > 0.6, $"{Mean(20)}");

        double Mean(int whole)
        {
            var sampler = SamplerFactory.Create(new BohbSamplerSpec(RandomFraction: 0), new SamplerSettings { Space = space, Seed = 1, Epochs = 9 });
            var history = new SearchHistory();
            for (var number = 0; number < 60; number++)
            {
                var point = new RandomSampler(space, 8).Suggest(number, [])!;
                var x = point["x"]!.Value.Number;
                double[] curve = number < whole ? [x, 1 - x] : [x];
                history.Set(new(number, point, number < whole ? TrialState.Completed : TrialState.Pruned, curve[^1]) { Curve = curve });
            }

            return Enumerable.Range(60, 40).Average(number => sampler.Suggest(number, history)!["x"]!.Value.Number);
        }
    }
}
