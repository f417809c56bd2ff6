using ApproxCluster.Trainer;

namespace ApproxCluster.Search.Tests;

/// <summary>Sweeps judged by the gap, within a limit on it, or by several objectives.</summary>
public class ObjectiveSweepTests
{
    private static readonly Objective Weighted = FakeSweep.Loss with { GapWeight = 2 };
    private static readonly Objective Limited = FakeSweep.Loss with { GapLimit = 0.5 };

    [Fact]
    public void Evaluate_GapWeight_LossPlusWeightTimesGapOfTheSameEpoch()
    {
        // Loss 2, gap 1; loss 2.5, gap 0.25; loss 1.75, gap 1.75.
        var result = Leaderboard.Evaluate(Curve([2, 2.5, 1.75], [1, 2.25, 0]), Weighted)!;

        Assert.Equal((2, 3.0, 0.25), (result.BestEpoch, result.Value, result.Gap));
    }

    [Fact]
    public void Of_AccuracyWithWeight_AccuracyLessWeightTimesGap() => Assert.Equal(
        0.75 - 0.5 * 0.125,
        new Objective(true, "validation.accuracy") { GapWeight = 0.5 }.Of(new(1, 0, 0, 0.875, 0.75, 0)));

    [Fact]
    public void Evaluate_Limit_BestWithinItElseLeastBeyond()
    {
        var within = Leaderboard.Evaluate(Curve([2, 3, 1], [1, 2.75, 0]), Limited)!;
        var beyond = Leaderboard.Evaluate(Curve([2, 3, 1], [1, 2.25, 0]), Limited)!;

        Assert.Equal((2, 3.0, 0.0), (within.BestEpoch, within.Value, within.Violation));
        Assert.Equal((2, 3.0, 0.25), (beyond.BestEpoch, beyond.Value, beyond.Violation));
    }

    [Fact]
    public void RankCost_AnyViolation_AfterAllCostsAndInOrder()
    {
        double[] ranked = [.. new[] { (0.0, 0.0), (1e299, 0.0), (-5, 1e-9), (7, 0.1), (0, 5), (0, 1e6), (0, double.PositiveInfinity) }.Select(pair => ObjectiveValues.RankCost(pair.Item1, pair.Item2))];

        Assert.Equal(ranked.Order(), ranked);
        Assert.Equal(ranked.Length, ranked.Distinct().Count());
        Assert.All(ranked, cost => Assert.True(double.IsFinite(cost)));
    }

