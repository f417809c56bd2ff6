namespace ApproxCluster.Search.Tests;

public sealed class AshaPrunerTests : PrunerContract
{
    protected override string Text => "asha";

    [Theory]
    [InlineData(1, 3, 9, new[] { 1, 3 })]
    [InlineData(1, 3, 10, new[] { 1, 3, 9 })]
    [InlineData(1, 3, 243, new[] { 1, 3, 9, 27, 81 })]
    [InlineData(1, 3, 244, new[] { 1, 3, 9, 27, 81, 243 })]
    [InlineData(1, 10, 1001, new[] { 1, 10, 100, 1000 })]
    [InlineData(5, 2, 41, new[] { 5, 10, 20, 40 })]
    [InlineData(4, 4, 4, new int[0])]
    [InlineData(1, 2, 1_000_000, new[] { 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536, 131072, 262144, 524288 })]
    public void Stops_WholeNumbers_NoneLostToRounding(int minEpochs, int factor, int epochs, int[] expected) =>
        Assert.Equal(expected, AshaPruner.Stops(minEpochs, factor, epochs));

    [Fact]
    public void NextStop_AfterEachRung_TheNextThenTheEnd()
    {
        var pruner = new AshaPruner(new(1, 3), 20);

        Assert.Equal([1, 3, 9, 20], new[] { 0, 1, 3, 9 }.Select(done => pruner.NextStop(new FakeCurve(0, new double[done]))));
    }

    // Trials one after the other, each worse than all before, each better, or all alike: how many end at each rung and how many complete. When
    // each is better, each is in the top third when it comes, but for the first two at each rung: the price of deciding without waiting.
    [Theory]
    [InlineData("worse", false, new[] { 26, 0, 0 }, 1)]
    [InlineData("better", false, new[] { 0, 0, 0 }, 27)]
    [InlineData("alike", false, new[] { 0, 0, 0 }, 27)]
    [InlineData("worse", true, new[] { 18, 6, 2 }, 1)]
    [InlineData("better", true, new[] { 2, 2, 2 }, 21)]
    [InlineData("alike", true, new[] { 18, 6, 2 }, 1)]
    public async Task Run_MonotoneCurves_SoManyEndAtEachRung(string curve, bool promote, int[] atRungs, int completed)
    {
        var spec = FakeSweep.Spec(new AshaPrunerSpec(1, 3, promote), trials: 27, parallel: 1, epochs: 27);

        var trials = (await FakeSweep.RunAsync(spec, new MemoryJournal(), lease => Flat(lease, curve))).State.Trials;

        var ended = new[] { 1, 3, 9 }.Select(epoch => trials.Count(trial => trial.State == TrialState.Pruned && trial.Epochs.Count == epoch));
        Assert.Equal(atRungs, ended);
        Assert.Equal(completed, trials.Count(trial => trial.State == TrialState.Completed));
        var best = curve == "worse" ? 0 : 26;
        Assert.True(curve == "alike" || trials[best].State == TrialState.Completed, "the best must complete");
    }

    [Fact]
    public async Task Run_FewerTrialsThanTheFactor_PromotingCompletesTheBestAllTheSame()
    {
        var spec = FakeSweep.Spec(new AshaPrunerSpec(1, 4, Promote: true), trials: 3, parallel: 2, epochs: 20);

        var trials = (await FakeSweep.RunAsync(spec, new MemoryJournal(), lease => Flat(lease, "better"))).State.Trials;

        Assert.Equal([TrialState.Pruned, TrialState.Pruned, TrialState.Completed], trials.Select(trial => trial.State));
    }

