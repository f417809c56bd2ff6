using ApproxCluster.Bench.Search;

namespace ApproxCluster.Bench.Tests;

public sealed class RegretsTests
{
    private static readonly BenchFunction Function = Specs.Scalar("branin", $"\"space\":{Specs.Plane}") with { Optimum = 1, Scale = 2 };

    [Fact]
    public void Regret_NoisyLog_IsTheTruthOfTheLowestObserved()
    {
        var log = new RunLog("m", Function, 0);
        log.Add(1, 5, 9);
        log.Add(2, 6, 2);
        log.Add(3, 4, 7);
        log.End(10);

        Assert.Equal((9 - 1) / 2.0, Regrets.Regret(log, 2));
        Assert.Equal((7 - 1) / 2.0, Regrets.Regret(log, 10));
        Assert.Null(Regrets.Regret(log, 11));
        Assert.Equal(["m,branin,0,1,5,9,", "m,branin,0,3,4,7,", "m,branin,0,10,inf,inf,"], log.Lines());
    }

    [Fact]
    public void Regret_Recommendations_IsTheTruthOfTheLatest()
    {
        var log = new RunLog("m", Function, 0);
        log.Recommend(1, 3);
        log.Recommend(2, 3);
        log.Recommend(3, 5);
        log.End(4);

        Assert.Equal((3 - 1) / 2.0, Regrets.Regret(log, 2));
        Assert.Equal((5 - 1) / 2.0, Regrets.Regret(log, 4));
        Assert.Equal(3, log.Rows.Count);
    }

    [Fact]
    public void Hypervolume_DominatedPointsAndThoseBeyondTheCorner_CountForNothing() =>
        Assert.Equal(2 + 3, Regrets.Hypervolume([(1, 2), (2, 1), (2, 2), (0, 5), (5, 0)], (3, 4)) + Regrets.Hypervolume([], (3, 4)), 1e-12);

    [Fact]
    public void Quantile_BetweenNeighbours_IsInProportion()
    {
        Assert.Equal(2.5, Regrets.Quantile([4, 1, 2, 3], 0.5));
        Assert.Equal(1.75, Regrets.Quantile([4, 1, 2, 3], 0.25));
    }
}
