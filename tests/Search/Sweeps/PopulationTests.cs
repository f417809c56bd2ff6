using ApproxCluster.Trainer;

namespace ApproxCluster.Search.Tests;

/// <summary>Population-based training.</summary>
public class PopulationTests
{
    private const string Space = "{learning_rate: {float: [0.01, 0.85]}, width: {int: [1, 40]}, batch_size: {int: [8, 64]}, optimizer: {choice: [{sgd: {momentum: {choice: [0, 0.5, 0.9]}}}, adam]}}";

    [Fact]
    public async Task Run_Generations_TheWorstAreReplacedByCopiesOfTheBest()
    {
        var spec = Spec("{pbt: {population: 8, interval: 3}}");
        var (state, journal) = await RunAsync(spec);

        Assert.Equal((SweepStatus.Finished, 12, 12), (state.Status, spec.Trials, state.Trials.Count));
        Assert.Equal(8, state.Trials.Count(trial => trial.State == TrialState.Completed));
        Assert.Equal(8 * 9, state.EpochsDone);
        foreach (var epoch in new[] { 3, 6 })
        {
            // Those that had trained to the epoch and had not been replaced before it.
            var members = state.Trials.Where(trial => trial.Epochs.Count >= epoch && (trial.From?.Epoch ?? 0) < epoch).OrderBy(trial => trial.Costs[epoch - 1]).ToList();
            var replaced = members.Where(trial => trial.State == TrialState.Pruned && trial.Epochs.Count == epoch).Select(trial => trial.Number);
            var children = state.Trials.Where(trial => trial.From?.Epoch == epoch).ToList();

            Assert.Equal(8, members.Count);
            Assert.Equal(members.TakeLast(2).Select(trial => trial.Number).Order(), replaced.Order());
            Assert.Equal(2, children.Count);
            Assert.All(children, child => Assert.Contains(child.From!.Value.Trial, members.Take(2).Select(trial => trial.Number)));
        }

        foreach (var child in state.Trials.Where(trial => trial.From is not null))
        {
            var parent = state.Trials[child.From!.Value.Trial];
            Assert.Equal(parent.Seed, child.Seed);
            Assert.Equal(parent.Epochs.Take(child.From.Value.Epoch), child.Epochs.Take(child.From.Value.Epoch));
            Assert.All(new[] { "width", "optimizer" }, path => Assert.Equal(parent.Parameters[path], child.Parameters[path]));
            Assert.NotEqual(parent.Parameters, child.Parameters);
            Assert.Equal([.. parent.Training!.Earlier, parent.Training.AsStretch(child.From.Value.Epoch)], child.Training!.Earlier);
            Assert.True(child.Training.CanContinue(parent.Training));
        }

        LeaseChecker.CheckJournal(journal.Events);
        Assert.Equal(state.Digest, SweepState.Replay(journal.Events).Digest);
    }

    [Fact]
    public async Task Run_FailedMembers_AreReplacedToo()
    {
        // Two members diverge before the first generation ends, one meets an error after it.
        var spec = Spec("{pbt: {population: 8, interval: 3}}") with { Trials = 20 };
        var (state, journal) = await RunAsync(spec, lease => lease.Trial switch
        {
            1 or 4 => new(lease.Trial, lease.Attempt, lease.Segment, [], Diverged: true),
            2 when lease.FromEpoch == 3 => new(lease.Trial, lease.Attempt, lease.Segment, [], Error: "no memory"),
            _ => FakeTrainer.Run(lease),
        });

        Assert.Equal((SweepStatus.Finished, 8), (state.Status, state.Progress.Completed));
        Assert.Equal(4, state.Trials.Count(trial => trial.From?.Epoch == 3));
        Assert.InRange(state.Trials.Count(trial => trial.From?.Epoch == 6), 2, 3);
        Assert.Empty(state.Retriable);
        LeaseChecker.CheckJournal(journal.Events);
    }

    [Fact]
    public async Task Run_NoTrialsLeft_TheOthersTrainOn()
    {
        var (state, _) = await RunAsync(Spec("{pbt: {population: 8, interval: 3}}") with { Trials = 9 });

        Assert.Equal((SweepStatus.Finished, 9, 8), (state.Status, state.Trials.Count, state.Progress.Completed));
    }

    [Fact]
    public async Task Run_AllFail_Ends()
    {
        var (state, _) = await RunAsync(Spec("{pbt: {population: 4, interval: 3}}"), lease => new(lease.Trial, lease.Attempt, lease.Segment, [], Diverged: true));

        Assert.Equal((SweepStatus.Failed, 4), (state.Status, state.Trials.Count));
    }

    [Fact]
    public async Task Run_Confirm_TrainsTheWholeScheduleUnderFreshSeeds()
    {
        var (state, _) = await RunAsync(Spec("{pbt: {population: 8, interval: 3}}") with { Confirm = 2 }, Improving);

        var fresh = state.Trials.Where(trial => trial.Replicate > 0).ToList();
        Assert.NotEmpty(fresh);
        Assert.All(fresh, trial => Assert.Equal((TrialState.Completed, 9), (trial.State, trial.Epochs.Count)));
        Assert.Contains(fresh, trial => trial.Training!.Earlier.Count > 0);
    }