    // Trials one after the other, each worse than all before or each better; the fifth is the first that is decided on. Those that waited go on when a growing rung takes more.
    [Theory]
    [InlineData("worse", 9, new[] { 0, 1, 2 })]
    [InlineData("better", 9, new[] { 4, 5, 6, 7, 8 })]
    [InlineData("worse", 4, new[] { 0 })]
    [InlineData("better", 4, new[] { 3 })]
    public async Task Run_MinTrials_TheFirstWaitForThem(string curve, int trials, int[] expected)
    {
        var spec = FakeSweep.Spec(new AshaPrunerSpec(1, 3, MinTrials: 5), trials, parallel: 1, epochs: 2);

        var state = (await FakeSweep.RunAsync(spec, new MemoryJournal(), lease => Flat(lease, curve))).State;

        Assert.Equal(expected, state.Trials.Where(trial => trial.State == TrialState.Completed).Select(trial => trial.Number));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_NoFiniteObjective_PrunedAndNeverPromoted(bool promote)
    {
        var spec = FakeSweep.Spec(new AshaPrunerSpec(1, 2, promote), trials: 4, parallel: 1, epochs: 4) with
        {
            Objective = new(true, "validation.psnr"),
        };

        var state = (await FakeSweep.RunAsync(spec, new MemoryJournal(), lease => Flat(lease, "nan"))).State;

        Assert.Equal(SweepStatus.Failed, state.Status);
        Assert.All(state.Trials, trial => Assert.Equal((TrialState.Pruned, 1), (trial.State, trial.Epochs.Count)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_Diverged_CountsAtItsRungAsTheWorst(bool promote)
    {
        // Four of six diverge before the first rung: the second best is in the top third of six, though it would not be of two.
        var spec = FakeSweep.Spec(new AshaPrunerSpec(1, 3, promote), trials: 6, parallel: 1, epochs: 2);

        var trials = (await FakeSweep.RunAsync(
            spec,
            new MemoryJournal(),
            lease => lease.Trial is > 0 and < 5 ? new(lease.Trial, lease.Attempt, lease.Segment, [], Diverged: true) : Flat(lease, "worse"))).State.Trials;

        Assert.Equal([0, 5], trials.Where(trial => trial.State == TrialState.Completed).Select(trial => trial.Number));
        Assert.Equal(4, trials.Count(trial => trial.Reason == FailureReason.Diverged));
    }

    [Fact]
    public async Task Run_Maximize_LargerGoesOn()
    {
        var spec = FakeSweep.Spec(new AshaPrunerSpec(1, 3, Promote: true), trials: 9, parallel: 3) with { Objective = new(true, "validation.psnr") };

        var trials = (await FakeSweep.RunAsync(spec, new MemoryJournal(), lease => Flat(lease, "worse"))).State.Trials;

        Assert.Equal((TrialState.Pruned, TrialState.Completed), (trials[0].State, trials[8].State));
    }

    [Fact]
    public void TopShare_AnyOrder_BoundIsTheNthBest()
    {
        for (ulong seed = 0; seed < 50; seed++)
        {
            var random = new Trainer.Philox(seed);
            var (factor, least) = (2 + (int)(seed % 3), (int)(seed % 2));
            var top = new TopShare(factor, least);
            var all = new List<(double, int)>();
            for (var trial = 0; trial < 60; trial++)
            {
                var cost = random.NextBelow(10) == 0 ? double.PositiveInfinity : random.NextBelow(8);
                top.Add(cost, trial);
                all.Add((cost, trial));
                all.Sort();
                var size = Math.Max(least, all.Count / factor);
                Assert.True(size == 0 ? top.Bound is null : top.Bound == all[size - 1], $"seed {seed}, trial {trial}");
            }
        }
    }

    private static SegmentResult Flat(Lease lease, string curve)
    {
        var loss = curve switch { "worse" => 1 + lease.Trial, "better" => 100 - lease.Trial, _ => 1.0 };
        var metric = curve == "nan" ? double.NaN : loss;
        var epochs = Enumerable.Range(lease.FromEpoch + 1, lease.ToEpoch - lease.FromEpoch)
            .Select(epoch => new Trainer.EpochReport(epoch, loss, loss, metric, metric, 0.1));
        return new(lease.Trial, lease.Attempt, lease.Segment, lease.ScoreTest ? [] : [.. epochs], Test: lease.ScoreTest ? new(loss, loss) : null);
    }
}
