namespace ApproxCluster.Search.Tests;

public sealed class PercentilePrunerTests : PrunerContract
{
    protected override string Text => "{percentile: {percentile: 30, startup_trials: 2}}";

    [Fact]
    public void Create_Median_IsThe50thPercentile() => Assert.IsType<PercentilePruner>(PrunerFactory.Create(new MedianPrunerSpec(), new() { Epochs = 9 }));

    [Theory]
    [InlineData(0.0, false)]
    [InlineData(3.0, false)]
    [InlineData(3.5, true)]
    [InlineData(20.0, true)]
    public void Judge_SkewedSet_ComparesWithTheMedianAndNotTheMean(double cost, bool hopeless)
    {
        // Costs 1, 2, 3, 4, 100: the median is 3, the mean 22.
        var pruner = Completed(new MedianPrunerSpec().AsPercentile, 1, 2, 3, 4, 100);

        Assert.Equal(hopeless, pruner.Judge(new FakeCurve(9, [cost])).Kind == VerdictKind.Prune);
    }

    [Theory]
    [InlineData(25, 2)]
    [InlineData(50, 3)]
    [InlineData(10, 1.4)]
    [InlineData(60, 3.4)]
    public void Percentile_BetweenNeighbours_IsInProportion(double percent, double expected) =>
        Assert.Equal(expected, PercentilePruner.Percentile([1, 2, 3, 4, 100], percent), 12);

    [Fact]
    public void Judge_StartupWarmupMinimum_NothingEndsBefore()
    {
        var late = new FakeCurve(9, [50, 50, 50]);

        Assert.Equal(VerdictKind.Continue, Completed(new(50, StartupTrials: 4), 1, 2, 3).Judge(late).Kind);
        Assert.Equal(VerdictKind.Prune, Completed(new(50, StartupTrials: 3), 1, 2, 3).Judge(late).Kind);
        Assert.Equal(VerdictKind.Continue, Completed(new(50, 1, WarmupEpochs: 3), 1, 2, 3).Judge(late).Kind);
        Assert.Equal(VerdictKind.Continue, Completed(new(50, 1, IntervalEpochs: 2), 1, 2, 3).Judge(late).Kind);
        Assert.Equal(VerdictKind.Continue, Completed(new(50, 1, MinTrials: 3), 1, double.NaN, 3).Judge(late).Kind);
        Assert.Equal(VerdictKind.Prune, Completed(new(50, 1, MinTrials: 2), 1, double.NaN, 3).Judge(late).Kind);
    }

    [Fact]
    public void Judge_BestSoFar_CountsAndNotTheLatest() =>
        Assert.Equal(VerdictKind.Continue, Completed(new(50), 1, 2, 3, 4, 5).Judge(new FakeCurve(9, [2, 90])).Kind);

    [Fact]
    public void Judge_NothingFinite_EndsOnceTheRuleApplies()
    {
        Assert.Equal(VerdictKind.Prune, Completed(new(50), 1, 2, 3, 4, 5).Judge(new FakeCurve(9, [double.NaN])).Kind);
        Assert.Equal(VerdictKind.Continue, Completed(new(50), 1, 2).Judge(new FakeCurve(9, [double.NaN])).Kind);
    }

    // Each worse than all before, after five that complete: the median of the survivors ends the rest at epoch 1. Each better: all complete.
    [Theory]
    [InlineData(1, 15)]
    [InlineData(-1, 0)]
    public void Run_MonotoneCurves_SoManyEndAtTheFirstEpoch(int slope, int pruned) =>
        Assert.Equal(pruned, PrunerRun.Of(new PercentilePruner(new(50), 9), 20, 9, (trial, _) => slope * trial).PrunedAfter(1));

    private static PercentilePruner Completed(PercentilePrunerSpec spec, params double[] costs)
    {
        var pruner = new PercentilePruner(spec, 4);
        for (var trial = 0; trial < costs.Length; trial++)
        {
            pruner.Ended(new FakeCurve(trial, Enumerable.Repeat(costs[trial], 4).ToList()));
        }

        // Not completed: it does not count.
        pruner.Ended(new FakeCurve(99, [-100]));
        return pruner;
    }
}
