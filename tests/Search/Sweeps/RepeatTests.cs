using ApproxCluster.Trainer;

namespace ApproxCluster.Search.Tests;

/// <summary>What becomes of configurations that a sampler gives again.</summary>
public sealed class RepeatTests
{
    private static readonly AshaPrunerSpec Promoting = new(1, 3, Promote: true);

    [Fact]
    public async Task Reuse_ThreePointsTwelveTimes_TrainsThreeAndReportsTwelve()
    {
        var trained = new HashSet<int>();
        var coordinator = await FakeSweep.RunAsync(FakeSweep.Spec(trials: 12), new MemoryJournal(), lease => Note(lease, trained), new Wheel(3));

        var state = coordinator.State;
        Assert.Equal([0, 1, 2], trained.Order());
        Assert.Equal(SweepStatus.Finished, state.Status);
        Assert.Equal(12, state.Trials.Count);
        foreach (var trial in state.Trials.Skip(3))
        {
            var earlier = state.Trials[trial.Number % 3];
            Assert.Equal((earlier.Number, earlier.State, earlier.Value, earlier.Seed), (trial.SameAs, trial.State, trial.Value, trial.Seed));
            Assert.Equal(earlier.Epochs, trial.Epochs);
        }

        Assert.Equal([0, 1, 2], Leaderboard.Build(state).Select(row => row.Configuration).Order());
        Assert.All(state.Contenders, trial => Assert.InRange(trial, 0, 2));
        Assert.Equal(27, state.EpochsDone);
    }

    [Fact]
    public async Task Reuse_EarlierOneStillRuns_TheRepeatTakesAPlaceAndEndsWithIt()
    {
        var token = TestContext.Current.CancellationToken;
        var spec = FakeSweep.Spec(trials: 5, parallel: 3);
        var coordinator = await SweepCoordinator.CreateAsync(FakeSweep.Parts(spec, new Wheel(1)), spec, FakeSweep.Shape, new MemoryJournal(), token);

        Assert.Equal([TrialState.Queued, TrialState.Running, TrialState.Running], coordinator.State.Trials.Select(trial => trial.State));
        var lease = Assert.Single((await coordinator.ExchangeAsync(new("local", 9, [], [], []), default, token)).Leases);
        var reply = await coordinator.ExchangeAsync(new("local", 9, [], [FakeTrainer.Run(lease)], []), default, token);

        Assert.Equal(5, coordinator.State.Trials.Count);
        Assert.All(coordinator.State.Trials, trial => Assert.Equal(TrialState.Completed, trial.State));
        Assert.True(Assert.Single(reply.Leases).ScoreTest);
    }

    [Theory]
    [InlineData(RepeatRule.Reuse)]
    [InlineData(RepeatRule.Replicate)]
    public async Task AnyRule_SlotsAndRestarts_LeaveTheDigestTheSame(RepeatRule rule)
    {
        var spec = FakeSweep.Spec(Promoting, trials: 30, parallel: 5, replicates: 2) with { Repeats = rule };
        var journal = new MemoryJournal();
        var digest = (await FakeSweep.RunAsync(spec, journal, sampler: new Wheel(7))).State.Digest;

        for (var length = 1; length < journal.Entries.Count; length += 11)
        {
            Assert.Equal(digest, await ResumeAsync(spec, [.. journal.Entries.Take(length).Select(entry => EventCodec.Decode(entry.Type, entry.Payload))]));
        }
    }

