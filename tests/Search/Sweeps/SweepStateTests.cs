using ApproxCluster.Trainer;

namespace ApproxCluster.Search.Tests;

public class SweepStateTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Decisions_AnySweep_InOrderOfVirtualTimeThenTrial(bool promote)
    {
        var journal = new MemoryJournal();
        await FakeSweep.RunAsync(FakeSweep.Spec(new AshaPrunerSpec(1, 3, promote)), journal);
        var finish = new Dictionary<int, long>();
        var last = (Finish: 0L, Trial: -1);
        foreach (var sweepEvent in journal.Events)
        {
            if (sweepEvent is SegmentStarted started)
            {
                Assert.Equal(last.Finish, started.StartsAt);
                finish[started.Trial] = started.FinishesAt;
            }
            else if (sweepEvent is SegmentFinished finished)
            {
                var now = (finish[finished.Trial], finished.Trial);
                Assert.True(now.CompareTo(last) > 0 || now.Item1 == last.Finish, $"trial {finished.Trial} is decided after trial {last.Trial}");
                last = now;
            }
        }
    }

    [Fact]
    public async Task Places_AnySweep_AlwaysFullWhileTrialsAreLeft()
    {
        var journal = new MemoryJournal();
        await FakeSweep.RunAsync(FakeSweep.Spec(new AshaPrunerSpec(1, 3), trials: 40, parallel: 6), journal);
        var inFlight = new HashSet<int>();
        var created = 0;
        foreach (var sweepEvent in journal.Events)
        {
            created += sweepEvent is TrialCreated ? 1 : 0;
            if (sweepEvent is SegmentStarted started)
            {
                inFlight.Add(started.Trial);
                Assert.True(inFlight.Count <= 6, "more in flight than parallel");
            }
            else if (sweepEvent is SegmentFinished finished)
            {
                Assert.True(created == 40 || inFlight.Count == 6, "a place is empty though trials are left");
                inFlight.Remove(finished.Trial);
            }
        }
    }

    [Fact]
    public async Task Diverged_Trial_KeepsItsPlannedFinishAndFails()
    {
        var journal = new MemoryJournal();
        var coordinator = await FakeSweep.RunAsync(FakeSweep.Spec(trials: 60), journal);

        var diverged = coordinator.State.Trials.First(trial => trial.Reason == FailureReason.Diverged);
        Assert.Equal(4, diverged.Epochs.Count);
        Assert.Equal("epoch 4", diverged.Detail);
        Assert.Equal(9, diverged.ToEpoch);
        Assert.Equal(3, diverged.BestEpoch);
    }

    [Fact]
    public async Task Trials_Replicates_SameParametersOtherSeeds()
    {
        var trials = (await FakeSweep.RunAsync(FakeSweep.Spec(trials: 3, replicates: 4), new MemoryJournal())).State.Trials;

        Assert.Equal(12, trials.Count);
        Assert.All(trials, trial => Assert.Equal((trial.Number / 4, trial.Number % 4), (trial.Configuration, trial.Replicate)));
        Assert.All(trials, trial => Assert.Equal(trials[trial.Number / 4 * 4].Parameters, trial.Parameters));
        Assert.Equal(12, trials.Select(trial => trial.Seed).Distinct().Count());
        Assert.Equal(Trainer.Seeds.Trial(1, 2, 3), trials[11].Seed);
    }

    [Fact]
    public async Task Sampler_Finite_EndsWithItsLastConfiguration()
    {
        var spec = FakeSweep.Spec(trials: 40, replicates: 2);

        var state = (await FakeSweep.RunAsync(spec, new MemoryJournal(), sampler: new FakeSampler(1, size: 7))).State;

        Assert.Equal((SweepStatus.Finished, 14, 14), (state.Status, state.Trials.Count, state.Progress.Planned));
    }

    [Fact]
    public async Task Sampler_HasNoMore_EndsWithWhatThereIs()
    {
        var state = (await FakeSweep.RunAsync(FakeSweep.Spec(trials: 40), new MemoryJournal(), sampler: new EndingSampler(5))).State;

        Assert.Equal((SweepStatus.Finished, 5), (state.Status, state.Trials.Count));
    }

    [Fact]
    public async Task Sampler_History_ValuesOnlyOfEndedConfigurations()
    {
        var sampler = new RecordingSampler();
        var spec = FakeSweep.Spec(trials: 20, replicates: 2);

        var state = (await FakeSweep.RunAsync(spec, new MemoryJournal(), sampler: sampler)).State;

        Assert.True(sampler.Known.Max() > 10, "the last suggestions see values");
        Assert.Equal(sampler.Known.Order(), sampler.Known);
        Assert.Equal([.. Enumerable.Range(0, 20)], sampler.Lengths);
        Assert.NotEmpty(state.Incumbents);
    }

    [Fact]
    public async Task Configuration_CannotBeTrained_TrialFailsWithTheReasonAndTheSweepGoesOn()
    {
        var spec = FakeSweep.Spec(trials: 6);
        var parts = FakeSweep.Parts(spec);
        var configure = parts.Configure;
        var refusing = parts with
        {
            Configure = (assignment, shape, epochs) => assignment["width"]!.Value.Whole > 20
                ? throw new ArgumentException("Width is too much, but must be at most 20.")
                : configure(assignment, shape, epochs),
        };
        var coordinator = await SweepCoordinator.CreateAsync(refusing, spec, FakeSweep.Shape, new MemoryJournal(), Token);
        while (!coordinator.State.Status.IsFinal())
        {
            var leases = (await coordinator.ExchangeAsync(new("a", 9, [], [], []), default, Token)).Leases;
            await coordinator.ExchangeAsync(new("a", 0, [], [.. leases.Select(FakeTrainer.Run)], []), default, Token);
        }

        var failed = coordinator.State.Trials.Where(trial => trial.Parameters["width"]!.Value.Whole > 20).ToArray();
        Assert.NotEmpty(failed);
        Assert.All(failed, trial => Assert.Equal((FailureReason.Error, "Width is too much, but must be at most 20."), (trial.Reason, trial.Detail)));
    }

    [Fact]
    public async Task Configuration_TooCostly_TrialFailsWithTheLimit()
    {
        var spec = FakeSweep.Spec(trials: 1_000_000, parallel: 1, epochs: 1_000);

        // So many samples that a network of 20 is just too costly, whatever an epoch costs.
        var million = FakeSweep.Shape with { TrainingSamples = 1_000_000 };
        var middle = FakeSweep.Parts(spec).Configure(new([new("x", ParameterValue.Of(0.5)), new("width", ParameterValue.Of(20L))]), million, 1_000);
        var shape = million with { TrainingSamples = (int)(1e6 * 4611686018 / TrialCost.WorkPerEpoch(middle, million)) + 1_000_000 };

        var coordinator = await SweepCoordinator.CreateAsync(FakeSweep.Parts(spec), spec, shape, new MemoryJournal(), Token);

        var failed = coordinator.State.Trials.First(trial => trial.State == TrialState.Failed);
        Assert.Contains("must be at most 4611686018", failed.Detail, StringComparison.Ordinal);
        Assert.Contains(coordinator.State.Trials, trial => trial.State == TrialState.Queued);
    }

    [Fact]
    public async Task Sweep_AllTrialsFail_Failed()
    {
        var state = (await FakeSweep.RunAsync(
            FakeSweep.Spec(trials: 5), new MemoryJournal(), lease => new(lease.Trial, lease.Attempt, lease.Segment, [], Error: "no"))).State;

        Assert.Equal((SweepStatus.Failed, 5), (state.Status, state.Progress.Failed));
        Assert.Equal((0, 0), (state.Progress.Epochs, state.Progress.Flops));
        Assert.Empty(state.Contenders);
    }

    [Fact]
    public async Task Scoring_WithoutScore_NaNAndTheSweepEnds()
    {
        var state = (await FakeSweep.RunAsync(
            FakeSweep.Spec(trials: 5),
            new MemoryJournal(),
            lease => lease.ScoreTest ? new(lease.Trial, lease.Attempt, lease.Segment, [], Error: "no") : FakeTrainer.Run(lease))).State;

        Assert.Equal(SweepStatus.Finished, state.Status);
        Assert.True(double.IsNaN(state.Trials[state.Contenders[0]].Test!.Loss));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Progress_EveryStep_AsCountedOverAllTrials(bool promote)
    {
        var spec = FakeSweep.Spec(new AshaPrunerSpec(1, 3, promote), replicates: 2);
        var coordinator = await SweepCoordinator.CreateAsync(FakeSweep.Parts(spec), spec, FakeSweep.Shape, new MemoryJournal(), Token);
        var share = 0.0;
        while (!coordinator.State.Status.IsFinal())
        {
            var leases = (await coordinator.ExchangeAsync(new("a", 3, [], [], []), default, Token)).Leases;
            await coordinator.ExchangeAsync(new("a", 0, [], [.. leases.Select(FakeTrainer.Run)], []), default, Token);
            var (state, progress) = (coordinator.State, coordinator.State.Progress);
            foreach (var kind in Enum.GetValues<TrialState>())
            {
                Assert.Equal(state.Trials.Count(trial => trial.State == kind), state.Count(kind));
            }

            Assert.Equal(state.Trials.Sum(trial => trial.Epochs.Count), progress.Epochs);
            Assert.Equal(state.Trials.Where(trial => trial.Reason == FailureReason.None).Min(trial => trial.Value), progress.Best?.Value);
            Assert.InRange(progress.Share, 0, 1);
            share = Math.Max(share, progress.Share);
        }

        Assert.Equal((1.0, 80), (coordinator.State.Progress.Share, coordinator.State.Progress.Ended));
    }

    [Fact]
    public void Apply_FormatOfANewerVersion_Refused()
    {
        var state = new SweepState(FakeSweep.Parts(FakeSweep.Spec()));

        var fault = Assert.Throws<InvalidDataException>(() => state.Apply(new SweepCreated(3, "{}", FakeSweep.Shape)));

        Assert.Contains("format is 3, but must be at most 2", fault.Message, StringComparison.Ordinal);
    }

    private sealed class EndingSampler(int count) : ISampler
    {
        private readonly FakeSampler inner = new(1);

        public long? Size => null;

        public Assignment? Suggest(int configuration, SearchHistory history) =>
            configuration < count ? inner.Suggest(configuration, history) : null;
    }

    private sealed class RecordingSampler : ISampler
    {
        private readonly FakeSampler inner = new(1);

        public List<int> Known { get; } = [];

        public List<int> Lengths { get; } = [];

        public long? Size => null;

        public Assignment? Suggest(int configuration, SearchHistory history)
        {
            Known.Add(history.Count(observation => observation.State.IsFinal()));
            Lengths.Add(history.Count);
            Assert.All(history, observation => Assert.True(observation.Cost is null || observation.State.IsFinal()));
            Assert.All(history, observation => Assert.NotEqual(TrialState.Queued, observation.State));
            return inner.Suggest(configuration, history);
        }
    }
}
