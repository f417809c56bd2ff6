namespace ApproxCluster.Search.Tests;

public sealed class StandingTests
{
    private static readonly Assignment Point = new([]);

    [Fact]
    public void Of_EveryKindOfObservation_RanksCompletedPrunedInfeasibleFailed()
    {
        Observation[] observations =
        [
            new(0, Point, TrialState.Failed, null),
            new(1, Point, TrialState.Completed, double.NaN),
            new(2, Point, TrialState.Completed, 1) { Violation = 2 },
            new(3, Point, TrialState.Pruned, 0) { Curve = [0] },
            new(4, Point, TrialState.Pruned, 5) { Curve = [6, 5] },
            new(5, Point, TrialState.Completed, double.PositiveInfinity),
            new(6, Point, TrialState.Completed, 3),
            new(7, Point, TrialState.Completed, 3),
            new(8, Point, TrialState.Paused, 4) { Curve = [4, 4] },
            new(9, Point, TrialState.Completed, 2) { Violation = 1 },
        ];

        var ranks = new Ranks();
        foreach (var observation in observations)
        {
            ranks.Set(observation);
        }

        Assert.Equal([6, 7, 5, 8, 4, 3, 9, 2, 0, 1], ranks.Sorted.Select(standing => standing.Configuration));
        Assert.Equal(8, ranks.Results);
    }

    [Fact]
    public void Of_RunningOrCancelled_HasNone()
    {
        Assert.Null(Standing.Of(new(0, Point, TrialState.Running, 1)));
        Assert.Null(Standing.Of(new(0, Point, TrialState.Paused, null)));
        Assert.Null(Standing.Of(new(0, Point, TrialState.Cancelled, 1)));
    }
}
