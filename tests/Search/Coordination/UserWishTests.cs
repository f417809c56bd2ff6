namespace ApproxCluster.Search.Tests;

/// <summary>Pause, resume, stop and cancel.</summary>
public class UserWishTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;

    private readonly MemoryJournal journal = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pause_RunningSweep_NothingNewLeasedAndResultsStillTaken()
    {
        var coordinator = await CreateAsync(FakeSweep.Spec(parallel: 2));
        var lease = (await AskAsync(coordinator, 1)).Leases[0];

        await coordinator.PauseAsync(Token);
        var reply = await coordinator.ExchangeAsync(new("a", 2, [], [FakeTrainer.Run(lease)], []), Start, Token);

        Assert.Equal(SweepStatus.Paused, reply.Status);
        Assert.Empty(reply.Leases);
        Assert.True(coordinator.State.Trials[lease.Trial].State.IsFinal());
    }

    [Fact]
    public async Task Resume_PausedSweep_SameDigestAsNeverPaused()
    {
        var spec = FakeSweep.Spec(new AshaPrunerSpec());
        var expected = (await FakeSweep.RunAsync(spec, new MemoryJournal())).State.Digest;
        var coordinator = await CreateAsync(spec);
        await coordinator.PauseAsync(Token);
        await coordinator.PauseAsync(Token);
        var loaded = await SweepCoordinator.LoadAsync(FakeSweep.Parts(spec), journal, false, Start, Token);
        Assert.Equal(SweepStatus.Paused, loaded.State.Status);

        await loaded.ResumeAsync(Token);
        await FinishAsync(loaded);

        Assert.Equal(expected, loaded.State.Digest);
        Assert.Equal(2, journal.Events.OfType<PauseChanged>().Count());
    }

    [Fact]
    public async Task Stop_RunningSweep_BegunTrialsEndOthersAreCancelledAndTheBestIsScored()
    {
        var coordinator = await CreateAsync(FakeSweep.Spec(parallel: 6));
        var first = await AskAsync(coordinator, 1);
        await coordinator.ExchangeAsync(new("a", 0, [], [.. first.Leases.Select(FakeTrainer.Run)], []), Start, Token);
        var begun = (await AskAsync(coordinator, 2)).Leases;

        await coordinator.StopAsync(false, Token);
        Assert.Equal(SweepStatus.Stopping, coordinator.State.Status);
        Assert.Equal(4, coordinator.State.Progress.Cancelled);
        await coordinator.ExchangeAsync(new("a", 0, [], [.. begun.Select(FakeTrainer.Run)], []), Start, Token);
        await FinishAsync(coordinator);

        Assert.Equal(SweepStatus.Stopped, coordinator.State.Status);
        Assert.Equal((7, 3), (coordinator.State.Trials.Count, coordinator.State.Progress.Completed + coordinator.State.Progress.Failed));
        Assert.Contains(coordinator.State.Trials, trial => trial.Test is not null);
        LeaseChecker.CheckJournal(journal.Events);
    }

    [Fact]
    public async Task Stop_PromotingAsha_PausedTrialsEndPruned()
    {
        var coordinator = await CreateAsync(FakeSweep.Spec(new AshaPrunerSpec(1, 3, Promote: true), parallel: 2));
        for (var round = 0; round < 5; round++)
        {
            var reply = await AskAsync(coordinator, 1);
            await coordinator.ExchangeAsync(new("a", 0, [], [.. reply.Leases.Select(FakeTrainer.Run)], []), Start, Token);
        }

        await coordinator.StopAsync(false, Token);
        await FinishAsync(coordinator);

        Assert.Equal((SweepStatus.Stopped, 0), (coordinator.State.Status, coordinator.State.Progress.Paused));
        Assert.True(coordinator.State.Progress.Pruned > 0);
    }

    [Fact]
    public async Task Stop_PausedSweep_EndsToo()
    {
        var coordinator = await CreateAsync(FakeSweep.Spec());
        await coordinator.PauseAsync(Token);

        await coordinator.StopAsync(false, Token);

        Assert.Equal(SweepStatus.Stopped, coordinator.State.Status);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cancel_AtAnyTime_AllCancelledAndWorkersStopped(bool stopFirst)
    {
        var coordinator = await CreateAsync(FakeSweep.Spec(new AshaPrunerSpec(1, 3, Promote: true), parallel: 6));
        var first = await AskAsync(coordinator, 4);
        await coordinator.ExchangeAsync(new("a", 0, [], [.. first.Leases.Take(2).Select(FakeTrainer.Run)], []), Start, Token);
        var active = first.Leases.Skip(2).Select(lease => new TrialAttempt(lease.Trial, lease.Attempt, lease.Segment)).ToArray();
        if (stopFirst)
        {
            await coordinator.StopAsync(false, Token);
        }

        await coordinator.StopAsync(true, Token);
        var reply = await coordinator.ExchangeAsync(new("a", 4, active, [], []), Start, Token);

        Assert.Equal(SweepStatus.Cancelled, reply.Status);
        Assert.Empty(reply.Leases);
        Assert.Equal(active.Select(attempt => attempt.Trial), reply.Stop.Select(stop => stop.Trial));
        LeaseChecker.CheckJournal(journal.Events);
    }

    [Fact]
    public async Task Stop_FinishedSweep_Ignored()
    {
        var coordinator = await FakeSweep.RunAsync(FakeSweep.Spec(), journal);
        var entries = journal.Entries.Count;

        await coordinator.StopAsync(true, Token);
        await coordinator.PauseAsync(Token);

        Assert.Equal((entries, SweepStatus.Finished), (journal.Entries.Count, coordinator.State.Status));
    }

    private static async Task FinishAsync(SweepCoordinator coordinator)
    {
        IReadOnlyList<SegmentResult> results = [];
        for (var round = 0; round < 1000 && !coordinator.State.Status.IsFinal(); round++)
        {
            var reply = await coordinator.ExchangeAsync(new("a", 2, [], results, []), Start, Token);
            results = [.. reply.Leases.Select(FakeTrainer.Run)];
        }

        Assert.True(coordinator.State.Status.IsFinal(), $"still {coordinator.State.Status}");
    }

    private static Task<WorkerReply> AskAsync(SweepCoordinator coordinator, int free) =>
        coordinator.ExchangeAsync(new("a", free, [], [], []), Start, Token);

    private Task<SweepCoordinator> CreateAsync(SweepSpec spec) =>
        SweepCoordinator.CreateAsync(FakeSweep.Parts(spec), spec, FakeSweep.Shape, journal, Token);
}
