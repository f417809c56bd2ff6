namespace ApproxCluster.Search.Tests;

public sealed class OptunaJournalTests
{
    private const string Sweep = """
        name: exported
        target: {kind: curve}
        space:
          encoding:
            choice:
              - identity
              - fourier1d: {order: {int: [1, 64], log: true}}
          width: {int: [8, 40], step: 8}
          learning_rate: {float: [0.8, 0.95], log: true}
          optimizer: {adamw: {weight_decay: {float: [0, 0.1], step: 0.05}}}
        objective: {minimize: validation.loss}
        pruner: {asha: {min_epochs: 1, reduction_factor: 3}}
        trials: 40
        parallel: 4
        epochs: 9
        """;

    private static readonly DateTimeOffset At = new(2026, 5, 4, 3, 2, 1, 500, TimeSpan.Zero);

    [Fact]
    public async Task Write_FinishedSweep_ReplaysToItsTrials()
    {
        var state = await RunAsync(int.MaxValue);

        var replay = new OptunaReplay(Write(state));

        Assert.Equal(("exported-1", 1), (replay.Name, Assert.Single(replay.Directions)));
        Assert.Equal("adamw", replay.Attributes["fixed"].GetProperty("optimizer").GetString());
        Assert.Equal(state.Trials.Count, replay.Trials.Count);
        foreach (var (trial, copy) in state.Trials.Zip(replay.Trials))
        {
            var paths = trial.Parameters.Where(pair => pair.Key is "encoding" or "encoding.fourier1d.order" or "width" or "learning_rate" or "optimizer.adamw.weight_decay");
            Assert.Equal(paths.ToDictionary(pair => pair.Key, pair => pair.Value.ToString()), copy.Parameters);
            Assert.Equal(trial.State switch { TrialState.Completed => 1, TrialState.Pruned => 2, _ => 3 }, copy.State);
            Assert.Equal(trial.State == TrialState.Failed || trial.Value is null ? [] : [trial.Value.Value], copy.Values);
            Assert.Equal(trial.Epochs.Where(epoch => epoch.IsFinite).Select(epoch => (epoch.Epoch, epoch.ValidationLoss)), copy.Intermediate.Select(pair => (pair.Key, pair.Value)));
            Assert.Equal((At, At.AddSeconds(trial.Number)), (copy.Start, copy.End));
        }

        Assert.Equal([1, 2, 3], replay.Trials.Select(trial => trial.State).Distinct().Order());
        Assert.Contains(replay.Trials, trial => trial.Attributes.ContainsKey("test_loss"));
    }

    [Fact]
    public async Task Write_RunningSweep_WhatHasNotEndedRuns()
    {
        var state = await RunAsync(10);

        var replay = new OptunaReplay(Write(state));

        Assert.Equal(state.Trials.Select(trial => trial.State.IsFinal()), replay.Trials.Select(trial => trial.State != 0));
        Assert.Contains(replay.Trials, trial => trial.State == 0);
    }

    [Fact]
    public async Task Write_SweepOfSeveralObjectives_HasAllValuesAndDirections()
    {
        var state = await RunAsync(int.MaxValue, Sweep.Replace("objective: {minimize: validation.loss}", "objective: [{minimize: validation.loss}, {minimize: flops}, {minimize: parameters}]", StringComparison.Ordinal));

        var replay = new OptunaReplay(Write(state));

        Assert.Equal([1, 1, 1], replay.Directions);
        var trial = state.Trials.First(trial => trial.State == TrialState.Completed);
        Assert.Equal([trial.Value!.Value, trial.Entry.FlopsPerEpoch, trial.ParameterCount], replay.Trials[trial.Number].Values);
    }

    [Fact]
    public void Write_TunerOfTwoObjectives_HasBothValuesAndDirections()
    {
        var space = new SearchSpace([new("x", new FloatDomain(-1, 1)), new("ü", new ChoiceDomain([new(ParameterValue.Of("\"a\""), []), new(ParameterValue.Of(2L), [])]))]);
        var tuner = new Tuner(new() { Space = space, Seed = 4 }, new RandomSamplerSpec(), maximize: [true, false]);
        for (var number = 0; number < 8; number++)
        {
            tuner.Tell(tuner.Ask()!, [number == 3 ? double.NaN : number, 1]);
        }

        tuner.Ask();
        using var text = new StringWriter();
        OptunaJournal.Write(text, "two", tuner, space, _ => new(At, At));

        var replay = new OptunaReplay(text.ToString());

        Assert.Equal([2, 1], replay.Directions);
        Assert.Equal([1, 1, 1, 3, 1, 1, 1, 1, 0], replay.Trials.Select(trial => trial.State));
        Assert.Equal([7.0, 1], replay.Trials[7].Values);
        Assert.Equal(tuner.Trials[0].Parameters.ToDictionary(pair => pair.Key, pair => pair.Value.ToString()), replay.Trials[0].Parameters);
    }

    [Fact]
    public void Write_MaximizedCurve_HasValuesNotCosts()
    {
        var space = new SearchSpace([new("x", new FloatDomain(-1, 1))]);
        var tuner = new Tuner(new() { Space = space, Seed = 4, Epochs = 2 }, new RandomSamplerSpec(), new NoPrunerSpec(), [true]);
        var trial = tuner.Ask()!;
        tuner.Report(trial, 3);
        tuner.Report(trial, 2);
        using var text = new StringWriter();
        OptunaJournal.Write(text, "up", tuner, space, _ => new(At, At));

        var copy = Assert.Single(new OptunaReplay(text.ToString()).Trials);

        Assert.Equal((1, 3.0), (copy.State, Assert.Single(copy.Values)));
        Assert.Equal([3.0, 2], copy.Intermediate.Values);
    }

    private static string Write(SweepState state)
    {
        using var text = new StringWriter();
        OptunaJournal.Write(text, "exported-1", state, trial => new(At, At.AddSeconds(trial)));
        return text.ToString();
    }

    private static async Task<SweepState> RunAsync(int most, string text = Sweep)
    {
        var token = TestContext.Current.CancellationToken;
        var spec = SweepFile.Parse(text, "exported.yaml").Spec!;
        var coordinator = await SweepCoordinator.CreateAsync(spec, FakeSweep.Shape, new MemoryJournal(), default, token);
        IReadOnlyList<SegmentResult> results = [];
        for (var count = 0; count < most && !coordinator.State.Status.IsFinal(); count++)
        {
            var reply = await coordinator.ExchangeAsync(new("local", 1, [], results, []), default, token);
            results = [.. reply.Leases.Select(FakeTrainer.Run)];
        }

        return coordinator.State;
    }
}