    [Fact]
    public async Task Reuse_ThousandsAtOneMoment_AreJournaledInSeveralAppendsOfWhichOneMayFail()
    {
        var token = TestContext.Current.CancellationToken;
        var spec = FakeSweep.Spec(trials: 4000, epochs: 1);
        var expected = (await FakeSweep.RunAsync(spec, new MemoryJournal(), sampler: new Wheel(2))).State.Digest;
        var journal = new MemoryJournal { Fault = append => append == 2 ? JournalFault.Before : JournalFault.None };
        var coordinator = await SweepCoordinator.CreateAsync(FakeSweep.Parts(spec, new Wheel(2)), spec, FakeSweep.Shape, journal, token);
        IReadOnlyList<SegmentResult> results = [];
        while (!coordinator.State.Status.IsFinal())
        {
            try
            {
                results = [.. (await coordinator.ExchangeAsync(new("local", 2, [], results, []), default, token)).Leases.Select(FakeTrainer.Run)];
            }
            catch (IOException)
            {
                // The same message again.
            }
        }

        Assert.Equal((expected, coordinator.State.Sequence), (coordinator.State.Digest, journal.Entries.Count));
        Assert.InRange(journal.Appends, 4, 20);
    }

    [Fact]
    public async Task Replicate_ThreePointsTwelveTimes_AreTrainedAndRankedTogether()
    {
        var trained = new HashSet<int>();
        var spec = FakeSweep.Spec(trials: 12) with { Repeats = RepeatRule.Replicate };
        var coordinator = await FakeSweep.RunAsync(spec, new MemoryJournal(), lease => Note(lease, trained), new Wheel(3));

        var state = coordinator.State;
        Assert.Equal(12, trained.Count);
        Assert.Equal(12, state.Trials.Select(trial => trial.Seed).Distinct().Count());
        var rows = Leaderboard.Build(state);
        Assert.Equal([0, 1, 2], rows.Select(row => row.Configuration).Order());
        foreach (var row in rows)
        {
            Assert.Equal(Enumerable.Range(0, 4).Select(turn => row.Configuration + 3 * turn), row.Trials);
            Assert.Equal(row.Trials.Sum(trial => state.Trials[trial].Value!.Value) / 4, row.Mean);
        }
    }

    [Fact]
    public async Task Auto_SamplerThatMeansItsRepeats_GetsReplicates()
    {
        var trained = new HashSet<int>();
        await FakeSweep.RunAsync(FakeSweep.Spec(trials: 6), new MemoryJournal(), lease => Note(lease, trained), new Wheel(3, wantsReplicates: true));

        Assert.Equal(6, trained.Count);
    }

    [Theory]
    [InlineData(RepeatRule.Auto, false, false)]
    [InlineData(RepeatRule.Reuse, false, false)]
    [InlineData(RepeatRule.Replicate, false, true)]
    [InlineData(RepeatRule.Replicate, true, false)]
    public void SettingsOf_RuleAndRace_SayWhetherASamplerMayRepeat(RepeatRule rule, bool races, bool may) =>
        Assert.Equal(may, SamplerSettings.Of(FakeSweep.Spec() with { Repeats = rule, Race = races ? new() : null }).MayRepeat);

    [Fact]
    public async Task Replicate_ModelUnderNoise_TriesItsLeadersAgainUnderOtherSeeds()
    {
        var spec = FakeSweep.Spec(trials: 60, parallel: 4, epochs: 2) with
        {
            Space = new([new("x", new FloatDomain(0, 0.8, Step: 0.1)), new("width", new IntDomain(1, 4))]),
            Repeats = RepeatRule.Replicate,
        };

        var state = (await FakeSweep.RunAsync(spec, new MemoryJournal(), lease => Noisy(FakeTrainer.Run(lease), lease.Seed), SamplerFactory.Create(spec with { Sampler = new GaussianSamplerSpec() }))).State;

        var groups = state.Trials.GroupBy(trial => trial.Parameters).Where(group => group.Count() > 1).ToList();
        Assert.Contains(groups, group => group.Count() >= 4);
        Assert.Equal(60, state.Trials.Select(trial => trial.Seed).Distinct().Count());
        Assert.All(groups, group => Assert.Equal(group.Count(), group.Select(trial => trial.Value).Distinct().Count()));

        static SegmentResult Noisy(SegmentResult result, ulong seed) => result with
        {
            Epochs = [.. result.Epochs.Select(epoch => epoch with { ValidationLoss = epoch.ValidationLoss + 0.3 * new Philox(seed).NextDouble() })],
        };
    }

