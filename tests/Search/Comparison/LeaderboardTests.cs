using ApproxCluster.Trainer;

namespace ApproxCluster.Search.Tests;

public class LeaderboardTests
{
    private static readonly Objective Accuracy = new(true, "validation.accuracy");

    [Fact]
    public void Evaluate_Curve_FirstBestEpochAndBothGaps()
    {
        var result = Leaderboard.Evaluate(Curve([3, 2, 2, 4], [2.5, 1, 0.5, 0.25]), FakeSweep.Loss)!;

        Assert.Equal((2, 2.0, 1.0, 3.75), (result.BestEpoch, result.Value, result.Gap, result.LastGap));
        Assert.Equal((2, 4), (result.Best.Epoch, result.Last.Epoch));
    }

    [Fact]
    public void Evaluate_Accuracy_LargestIsBestAndGapIsTrainingMinusValidation()
    {
        EpochReport[] epochs = [new(1, 1, 1, 0.75, 0.5, 0.1), new(2, 1, 1, 1, 0.75, 0.1), new(3, 1, 1, 1, 0.5, 0.1)];

        var result = Leaderboard.Evaluate(epochs, Accuracy)!;

        Assert.Equal((2, 0.75, 0.25, 0.5), (result.BestEpoch, result.Value, result.Gap, result.LastGap));
    }

    [Theory]
    [InlineData(new double[0])]
    [InlineData(new[] { double.NaN })]
    [InlineData(new[] { double.PositiveInfinity, double.NaN })]
    public void Evaluate_NoFiniteEpoch_Null(double[] losses) => Assert.Null(Leaderboard.Evaluate(Curve(losses, losses), FakeSweep.Loss));

    [Fact]
    public void Evaluate_DivergedLater_BestOfTheFiniteEpochs() =>
        Assert.Equal(2, Leaderboard.Evaluate(Curve([3, 2, double.NaN], [3, 2, double.NaN]), FakeSweep.Loss)!.BestEpoch);

    [Theory]
    [InlineData(new[] { 3.0, 2, 2.01, 2.5, 3 }, new[] { 3.0, 2, 1.5, 1, 0.5 }, 4)]
    [InlineData(new[] { 3.0, 2, 2.5, 2.01, 3 }, new[] { 3.0, 2, 1.5, 1, 0.5 }, 5)]
    [InlineData(new[] { 3.0, 2, 2.5, 3, 3 }, new[] { 3.0, 2, 2, 2.5, 3 }, null)]
    [InlineData(new[] { 5.0, 4, 3, 2, 1 }, new[] { 5.0, 4, 3, 2, 1 }, null)]
    [InlineData(new[] { 3.0, 2, 2.01, 2.02, 2.019 }, new[] { 3.0, 2, 1.5, 1, 0.5 }, null)]
    [InlineData(new[] { 3.0, 2, 2.5, 3, double.NaN }, new[] { 3.0, 2, 1.5, 1, double.NaN }, 3)]
    public void Evaluate_ValidationRisesWhileTrainingFalls_OnsetIsTheFirstEpochThatStaysAbove(double[] validation, double[] training, int? onset) =>
        Assert.Equal(onset, Leaderboard.Evaluate(Curve(validation, training), FakeSweep.Loss)!.OverfitOnset);

    [Fact]
    public async Task Build_Replicates_MeanDeviationAndInterval()
    {
        // Losses 1, 2, 3 for configuration 0; 11, 12, 13 for configuration 1.
        var state = await RunAsync(trials: 2, replicates: 3, lease => 1 + lease.Trial % 3 + 10 * (lease.Trial / 3));

        var rows = Leaderboard.Build(state);

        Assert.Equal([0, 1], rows.Select(row => row.Configuration));
        Assert.Equal([3, 4, 5], rows[1].Trials);
        Assert.Equal((2.0, 1.0), (rows[0].Mean, rows[0].StandardDeviation));

        // t(0.975, 2) / sqrt 3 = 2.48414.
        Assert.Equal(2 - 2.48414, rows[0].Low!.Value, 5);
        Assert.Equal(2 + 2.48414, rows[0].High!.Value, 5);
        Assert.Equal([true, false], rows.Select(row => row.TiedWithBest));
    }

    [Fact]
    public async Task Build_OneReplicate_NoIntervalAndTiesByNumber()
    {
        var state = await RunAsync(trials: 4, replicates: 1, lease => lease.Trial == 0 ? 9 : 5);

        var rows = Leaderboard.Build(state);

        Assert.Equal([1, 2, 3, 0], rows.Select(row => row.Configuration));
        Assert.Equal([1, 2, 3, 4], rows.Select(row => row.Rank));
        Assert.Equal([true, true, true, false], rows.Select(row => row.TiedWithBest));
        Assert.All(rows, row => Assert.Null(row.Low ?? row.High ?? row.StandardDeviation));
    }

    [Fact]
    public async Task Build_FailedReplicate_RanksAfterTheSound()
    {
        var state = await RunAsync(trials: 3, replicates: 2, lease => lease.Trial == 1 ? double.NaN : lease.Trial);

        var rows = Leaderboard.Build(state);

        Assert.Equal([1, 2, 0], rows.Select(row => row.Configuration));
        Assert.Equal((TrialState.Failed, false, false), (rows[2].State, rows[2].TiedWithBest, rows[2].OnParetoFront));
        Assert.DoesNotContain(0, state.Contenders);
    }

    [Fact]
    public async Task Scoring_TiedConfigurations_AtMostFiveBestFirst()
    {
        var state = await RunAsync(trials: 9, replicates: 2, lease => lease.Trial % 2 == 0 ? 1 : 2 + 0.01 * lease.Trial);

        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], state.Contenders);
        Assert.All(state.Trials, trial => Assert.Equal(trial.Number < 10, trial.Test is not null));
    }

    [Fact]
    public async Task Scoring_ClearWinner_AllItsReplicatesAtTheirBestEpochs()
    {
        var journal = new MemoryJournal();
        var state = await RunAsync(trials: 5, replicates: 2, lease => 10 * (lease.Trial / 2) + 0.001 * lease.Trial, journal);

        Assert.Equal([0, 1], state.Contenders);
        Assert.All(journal.Events.OfType<TestScored>(), scored => Assert.Equal(1, scored.Epoch));
    }

    [Fact]
    public async Task Top_FewRows_AsTheLeaderboardBegins()
    {
        var state = await RunAsync(trials: 9, replicates: 1, lease => (lease.Trial * 7) % 9);

        Assert.Equal(Leaderboard.Build(state).Take(3).Select(row => row.Configuration), Leaderboard.Top(state, 3).Select(row => row.Configuration));
    }

    private static async Task<SweepState> RunAsync(int trials, int replicates, Func<Lease, double> loss, MemoryJournal? journal = null)
    {
        var spec = FakeSweep.Spec(trials: trials, replicates: replicates, epochs: 2);
        return (await FakeSweep.RunAsync(spec, journal ?? new(), lease => Train(lease, loss(lease)))).State;
    }

    private static SegmentResult Train(Lease lease, double loss) => lease.ScoreTest
        ? new(lease.Trial, lease.Attempt, lease.Segment, [], Test: new(loss, loss))
        : new(lease.Trial, lease.Attempt, lease.Segment, Curve([loss, loss + 1], [loss, loss]), Diverged: double.IsNaN(loss));

    private static EpochReport[] Curve(double[] validation, double[] training) =>
        [.. validation.Select((loss, index) => new EpochReport(index + 1, training[index], loss, training[index], loss, 0.1))];
}