    [Fact]
    public async Task Run_TwoObjectives_CopiesMembersOfTheFront()
    {
        var spec = Spec("{pbt: {population: 8, interval: 3}}");
        spec = spec with { Objective = spec.Objective with { Further = [new(false, "parameters")] } };
        var (state, _) = await RunAsync(spec);

        Assert.Equal(12, state.Trials.Count);
        Assert.Contains(state.Trials.Where(trial => trial.From?.Epoch == 3), child => state.Trials.Take(8).MinBy(trial => trial.Costs[2])!.Number != child.From!.Value.Trial);
    }

    [Fact]
    public void Change_AnyPoint_OnlyWhatCanChangeAndWithinTheRules()
    {
        var spec = Read.Spec($"{{target: curve, space: {Space}, where: learning_rate * batch_size < 30}}");
        var sampler = SamplerFactory.Create(spec);
        var exploration = new Exploration(new(Resample: 0), spec.Space, 3);
        for (var number = 0; number < 200; number++)
        {
            var parent = sampler.Suggest(number, [])!;
            var child = exploration.Change(parent, number, _ => true);

            Assert.Equal((parent["width"], parent["optimizer"]), (child["width"], child["optimizer"]));
            Assert.True(spec.Space.Allows(child));
            var ratio = child.Number("learning_rate") / parent.Number("learning_rate");
            Assert.True(Math.Abs(ratio - 1.2) < 1e-9 || Math.Abs(ratio - 1 / 1.2) < 1e-9 || child.Number("learning_rate") is 0.01 or 0.85, $"{parent} became {child}");
            Assert.True(child.Whole("batch_size") != parent.Whole("batch_size") || child.Whole("batch_size") is 8 or 64);
            Assert.Equal(child, exploration.Change(parent, number, _ => true));
        }

        var first = sampler.Suggest(0, [])!;
        Assert.Same(first, exploration.Change(first, 0, _ => false));
        Assert.NotEqual(
            Enumerable.Range(0, 9).Select(number => exploration.Change(first, number, _ => true)), Enumerable.Range(0, 9).Select(number => new Exploration(new(Resample: 1), spec.Space, 3).Change(first, number, _ => true)));
    }

    [Theory]
    [InlineData("sampler: pbt, space: {width: {int: [1, 9]}}", "sampler is pbt, but must be another one while space searches nothing that can change in training, none of learning_rate, batch_size")]
    [InlineData("sampler: {pbt: {interval: 20}}, epochs: 20, space: {learning_rate: {float: [0.1, 1]}}", "interval is 20, but must be below epochs, which is 20. Lower it, or raise epochs.")]
    [InlineData("sampler: pbt, trials: 9, space: {learning_rate: {float: [0.1, 1]}}", "trials is 9, but must be at least the population, which is 10")]
    [InlineData("sampler: pbt, pruner: asha, space: {learning_rate: {float: [0.1, 1]}}", "pruner is given, but must be none with sampler pbt")]
    [InlineData("sampler: pbt, replicates: 2, space: {learning_rate: {float: [0.1, 1]}}", "replicates is more than 1, but must be 1 with sampler pbt")]
    [InlineData("sampler: pbt, replicates: {race: 3}, space: {learning_rate: {float: [0.1, 1]}}", "replicates is more than 1, but must be 1 with sampler pbt")]
    public void Read_WhatDoesNotSuit_NamesItAndTheRule(string text, string expected) =>
        Assert.Contains(expected, Read.Fault($"{{target: curve, {text}}}"), StringComparison.Ordinal);

    [Fact]
    public void Read_TrialsLeftOut_PopulationAndItsReplacements()
    {
        Assert.Equal(10 + 3 * 2, Read.Spec("{target: curve, sampler: pbt, epochs: 20, space: {learning_rate: {float: [0.1, 1]}}}").Trials);
        Assert.Equal(12, Read.Spec("{target: curve, sampler: pbt, trials: 12, pruner: none, space: {learning_rate: {float: [0.1, 1]}}}").Trials);
    }

    // The later a trial began, the better it is from there on: children win.
    private static SegmentResult Improving(Lease lease) => lease.ScoreTest ? FakeTrainer.Run(lease) : new(lease.Trial, lease.Attempt, lease.Segment, [.. Enumerable.Range(lease.FromEpoch + 1, lease.ToEpoch - lease.FromEpoch)
        .Select(epoch => new EpochReport(epoch, 1, 100.0 / epoch - lease.Trial, 1, 1, 0.1))]);

    private static SweepSpec Spec(string sampler) => Read.Spec($"{{target: curve, sampler: {sampler}, space: {Space}, epochs: 9, parallel: 3, seed: 5, objective: {{minimize: validation.loss}}}}");

    private static async Task<(SweepState State, MemoryJournal Journal)> RunAsync(SweepSpec spec, Func<Lease, SegmentResult>? train = null)
    {
        var journal = new MemoryJournal();
        var coordinator = await SweepCoordinator.CreateAsync(spec, FakeSweep.Shape, journal, default, TestContext.Current.CancellationToken);
        IReadOnlyList<SegmentResult> results = [];
        while (!coordinator.State.Status.IsFinal())
        {
            var reply = await coordinator.ExchangeAsync(new("local", 1, [], results, []), default, TestContext.Current.CancellationToken);
            Assert.True(reply.Leases.Count > 0 || reply.Status.IsFinal(), $"nothing to do at {coordinator.State.Status}");
            results = [.. reply.Leases.Select(train ?? FakeTrainer.Run)];
        }

        return (coordinator.State, journal);
    }
}