    [Fact]
    public async Task Leaderboard_Limit_ThoseBeyondItLastAndObservationsSaySo()
    {
        // Validation loss equals the configuration's number, the gap is 1 for even ones.
        var watch = new WatchingSampler();
        var state = await RunAsync(Limited, 6, (trial, _) => (trial, trial - (trial % 2 == 0 ? 1 : 0.25)), watch);

        var rows = Leaderboard.Build(state);
        Assert.Equal([1, 3, 5, 0, 2, 4], rows.Select(row => row.Configuration));
        Assert.Equal([0, 0, 0, 0.5, 0.5, 0.5], rows.Select(row => row.Violation));
        Assert.Equal([1], state.Contenders);
        Assert.Equal(1, state.Incumbents[^1].Trial);
        Assert.Equal([0.5, 0, 0.5, 0, 0.5], watch.Last!.Take(5).Select(observation => observation.Violation));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Asha_Limit_TrialsBeyondItGoOnlyAfterThoseWithin(bool promote)
    {
        var spec = FakeSweep.Spec(new AshaPrunerSpec(1, 3, promote), trials: 12, parallel: 1, epochs: 9) with { Objective = Limited };
        var state = await RunAsync(spec, (trial, epoch) => (100 - trial, 100 - trial - (trial % 2 == 1 ? 0.25 : 1)));

        Assert.All(state.Trials.Where(trial => trial.State == TrialState.Completed && trial.Number > 3), trial => Assert.Equal(1, trial.Number % 2));
        Assert.Contains(state.Trials, trial => trial.State == TrialState.Completed);
    }

    [Theory]
    [InlineData("asha")]
    [InlineData("promote")]
    [InlineData("sha")]
    [InlineData("median")]
    public async Task Pruner_SeveralObjectives_KeepsTheFrontNotOnlyTheFirstObjectivesBest(string pruner)
    {
        // Each trial is better in both than the one before, but for trial 6 with the largest loss and the smallest gap.
        PrunerSpec spec = pruner switch
        {
            "sha" => new ShaPrunerSpec(1, 3, Cohort: 9),
            "median" => new MedianPrunerSpec(StartupTrials: 1),
            _ => new AshaPrunerSpec(1, 3, pruner == "promote"),
        };
        double Gap(int trial) => trial == 6 ? 0.1 : 10 - trial;
        double Loss(int trial) => trial == 6 ? 40 : 30 - trial;
        async Task<TrialState> EndOf(Objective objective) => (await RunAsync(
            FakeSweep.Spec(spec, trials: 9, parallel: 1, epochs: 3) with { Objective = objective }, (trial, _) => (Loss(trial), Loss(trial) - Gap(trial)))).Trials[6].State;

        Assert.Equal(TrialState.Completed, await EndOf(FakeSweep.Loss with { Further = [new(false, "gap")] }));
        Assert.Equal(TrialState.Pruned, await EndOf(FakeSweep.Loss));
    }

    [Fact]
    public async Task Leaderboard_SeveralObjectives_FrontsThenTheFirst()
    {
        var objective = FakeSweep.Loss with { Further = [new(false, "gap"), new(false, "parameters")] };
        var watch = new WatchingSampler();

        // (loss, gap): 0: (3, 1)  1: (1, 3)  2: (2, 2)  3: (3, 3)  4: (4, 4), all of one size.
        double[] losses = [3, 1, 2, 3, 4];
        double[] gaps = [1, 3, 2, 3, 4];
        var state = await RunAsync(objective, 5, (trial, _) => (losses[trial], losses[trial] - gaps[trial]), watch);

        var rows = Leaderboard.Build(state);
        Assert.Equal([1, 2, 0, 3, 4], rows.Select(row => row.Configuration));
        Assert.Equal([1, 1, 1, 2, 3], rows.Select(row => row.ParetoRank));
        Assert.Equal([1, 2, 3, 4, 5], rows.Select(row => row.Rank));
        Assert.Equal([true, true, true, false, false], rows.Select(row => row.OnParetoFront));
        Assert.Equal([1, 3], rows[0].Objectives.Take(2));
        Assert.Equal(rows[0].ParameterCount, rows[0].Objectives[2]);
        Assert.Equal([1, 2], Leaderboard.Top(state, 2).Select(row => row.Configuration));
        Assert.Equal([1, 2, 0], state.Contenders);
        Assert.Equal([3, 1], watch.Last![0].Costs.Take(2));
        Assert.Equal(3, watch.Last[0].Costs.Count);

        var front = SweepFront.Of(state)!;
        Assert.Equal((3, 4.0, 4.0), (front.Size, front.Reference[0], front.Reference[1]));
    }

    [Fact]
    public async Task Front_TwoObjectives_VolumeUpToTheWorstOfEach()
    {
        double[] losses = [3, 1, 2, 3, 4];
        var state = await RunAsync(FakeSweep.Loss with { Further = [new(false, "gap")] }, 5, (trial, _) => (losses[trial], losses[trial] - new[] { 1, 3, 2, 3, 4 }[trial]));

        // (1,3), (2,2), (3,1) up to (4,4): 3 + 2 + 1.
        Assert.Equal(6, SweepFront.Of(state)!.Hypervolume);
        Assert.Null(SweepFront.Of(await RunAsync(FakeSweep.Loss, 2, (trial, _) => (trial, trial))));
    }

    private static Task<SweepState> RunAsync(Objective objective, int trials, Func<int, int, (double Validation, double Training)> losses, ISampler? sampler = null) =>
        RunAsync(FakeSweep.Spec(trials: trials, parallel: 1, epochs: 2) with { Objective = objective }, losses, sampler);

    private static async Task<SweepState> RunAsync(SweepSpec spec, Func<int, int, (double Validation, double Training)> losses, ISampler? sampler = null) =>
        (await FakeSweep.RunAsync(spec, new MemoryJournal(), lease => Train(lease, losses), sampler ?? new WatchingSampler())).State;

    private static SegmentResult Train(Lease lease, Func<int, int, (double Validation, double Training)> losses) => lease.ScoreTest
        ? new(lease.Trial, lease.Attempt, lease.Segment, [], Test: new(1, 1))
        : new(lease.Trial, lease.Attempt, lease.Segment, [.. Enumerable.Range(lease.FromEpoch + 1, lease.ToEpoch - lease.FromEpoch).Select(epoch =>
        {
            var (validation, training) = losses(lease.Trial, epoch);
            return new EpochReport(epoch, training, validation, training, validation, 0.1);
        })]);

    private static EpochReport[] Curve(double[] validation, double[] training) =>
        [.. validation.Select((loss, index) => new EpochReport(index + 1, training[index], loss, training[index], loss, 0.1))];

    /// <summary>Configurations of one size, all different; keeps what it saw last.</summary>
    private sealed class WatchingSampler : ISampler
    {
        public Observation[]? Last { get; private set; }

        public long? Size => null;

        public Assignment? Suggest(int configuration, SearchHistory history)
        {
            Last = [.. history];
            return new([KeyValuePair.Create("x", ParameterValue.Of(0.1 + 1e-6 * configuration)), KeyValuePair.Create("width", ParameterValue.Of(8L))]);
        }
    }
}
