namespace ApproxCluster.Search.Tests;

/// <summary>Workers that vanish, leases that run out, coordinators that start again.</summary>
public class LossTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;

    private readonly MemoryJournal journal = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tick_LeaseNotRenewed_NextAttemptAndLateResultRefused()
    {
        var coordinator = await CreateAsync(FakeSweep.Spec(parallel: 1));
        var lease = await LeaseAsync(coordinator, "a", Start);
        await RenewAsync(coordinator, "a", lease, Start.AddSeconds(20));

        await coordinator.TickAsync(Start.AddSeconds(40), Token);
        Assert.Equal(1, coordinator.State.Trials[0].Attempt);
        await coordinator.TickAsync(Start.AddSeconds(51), Token);
        var again = await LeaseAsync(coordinator, "b", Start.AddSeconds(52));
        var reply = await coordinator.ExchangeAsync(
            new("a", 0, [new(lease.Trial, 1, 0)], [FakeTrainer.Run(lease)], []), Start.AddSeconds(53), Token);

        Assert.Equal((2, 1), (again.Attempt, coordinator.State.Trials[0].Losses));
        Assert.Equal([new TrialAttempt(lease.Trial, 1)], reply.Stop);
        Assert.DoesNotContain(journal.Events, sweepEvent => sweepEvent is SegmentFinished);
    }

    [Fact]
    public async Task Tick_LeaseNeverTakenUp_NotCharged()
    {
        var coordinator = await CreateAsync(FakeSweep.Spec(parallel: 1));
        await LeaseAsync(coordinator, "a", Start);

        await coordinator.TickAsync(Start.AddSeconds(31), Token);

        Assert.Equal((2, 0), (coordinator.State.Trials[0].Attempt, coordinator.State.Trials[0].Losses));
    }

    [Fact]
    public async Task WorkerLost_WithSegments_LeasedElsewhereAtOnce()
    {
        var coordinator = await CreateAsync(FakeSweep.Spec(parallel: 2));
        var lease = await LeaseAsync(coordinator, "a", Start);

        await coordinator.WorkerLostAsync("a", Start, Token);
        var again = await LeaseAsync(coordinator, "b", Start);

        Assert.Equal((lease.Trial, lease.Attempt + 1), (again.Trial, again.Attempt));
    }

    [Fact]
    public async Task WorkerLost_ResultWaits_NothingIsTrainedAgain()
    {
        var coordinator = await CreateAsync(FakeSweep.Spec(parallel: 2));
        var reply = await coordinator.ExchangeAsync(new("a", 2, [], [], []), Start, Token);
        await coordinator.ExchangeAsync(new("a", 0, [], [FakeTrainer.Run(reply.Leases[1])], []), Start, Token);

        await coordinator.WorkerLostAsync("a", Start, Token);

        Assert.Equal(1, coordinator.State.Trials[reply.Leases[1].Trial].Attempt);
        Assert.Equal(2, coordinator.State.Trials[reply.Leases[0].Trial].Attempt);
    }

    [Fact]
    public async Task WorkerLost_SameTrialAlways_FailsAtItsVirtualFinishWhateverTheOrder()
    {
        var digests = new HashSet<string>();
        foreach (var patience in new[] { 0, 1, 2, 5, 1000 })
        {
            var coordinator = await RunWithKillerAsync(patience);

            var killer = Assert.Single(coordinator.State.Trials, trial => trial.Losses > 0);
            Assert.Equal((TrialState.Failed, FailureReason.LostTooOften), (killer.State, killer.Reason));
            digests.Add(coordinator.State.Digest);
        }

        Assert.Single(digests);
    }

    [Fact]
    public async Task Load_HoldersUnknown_TheyClaimOrTheTimeIsOver()
    {
        var spec = FakeSweep.Spec(parallel: 3);
        var before = await CreateAsync(spec);
        var reply = await before.ExchangeAsync(new("a", 2, [], [], []), Start, Token);
        var (claimed, silent) = (reply.Leases[0], reply.Leases[1]);

        var after = await LoadAsync(spec, presumeHeld: true);
        await RenewAsync(after, "a", claimed, Start.AddSeconds(5));
        Assert.Empty((await after.ExchangeAsync(new("b", 3, [], [], []), Start.AddSeconds(6), Token)).Leases);
        await after.TickAsync(Start.AddSeconds(31), Token);
        var leases = (await after.ExchangeAsync(new("b", 3, [], [], []), Start.AddSeconds(32), Token)).Leases;

        Assert.Equal("a", after.State.Trials[claimed.Trial].Worker);
        Assert.Equal(2, leases.Count);
        Assert.Contains(leases, lease => lease.Trial == silent.Trial && lease.Attempt == 2);
        Assert.All(after.State.Trials, trial => Assert.Equal(0, trial.Losses));
    }

    [Fact]
    public async Task Load_NobodyOutlivedTheLast_AllIsLeasedAtOnceUnderTheSameAttempt()
    {
        var spec = FakeSweep.Spec(parallel: 3);
        var before = await CreateAsync(spec);
        await before.ExchangeAsync(new("local", 3, [], [], []), Start, Token);

        var after = await LoadAsync(spec, presumeHeld: false);
        var leases = (await after.ExchangeAsync(new("local", 3, [], [], []), Start, Token)).Leases;

        Assert.Equal(3, leases.Count);
        Assert.All(leases, lease => Assert.Equal(1, lease.Attempt));
    }

    [Fact]
    public async Task Load_RunKeptInMemoryOnly_ItsNextSegmentIsLeased()
    {
        var spec = FakeSweep.Spec(new AshaPrunerSpec(1, 3), parallel: 1);
        var before = await CreateAsync(spec);
        var lease = await LeaseAsync(before, "a", Start);
        await before.ExchangeAsync(new("a", 0, [], [FakeTrainer.Run(lease)], []), Start, Token);

        // Segment 1 was never leased; the worker names the trial, not the segment.
        var after = await LoadAsync(spec, presumeHeld: true);
        var reply = await after.ExchangeAsync(new("a", 1, [new(lease.Trial, 1)], [], []), Start, Token);

        Assert.Equal((lease.Trial, 1), (reply.Leases[0].Trial, reply.Leases[0].Segment));
    }

    [Fact]
    public async Task Load_EmptyJournal_SaysSo()
    {
        var fault = await Assert.ThrowsAsync<InvalidDataException>(() => LoadAsync(FakeSweep.Spec(), presumeHeld: false));

        Assert.Contains("must begin with sweep_created", fault.Message, StringComparison.Ordinal);
    }

    // Of the first trials the one that finishes last kills every worker that trains it. It is handed back so often first, or until nothing else is left to train.
    private static async Task<SweepCoordinator> RunWithKillerAsync(int patience)
    {
        var spec = FakeSweep.Spec(new AshaPrunerSpec(1, 3), trials: 20, parallel: 5);
        var journal = new MemoryJournal();
        var coordinator = await SweepCoordinator.CreateAsync(FakeSweep.Parts(spec), spec, FakeSweep.Shape, journal, Token);
        var victim = coordinator.State.InFlight.Last().Number;
        var workers = 0;
        while (!coordinator.State.Status.IsFinal())
        {
            var worker = $"w{workers}";
            var leases = (await coordinator.ExchangeAsync(new(worker, 5, [], [], []), Start, Token)).Leases;
            var others = leases.Where(lease => lease.Trial != victim).ToArray();
            var kills = others.Length < leases.Count && (patience-- <= 0 || others.Length == 0);
            if (kills)
            {
                await coordinator.ExchangeAsync(new(worker, 0, [], [], [.. others.Select(lease => new TrialAttempt(lease.Trial, lease.Attempt))]), Start, Token);
                await coordinator.WorkerLostAsync(worker, Start, Token);
                workers++;
            }
            else
            {
                var returned = leases.Where(lease => lease.Trial == victim).Select(lease => new TrialAttempt(lease.Trial, lease.Attempt));
                await coordinator.ExchangeAsync(new(worker, 0, [], [.. others.Select(FakeTrainer.Run)], [.. returned]), Start, Token);
            }
        }

        Assert.Equal(SweepCoordinator.LossLimit, workers);
        LeaseChecker.CheckJournal(journal.Events);
        return coordinator;
    }

    private static async Task<Lease> LeaseAsync(SweepCoordinator coordinator, string worker, DateTimeOffset now) =>
        Assert.Single((await coordinator.ExchangeAsync(new(worker, 1, [], [], []), now, Token)).Leases);

    private static Task<WorkerReply> RenewAsync(SweepCoordinator coordinator, string worker, Lease lease, DateTimeOffset now) =>
        coordinator.ExchangeAsync(new(worker, 0, [new(lease.Trial, lease.Attempt, lease.Segment)], [], []), now, Token);

    private Task<SweepCoordinator> CreateAsync(SweepSpec spec) =>
        SweepCoordinator.CreateAsync(FakeSweep.Parts(spec), spec, FakeSweep.Shape, journal, Token);

    private Task<SweepCoordinator> LoadAsync(SweepSpec spec, bool presumeHeld) =>
        SweepCoordinator.LoadAsync(FakeSweep.Parts(spec), journal, presumeHeld, Start, Token);
}
