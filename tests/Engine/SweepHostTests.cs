using ApproxCluster.Search;
using ApproxCluster.Storage;

namespace ApproxCluster.Engine.Tests;

public sealed class SweepHostTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Run_OneAndTwoSlots_GiveOneDigest()
    {
        await using var store = await TemporaryStore.CreateAsync();

        var one = await RunAsync(store.Store, slots: 1);
        var two = await RunAsync(store.Store, slots: 2);

        Assert.Equal(SweepStatus.Finished, one.Status);
        Assert.Equal(one.Digest, two.Digest);
        Assert.NotEqual(one.Sweep, two.Sweep);
    }

    [Fact]
    public async Task Run_NoEpochIsToldAhead_WallTimesComeWithTheResults()
    {
        await using var store = await TemporaryStore.CreateAsync();

        var (sweep, _, _) = await RunAsync(new Deaf(store.Store), slots: 2);

        foreach (var trial in await store.Store.ListTrialsAsync(sweep, 0, 100, CancellationToken.None))
        {
            var epochs = await store.Store.ListEpochsAsync(sweep, trial.Number, CancellationToken.None);
            Assert.Equal(trial.EpochsDone, epochs.Count);
            Assert.All(epochs, epoch => Assert.NotNull(epoch.Seconds));
        }
    }

    [Fact]
    public async Task Load_AfterInterruptions_GoesOnToTheSameDigest()
    {
        await using var store = await TemporaryStore.CreateAsync();
        var undisturbed = await RunAsync(store.Store, slots: 2);

        var host = await SweepHost.CreateAsync(Specs.Tiny, ".", store.Store, TimeProvider.System, null, CancellationToken.None);
        var interruptions = 0;
        for (var results = 1; !await InterruptedRunAsync(host, store.Store, results); results++)
        {
            interruptions++;
            await host.DisposeAsync();
            host = await SweepHost.LoadAsync(host.Sweep.Id, store.Store, TimeProvider.System, null, CancellationToken.None);
        }

        Assert.True(interruptions > 1);
        Assert.Equal(undisturbed.Digest, await host.ReadAsync(state => state.Digest, CancellationToken.None));
        Assert.Equal(undisturbed.Digest, (await store.Store.FindSweepAsync(host.Sweep.Id, CancellationToken.None))!.Digest);
    }

    [Fact]
    public async Task Create_IdentityIsTaken_PicksAnother()
    {
        await using var store = await TemporaryStore.CreateAsync();
        await using var picky = new TakenTwice(store.Store);

        await using var host = await SweepHost.CreateAsync(Specs.Tiny, ".", picky, TimeProvider.System, null, CancellationToken.None);

        Assert.Equal(3, picky.Asked.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(picky.Asked[^1], host.Sweep.Id);
        Assert.Matches("^tiny-[0-9a-f]{4}$", host.Sweep.Id);
    }

    [Fact]
    public async Task Run_DiskFillsUp_StopsAndGoesOnOnceThereIsSpace()
    {
        await using var store = await TemporaryStore.CreateAsync();
        var undisturbed = await RunAsync(store.Store, slots: 2);
        await using var full = new FullAfter(store.Store, appends: 4);
        var host = await SweepHost.CreateAsync(Specs.Tiny, ".", full, TimeProvider.System, null, CancellationToken.None);

        await using (var worker = Worker(full, 2))
        {
            await Assert.ThrowsAsync<StorageException>(() => worker.RunAsync(host, CancellationToken.None).WaitAsync(Patience));
        }

        full.HasSpace = true;
        await using var again = await SweepHost.LoadAsync(host.Sweep.Id, full, TimeProvider.System, null, CancellationToken.None);
        await using (var worker = Worker(full, 2))
        {
            await worker.RunAsync(again, CancellationToken.None).WaitAsync(Patience);
        }

        Assert.Equal(undisturbed.Digest, await again.ReadAsync(state => state.Digest, CancellationToken.None));
    }

    [Fact]
    public async Task Run_EpochsAsTheyCome_AreStoredWithTheirTimes()
    {
        await using var store = await TemporaryStore.CreateAsync();
        var run = await RunAsync(store.Store, slots: 2);

        var epochs = await store.Store.ListEpochsAsync(run.Sweep, 0, CancellationToken.None);

        Assert.NotEmpty(epochs);
        Assert.All(epochs, epoch => Assert.True(epoch.Seconds > 0));
    }

    private static async Task<(string Sweep, SweepStatus Status, string Digest)> RunAsync(ISweepStore store, int slots)
    {
        await using var host = await SweepHost.CreateAsync(Specs.Tiny, ".", store, TimeProvider.System, null, CancellationToken.None);
        await using (var worker = Worker(store, slots))
        {
            await worker.RunAsync(host, CancellationToken.None).WaitAsync(Patience);
        }

        return await host.ReadAsync(state => (host.Sweep.Id, state.Status, state.Digest), CancellationToken.None);
    }

    /// <summary>Runs until so many epochs were trained; true when the sweep has ended before.</summary>
    private static async Task<bool> InterruptedRunAsync(SweepHost host, ISweepStore store, int epochs)
    {
        var observer = new EpochCounter(epochs);
        await using (var worker = Worker(store, 2, observer))
        {
            var run = worker.RunAsync(host, CancellationToken.None);
            await Task.WhenAny(run, observer.Reached).WaitAsync(Patience);
            await worker.DisposeAsync();
            await run.WaitAsync(Patience);
        }

        return await host.ReadAsync(state => state.Status.IsFinal(), CancellationToken.None);
    }

    private static SlotWorker Worker(ISweepStore store, int slots, ISweepObserver? observer = null)
    {
        var options = new SlotWorkerOptions { Name = "local", Slots = slots, DataFolder = ".", Niceness = 0, GiveUpAfter = TimeSpan.FromMilliseconds(300) };
        return new SlotWorker(options, store, TimeProvider.System, observer);
    }

    private sealed class EpochCounter(int wanted) : ISweepObserver
    {
        private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int seen;

        public Task Reached => reached.Task;

        public void EpochDone(SweepInfo sweep, TrialProgress progress)
        {
            if (Interlocked.Increment(ref seen) == wanted)
            {
                reached.TrySetResult();
            }
        }

        public void Decided(SweepInfo sweep, SweepState state)
        {
        }
    }

    private sealed class TakenTwice(ISweepStore inner) : StoreProxy(inner)
    {
        public List<string> Asked { get; } = [];

        public override Task<bool> CreateSweepAsync(SweepRow sweep, CancellationToken cancellationToken)
        {
            Asked.Add(sweep.Id);
            return Asked.Count <= 2 ? Task.FromResult(false) : base.CreateSweepAsync(sweep, cancellationToken);
        }
    }

    private sealed class Deaf(ISweepStore inner) : StoreProxy(inner)
    {
        public override Task SaveEpochsAsync(string sweep, IReadOnlyList<EpochRow> epochs, CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class FullAfter(ISweepStore inner, int appends) : StoreProxy(inner)
    {
        private int done;

        public bool HasSpace { get; set; }

        public override Task AppendAsync(string sweep, long firstSequence, IReadOnlyList<SweepEvent> events, CancellationToken cancellationToken) =>
            ++done > appends && !HasSpace
                ? throw new StorageException("The disk is full.")
                : base.AppendAsync(sweep, firstSequence, events, cancellationToken);
    }
}
