namespace ApproxCluster.Search.Tests;

public class SweepCoordinatorTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;

    private readonly MemoryJournal journal = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Create_NewSweep_OneAppendWithParallelTrialsInFlight()
    {
        var coordinator = await CreateAsync(FakeSweep.Spec(parallel: 6));

        Assert.Equal(1, journal.Appends);
        Assert.Equal(6, coordinator.State.Progress.Queued);
        Assert.Equal(journal.Entries.Count, coordinator.State.Sequence);
    }

    [Fact]
    public async Task Create_JournalNotEmpty_Conflict()
    {
        await CreateAsync(FakeSweep.Spec());

        await Assert.ThrowsAsync<JournalConflictException>(() => CreateAsync(FakeSweep.Spec()));
    }

    [Fact]
    public async Task Create_TooLargeForVirtualTime_Refused()
    {
        var fault = await Assert.ThrowsAsync<ArgumentException>(
            () => CreateAsync(FakeSweep.Spec(trials: 1_000_000, replicates: 100, epochs: 1_000_000) with { Name = "huge" }, samples: 10_000));

        Assert.Contains("must be at most 2^62", fault.Message, StringComparison.Ordinal);
        Assert.Empty(journal.Entries);
    }

    [Fact]
    public async Task Exchange_FreeSlots_LeasesInOrderOfVirtualFinish()
    {
        var coordinator = await CreateAsync(FakeSweep.Spec(parallel: 6));

        var reply = await AskAsync(coordinator, "a", 4);

        var finishes = reply.Leases.Select(lease => coordinator.State.Trials[lease.Trial].FinishesAt).ToArray();
        Assert.Equal(4, finishes.Length);
        Assert.Equal(finishes.Order(), finishes);
        Assert.Equal(coordinator.State.InFlight.First().Number, reply.Leases[0].Trial);
        Assert.Equal(4, coordinator.State.Progress.Running);
        Assert.All(reply.Leases, lease => Assert.Equal("a", coordinator.State.Trials[lease.Trial].Worker));
    }

    [Fact]
    public async Task Exchange_EarlyResult_BufferedUntilItsVirtualTime()
    {
        var coordinator = await CreateAsync(FakeSweep.Spec(trials: 2, parallel: 2));
        var leases = (await AskAsync(coordinator, "a", 2)).Leases;

        await TellAsync(coordinator, "a", 0, FakeTrainer.Run(leases[1]));

        Assert.Equal(0, coordinator.State.VirtualTime);
        Assert.True(coordinator.State.Trials[leases[1].Trial].ResultWaits);
        Assert.IsType<ResultBuffered>(journal.Events.Last());

        await TellAsync(coordinator, "a", 0, FakeTrainer.Run(leases[0]));

        Assert.Equal(2, journal.Events.OfType<TrialEnded>().Count());
    }

    [Fact]
    public async Task Exchange_SameMessageTwice_NothingNew()
    {
        var coordinator = await CreateAsync(FakeSweep.Spec(parallel: 2));
        var leases = (await AskAsync(coordinator, "a", 2)).Leases;
        var results = leases.Select(FakeTrainer.Run).ToArray();
        await TellAsync(coordinator, "a", 0, results);
        var (digest, entries) = (coordinator.State.Digest, journal.Entries.Count);

        await TellAsync(coordinator, "a", 0, results);

        Assert.Equal((digest, entries), (coordinator.State.Digest, journal.Entries.Count));
    }

    [Fact]
    public async Task Exchange_AnswerLost_SameLeasesAgain()
    {
        var coordinator = await CreateAsync(FakeSweep.Spec(parallel: 4));

        var lost = await AskAsync(coordinator, "a", 2);
        var again = await AskAsync(coordinator, "a", 2);

        Assert.Equal(lost.Leases, again.Leases);
    }

    [Fact]
    public async Task Exchange_NextSegment_GoesToTheWorkerThatHasTheRun()
    {
        var coordinator = await CreateAsync(FakeSweep.Spec(new AshaPrunerSpec(1, 3), trials: 12, parallel: 4));
        var first = (await AskAsync(coordinator, "a", 1)).Leases[0];
        var second = (await AskAsync(coordinator, "b", 1)).Leases[0];

        var reply = await TellAsync(coordinator, "a", 1, FakeTrainer.Run(first));

        Assert.NotEqual(first.Trial, second.Trial);

        // The first at its rung goes on as the best so far; two trials with smaller finishes wait, the one that all wait for is held by b.
        Assert.Equal((first.Trial, 1), (reply.Leases[0].Trial, reply.Leases[0].Segment));
    }

    [Fact]
    public async Task Exchange_MalformedResult_TrialFailsWithWords()
    {
        var coordinator = await CreateAsync(FakeSweep.Spec(parallel: 1));
        var lease = (await AskAsync(coordinator, "a", 1)).Leases[0];

        await TellAsync(coordinator, "a", 0, FakeTrainer.Run(lease with { ToEpoch = 5 }));

        var trial = coordinator.State.Trials[lease.Trial];
        Assert.Equal((TrialState.Failed, FailureReason.Error, "Epochs reported are 5, but must be 9."), (trial.State, trial.Reason, trial.Detail));
    }

    [Fact]
    public async Task Exchange_WorkOfALaterCoordinator_StepsDown()
    {
        var coordinator = await CreateAsync(FakeSweep.Spec());

        await Assert.ThrowsAsync<JournalConflictException>(
            () => coordinator.ExchangeAsync(new("a", 0, [new(0, 2)], [], []), Start, Token));

        Assert.False(coordinator.IsUsable);
        await Assert.ThrowsAsync<InvalidOperationException>(() => AskAsync(coordinator, "a", 1));
    }

    [Fact]
    public async Task Exchange_AppendFails_SameEventsAreAppendedByTheNextCall()
    {
        var coordinator = await CreateAsync(FakeSweep.Spec(parallel: 1));
        var lease = (await AskAsync(coordinator, "a", 1)).Leases[0];
        var before = journal.Entries.Count;
        journal.Fault = _ => JournalFault.Before;

        await Assert.ThrowsAsync<IOException>(() => TellAsync(coordinator, "a", 0, FakeTrainer.Run(lease)));
        await Assert.ThrowsAsync<IOException>(() => TellAsync(coordinator, "a", 0, FakeTrainer.Run(lease)));
        Assert.Equal(before, journal.Entries.Count);
        journal.Fault = _ => JournalFault.None;
        await TellAsync(coordinator, "a", 0, FakeTrainer.Run(lease));

        Assert.IsType<SegmentFinished>(journal.Events.ElementAt(before));
        Assert.Equal(coordinator.State.Sequence, journal.Entries.Count);
    }

    [Fact]
    public async Task Exchange_AppendArrivedButFailed_StepsDownAndLoadsWithoutLoss()
    {
        var spec = FakeSweep.Spec(parallel: 1);
        var coordinator = await CreateAsync(spec);
        var lease = (await AskAsync(coordinator, "a", 1)).Leases[0];
        journal.Fault = _ => JournalFault.After;
        await Assert.ThrowsAsync<IOException>(() => TellAsync(coordinator, "a", 0, FakeTrainer.Run(lease)));
        journal.Fault = _ => JournalFault.None;

        await Assert.ThrowsAsync<JournalConflictException>(() => TellAsync(coordinator, "a", 0, FakeTrainer.Run(lease)));
        var loaded = await LoadAsync(spec, presumeHeld: true);

        Assert.Equal(coordinator.State.Digest, loaded.State.Digest);
    }

    [Fact]
    public async Task Exchange_Returned_LeasedAgainWithoutCharge()
    {
        var coordinator = await CreateAsync(FakeSweep.Spec(parallel: 1));
        var lease = (await AskAsync(coordinator, "a", 1)).Leases[0];

        await coordinator.ExchangeAsync(new("a", 0, [], [], [new(lease.Trial, lease.Attempt)]), Start, Token);
        var again = (await AskAsync(coordinator, "b", 1)).Leases[0];

        Assert.Equal(lease, again);
        Assert.Equal(0, coordinator.State.Trials[lease.Trial].Losses);
    }

    [Fact]
    public async Task Exchange_SeveralMessages_OneAppendAndTheSameCanonicalEvents()
    {
        var spec = FakeSweep.Spec(parallel: 6);
        var single = await FakeSweep.RunAsync(spec, new MemoryJournal());
        var coordinator = await CreateAsync(spec);
        var leases = new Dictionary<string, IReadOnlyList<Lease>> { ["a"] = [], ["b"] = [], ["c"] = [] };

        while (!coordinator.State.Status.IsFinal())
        {
            var appends = journal.Appends;
            var messages = leases.Select(entry => new WorkerMessage(entry.Key, 2, [], [.. entry.Value.Select(FakeTrainer.Run)], [])).ToArray();
            var replies = await coordinator.ExchangeAllAsync(messages, Start, Token);
            foreach (var (message, reply) in messages.Zip(replies))
            {
                leases[message.Worker] = reply.Leases;
                Assert.All(reply.Leases, lease => Assert.Equal(message.Worker, coordinator.State.Trials[lease.Trial].Worker));
            }

            Assert.InRange(journal.Appends - appends, 0, 1);
        }

        Assert.Equal(single.State.Digest, coordinator.State.Digest);
    }

    [Fact]
    public async Task Exchange_SeveralMessagesAndOneAhead_StepsDownAndNamesIt()
    {
        var coordinator = await CreateAsync(FakeSweep.Spec(parallel: 2));
        var before = journal.Appends;

        var error = await Assert.ThrowsAsync<JournalConflictException>(
            () => coordinator.ExchangeAllAsync([new("a", 1, [], [], []), new("b", 1, [new(0, 7)], [], [])], Start, Token));

        Assert.Contains("Worker b", error.Message, StringComparison.Ordinal);
        Assert.Equal((false, before), (coordinator.IsUsable, journal.Appends));
    }

    private static async Task<WorkerReply> AskAsync(SweepCoordinator coordinator, string worker, int free) =>
        await coordinator.ExchangeAsync(new(worker, free, [], [], []), Start, Token);

    private static async Task<WorkerReply> TellAsync(SweepCoordinator coordinator, string worker, int free, params SegmentResult[] results) =>
        await coordinator.ExchangeAsync(new(worker, free, [], results, []), Start, Token);

    private Task<SweepCoordinator> CreateAsync(SweepSpec spec, int samples = 100) =>
        SweepCoordinator.CreateAsync(FakeSweep.Parts(spec), spec, FakeSweep.Shape with { TrainingSamples = samples }, journal, Token);

    private Task<SweepCoordinator> LoadAsync(SweepSpec spec, bool presumeHeld) =>
        SweepCoordinator.LoadAsync(FakeSweep.Parts(spec), journal, presumeHeld, Start, Token);
}