    [Fact]
    public async Task Reuse_EarlierOneFails_TheRepeatFailsAlike()
    {
        var coordinator = await FakeSweep.RunAsync(
            FakeSweep.Spec(trials: 4),
            new MemoryJournal(),
            lease => lease.Trial == 0 ? new(lease.Trial, lease.Attempt, lease.Segment, [], Error: "broken") : FakeTrainer.Run(lease),
            new Wheel(2));

        var trial = coordinator.State.Trials[2];
        Assert.Equal((TrialState.Failed, FailureReason.Error, "same configuration as trial 0: broken"), (trial.State, trial.Reason, trial.Detail));
    }

    [Theory]
    [InlineData(true, SweepStatus.Cancelled)]
    [InlineData(false, SweepStatus.Stopped)]
    public async Task Stop_RepeatsThatWait_EndToo(bool cancel, SweepStatus status)
    {
        var token = TestContext.Current.CancellationToken;
        var spec = FakeSweep.Spec(trials: 9, parallel: 4);
        var coordinator = await SweepCoordinator.CreateAsync(FakeSweep.Parts(spec, new Wheel(3)), spec, FakeSweep.Shape, new MemoryJournal(), token);

        await coordinator.StopAsync(cancel, token);

        Assert.Equal(status, coordinator.State.Status);
        Assert.All(coordinator.State.Trials, trial => Assert.Equal(TrialState.Cancelled, trial.State));
    }

    [Fact]
    public async Task History_Repeats_AreSeenWithTheirResults()
    {
        var sampler = new Wheel(2);

        await FakeSweep.RunAsync(FakeSweep.Spec(trials: 6, parallel: 1), new MemoryJournal(), sampler: sampler);

        Assert.Equal(5, sampler.Last!.Count);
        Assert.All(sampler.Last, observation => Assert.Equal((TrialState.Completed, sampler.Last[observation.Configuration % 2].Cost), (observation.State, observation.Cost)));
        Assert.All(sampler.Last, observation => Assert.Equal(9, observation.Curve.Count));
    }

    private static SegmentResult Note(Lease lease, HashSet<int> trained)
    {
        trained.Add(lease.Trial);
        return FakeTrainer.Run(lease);
    }

    private static async Task<string> ResumeAsync(SweepSpec spec, SweepEvent[] events)
    {
        var token = TestContext.Current.CancellationToken;
        var journal = new MemoryJournal();
        await journal.AppendAsync(0, events, token);
        var coordinator = await SweepCoordinator.LoadAsync(FakeSweep.Parts(spec, new Wheel(7)), journal, presumeHeld: false, default, token);
        var held = new List<Lease>();
        IReadOnlyList<SegmentResult> results = [];
        while (!coordinator.State.Status.IsFinal())
        {
            // Three slots, the last leased is always first to answer.
            held.AddRange((await coordinator.ExchangeAsync(new("local", 3 - held.Count, [], results, []), default, token)).Leases);
            results = held.Count == 0 ? [] : [FakeTrainer.Run(held[^1])];
            held.RemoveRange(Math.Max(0, held.Count - 1), Math.Min(1, held.Count));
        }

        return coordinator.State.Digest;
    }

    /// <summary>A few points over and over.</summary>
    private sealed class Wheel(int points, bool wantsReplicates = false) : ISampler
    {
        public long? Size => null;

        public bool WantsReplicates => wantsReplicates;

        public SearchHistory? Last { get; private set; }

        public Assignment? Suggest(int configuration, SearchHistory history)
        {
            Last = history.Count == configuration ? [.. history] : throw new InvalidOperationException("Configurations are missing in the history.");
            return new([KeyValuePair.Create("x", ParameterValue.Of(configuration % points * 0.1)), KeyValuePair.Create("width", ParameterValue.Of(4L))]);
        }
    }
}
