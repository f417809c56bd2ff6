namespace ApproxCluster.Search.Tests;

/// <summary>Failed trials that are run again.</summary>
public class RetryTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Pruners => ["none", "{asha: {promote: true}}", "asha", "{sha: {cohort: 9}}", "hyperband", "median", "wilcoxon", "{any: {pruners: [sha, gap]}}"];

    [Fact]
    public async Task Retry_EndedSweep_SameLeaderboardAsIfNothingHadFailed()
    {
        var spec = FakeSweep.Spec(trials: 30);
        var journal = new MemoryJournal();
        var sampler = new FixedSampler();
        var coordinator = await FakeSweep.RunAsync(spec, journal, Failing, sampler);
        var whole = (await FakeSweep.RunAsync(spec, new MemoryJournal(), sampler: sampler)).State;
        Assert.Equal([2, 7, 12, 17, 22, 27], coordinator.State.Retriable);
        Assert.NotEqual(Rows(whole), Rows(coordinator.State));

        Assert.Equal(6, await coordinator.RetryAsync(Token));
        Assert.Equal((SweepStatus.Running, 24), (coordinator.State.Status, coordinator.State.Progress.Ended));
        Assert.All(coordinator.State.Trials, trial => Assert.Null(trial.Test));
        await FinishAsync(coordinator, FakeTrainer.Run);

        Assert.Equal(SweepStatus.Finished, coordinator.State.Status);
        Assert.Equal(Rows(whole), Rows(coordinator.State));
        Assert.Equal(whole.Contenders.Select(number => whole.Trials[number].Test), coordinator.State.Contenders.Select(number => coordinator.State.Trials[number].Test));
        Assert.All(coordinator.State.Trials, trial => Assert.Equal(trial.Number % 5 == 2 ? (2, 1) : (1, 0), (trial.Attempt, trial.Retries)));
        Assert.Equal(0, await coordinator.RetryAsync(Token));
        LeaseChecker.CheckJournal(journal.Events);
    }

    [Theory]
    [MemberData(nameof(Pruners))]
    public async Task Retry_AnyPruner_EndsAndTheJournalResumesAnywhereToTheSameDigest(string pruner)
    {
        var spec = FakeSweep.Spec(Read.Spec($"target: curve\npruner: {pruner}\nepochs: 9").Pruner, trials: 27, parallel: 4, replicates: pruner == "wilcoxon" ? 4 : 1);
        var journal = new MemoryJournal();
        var coordinator = await FakeSweep.RunAsync(spec, journal, Failing);
        await coordinator.RetryAsync(Token);
        var from = journal.Entries.Count;
        await FinishAsync(coordinator, FakeTrainer.Run);

        Assert.Equal(SweepStatus.Finished, coordinator.State.Status);
        Assert.Equal([], coordinator.State.Retriable);
        LeaseChecker.CheckJournal(journal.Events);
        Assert.Equal(coordinator.State.Digest, Replayed(spec, journal).Digest);
        for (var length = from; length < journal.Entries.Count; length += 5)
        {
            var cut = new MemoryJournal();
            cut.Entries.AddRange(journal.Entries.Take(length));
            var resumed = await SweepCoordinator.LoadAsync(FakeSweep.Parts(spec), cut, false, default, Token);
            await FinishAsync(resumed, FakeTrainer.Run, slots: 3);

            Assert.Equal(coordinator.State.Digest, resumed.State.Digest);
        }
    }

    [Fact]
    public async Task Retry_FailsAgain_EndsAgainAndCanBeTriedOnceMore()
    {
        var coordinator = await FakeSweep.RunAsync(FakeSweep.Spec(trials: 10), new MemoryJournal(), Failing, new FixedSampler());
        await coordinator.RetryAsync(Token);
        await FinishAsync(coordinator, Failing);
        Assert.Equal((SweepStatus.Finished, 2), (coordinator.State.Status, coordinator.State.Retriable.Count));

        await coordinator.RetryAsync(Token);
        await FinishAsync(coordinator, FakeTrainer.Run);

        Assert.Equal((TrialState.Completed, 3), (coordinator.State.Trials[2].State, coordinator.State.Trials[2].Attempt));
    }

    [Fact]
    public async Task Retry_NothingTrained_FailedSweepGoesOn()
    {
        var coordinator = await FakeSweep.RunAsync(FakeSweep.Spec(trials: 4), new MemoryJournal(), lease => new(lease.Trial, lease.Attempt, lease.Segment, [], Error: "no data"));
        Assert.Equal(SweepStatus.Failed, coordinator.State.Status);

        Assert.Equal(4, await coordinator.RetryAsync(Token));
        await FinishAsync(coordinator, FakeTrainer.Run);

        Assert.Equal((SweepStatus.Finished, 4), (coordinator.State.Status, coordinator.State.Progress.Completed));
    }

    [Fact]
    public async Task Retry_DivergedOrUntrainable_AreLeftAlone()
    {
        var spec = FakeSweep.Spec(trials: 6);
        var parts = FakeSweep.Parts(spec, new FixedSampler()) with { Configure = (point, shape, epochs) => throw new ArgumentException("too wide") };
        var untrainable = await SweepCoordinator.CreateAsync(parts, spec, FakeSweep.Shape, new MemoryJournal(), Token);
        Assert.Equal((SweepStatus.Failed, 0), (untrainable.State.Status, await untrainable.RetryAsync(Token)));

        var diverged = await FakeSweep.RunAsync(
            spec, new MemoryJournal(), lease => lease.Trial == 1 ? new(lease.Trial, lease.Attempt, lease.Segment, [], Diverged: true) : FakeTrainer.Run(lease), new FixedSampler());
        Assert.Equal((FailureReason.Diverged, 0), (diverged.State.Trials[1].Reason, await diverged.RetryAsync(Token)));
        Assert.Throws<InvalidDataException>(() => diverged.State.Apply(new TrialsRetried([1])));
    }

    [Fact]
    public async Task Retry_LostTooOften_GetsItsLossesBack()
    {
        var now = DateTimeOffset.UnixEpoch;
        var coordinator = await SweepCoordinator.CreateAsync(FakeSweep.Parts(FakeSweep.Spec(trials: 1), new FixedSampler()), FakeSweep.Spec(trials: 1), FakeSweep.Shape, new MemoryJournal(), Token);
        for (var loss = 0; loss < SweepCoordinator.LossLimit; loss++)
        {
            var lease = (await coordinator.ExchangeAsync(new("w", 1, [], [], []), now, Token)).Leases[0];
            await coordinator.ExchangeAsync(new("w", 0, [new(lease.Trial, lease.Attempt, lease.Segment)], [], []), now, Token);
            await coordinator.WorkerLostAsync("w", now, Token);
        }

        Assert.Equal(FailureReason.LostTooOften, coordinator.State.Trials[0].Reason);
        Assert.Equal(1, await coordinator.RetryAsync(Token));
        await FinishAsync(coordinator, FakeTrainer.Run);

        Assert.Equal((TrialState.Completed, 0, 5), (coordinator.State.Trials[0].State, coordinator.State.Trials[0].Losses, coordinator.State.Trials[0].Attempt));
    }

    [Fact]
    public async Task Retry_RunningSweep_FailedTrialsComeBeforeNewOnes()
    {
        var journal = new MemoryJournal();
        var spec = FakeSweep.Spec(trials: 20, parallel: 2);
        var coordinator = await SweepCoordinator.CreateAsync(FakeSweep.Parts(spec, new FixedSampler()), spec, FakeSweep.Shape, journal, Token);
        await FinishAsync(coordinator, Failing, until: () => coordinator.State.Trials.Count > 10);

        await coordinator.RetryAsync(Token);
        await FinishAsync(coordinator, FakeTrainer.Run);

        Assert.Equal((SweepStatus.Finished, 20), (coordinator.State.Status, coordinator.State.Trials.Count));
        var events = journal.Events.ToList();
        var retried = events.FindIndex(sweepEvent => sweepEvent is TrialsRetried);
        var next = events.Skip(retried).OfType<SegmentStarted>().Select(started => started.Trial).Where(trial => trial is 2 or 7 or > 11).Take(3);
        Assert.Equal([2, 7, 12], next.Order());
        LeaseChecker.CheckJournal(events);
    }

    [Fact]
    public async Task Retry_RepeatOfAFailedTrial_TakesOverTheNewResult()
    {
        var coordinator = await FakeSweep.RunAsync(FakeSweep.Spec(trials: 9), new MemoryJournal(), Failing, new FixedSampler(period: 3));
        Assert.Equal([2, 5, 8], coordinator.State.Retriable);

        await coordinator.RetryAsync(Token);
        await FinishAsync(coordinator, FakeTrainer.Run);

        Assert.Equal(9, coordinator.State.Progress.Completed);
        Assert.Equal(coordinator.State.Trials[2].Epochs, coordinator.State.Trials[8].Epochs);
        Assert.Equal(coordinator.State.Trials[2].Value, coordinator.State.Trials[5].Value);
    }

    [Fact]
    public async Task Retry_ConfirmedSweep_ABetterTrialIsConfirmedToo()
    {
        // The best configuration fails at first.
        var spec = FakeSweep.Spec(trials: 8, parallel: 2) with { Confirm = 2 };
        var sampler = new FixedSampler();
        var best = (await FakeSweep.RunAsync(spec, new MemoryJournal(), sampler: sampler)).State.Trials.Where(trial => trial.Replicate == 0).MinBy(trial => trial.BestCost)!.Number;
        var coordinator = await FakeSweep.RunAsync(
            spec, new MemoryJournal(), lease => lease.Trial == best ? new(lease.Trial, lease.Attempt, lease.Segment, [], Error: "no") : FakeTrainer.Run(lease), sampler);

        await coordinator.RetryAsync(Token);
        await FinishAsync(coordinator, FakeTrainer.Run);

        Assert.Equal(2, coordinator.State.Entries[best].Confirmation.Count(trial => trial.State == TrialState.Completed));
        Assert.Equal(best, coordinator.State.BestConfigurations[^1]);
    }

    [Fact]
    public async Task Retry_StoppedOrCancelled_Nothing()
    {
        foreach (var cancel in new[] { false, true })
        {
            var spec = FakeSweep.Spec(trials: 20, parallel: 2);
            var coordinator = await SweepCoordinator.CreateAsync(FakeSweep.Parts(spec, new FixedSampler()), spec, FakeSweep.Shape, new MemoryJournal(), Token);
            await FinishAsync(coordinator, Failing, until: () => coordinator.State.Trials.Count > 5);
            await coordinator.StopAsync(cancel, Token);
            await FinishAsync(coordinator, Failing);

            Assert.NotEmpty(coordinator.State.Retriable);
            Assert.Equal(0, await coordinator.RetryAsync(Token));
            Assert.True(coordinator.State.Status.IsFinal());
        }
    }

    private static SweepState Replayed(SweepSpec spec, MemoryJournal journal)
    {
        var state = new SweepState(FakeSweep.Parts(spec));
        state.Follow(journal.Events);
        return state;
    }

    private static IReadOnlyList<(int, double)> Rows(SweepState state) => [.. Leaderboard.Build(state).Select(row => (row.Configuration, row.Mean))];

    private static SegmentResult Failing(Lease lease) => lease.Trial % 5 == 2 && !lease.ScoreTest && lease.ToEpoch > 1
        ? FakeTrainer.Run(lease with { ToEpoch = lease.FromEpoch + 1 }) with { Error = "device lost" }
        : FakeTrainer.Run(lease);

    private static async Task FinishAsync(SweepCoordinator coordinator, Func<Lease, SegmentResult> train, int slots = 1, Func<bool>? until = null)
    {
        IReadOnlyList<SegmentResult> results = [];
        while (!coordinator.State.Status.IsFinal() && until?.Invoke() != true)
        {
            var reply = await coordinator.ExchangeAsync(new("local", slots, [], results, []), default, Token);
            Assert.True(reply.Leases.Count > 0 || reply.Status.IsFinal(), $"nothing to do at {coordinator.State.Status}");
            results = [.. reply.Leases.Reverse().Select(train)];
        }

        if (results.Count > 0)
        {
            await coordinator.ExchangeAsync(new("local", 0, [], results, []), default, Token);
        }
    }

    /// <summary>Places that do not depend on the history, and from which nothing diverges.</summary>
    private sealed class FixedSampler(int period = int.MaxValue) : ISampler
    {
        public long? Size => null;

        public Assignment? Suggest(int configuration, SearchHistory history) => new(
        [
            KeyValuePair.Create("x", ParameterValue.Of((configuration % period * 0.618 + 0.1) % 1 * 0.7 + 0.05)),
            KeyValuePair.Create("width", ParameterValue.Of(8L)),
        ]);
    }
}
