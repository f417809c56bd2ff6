using System.Diagnostics;
using System.Security.Cryptography;
using ApproxCluster.Search;
using ApproxCluster.Storage;
using ApproxCluster.Trainer;

namespace ApproxCluster.Engine;

/// <summary>
/// Hosts one sweep's <see cref="SweepCoordinator"/> outside of Orleans: one call at a time, messages that wait in one of them, its journal in a store. Its channel is a direct call.
/// </summary>
public sealed class SweepHost : ISweepChannel, IAsyncDisposable
{
    private const int IdentityTries = 10;

    private readonly SweepCoordinator coordinator;
    private readonly ISweepStore store;
    private readonly TimeProvider time;
    private readonly ISweepObserver? observer;
    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly ExchangeGroup group;
    private long coordinatorTicks;

    private readonly TimedJournal journal;

    private SweepHost(SweepInfo sweep, SweepCoordinator coordinator, TimedJournal journal, ISweepStore store, TimeProvider time, ISweepObserver? observer)
    {
        Sweep = sweep;
        this.coordinator = coordinator;
        this.journal = journal;
        this.store = store;
        this.time = time;
        this.observer = observer;
        group = new(turn, ExchangeAllAsync);
    }

    /// <inheritdoc />
    public SweepInfo Sweep { get; }

    /// <summary>Time spent in the coordinator and its journal so far.</summary>
    public TimeSpan CoordinatorTime => TimeSpan.FromSeconds((double)Interlocked.Read(ref coordinatorTicks) / Stopwatch.Frequency);

    /// <summary>The part of <see cref="CoordinatorTime"/> that its journal took.</summary>
    public TimeSpan JournalTime => journal.Time;

    /// <summary>Registers and starts a sweep: opens the target for its shape, picks an identity, journals the start.</summary>
    public static async Task<SweepHost> CreateAsync(
        SweepSpec spec, string dataFolder, ISweepStore store, TimeProvider time, ISweepObserver? observer, CancellationToken cancellationToken)
    {
        var shape = spec.Target is { } target
            ? await Task.Run(() => TargetCatalog.Open(target, Seeds.Derive(spec.Seed, "target"), dataFolder).Shape, cancellationToken)
            : TargetShape.None;
        return await CreateAsync(spec, shape, store, time, observer, cancellationToken);
    }

    /// <summary>Registers and starts a sweep of which the target's sizes are known already. Throws <see cref="ArgumentException"/> when it names an earlier sweep that it cannot take over.</summary>
    public static async Task<SweepHost> CreateAsync(
        SweepSpec spec, TargetShape shape, ISweepStore store, TimeProvider time, ISweepObserver? observer, CancellationToken cancellationToken)
    {
        var history = await EarlierSweeps.TakeAsync(store, spec, cancellationToken);
        var sweep = new SweepInfo(await RegisterAsync(spec, store, time, cancellationToken), spec, shape);
        var journal = new TimedJournal(new StoredJournal(store, sweep.Id));
        var coordinator = await SweepCoordinator.CreateAsync(spec, shape, history, journal, time.GetUtcNow(), cancellationToken);
        var host = new SweepHost(sweep, coordinator, journal, store, time, observer);
        observer?.Decided(sweep, coordinator.State);
        return host;
    }

    /// <summary>Continues an unfinished sweep, or takes up an ended one to run failed trials again, which no other process works on any more; its trials go on from their checkpoints.</summary>
    public static async Task<SweepHost> LoadAsync(
        string sweep, ISweepStore store, TimeProvider time, ISweepObserver? observer, CancellationToken cancellationToken)
    {
        var journal = new TimedJournal(new StoredJournal(store, sweep));
        var coordinator = await SweepCoordinator.LoadAsync(journal, presumeHeld: false, time.GetUtcNow(), cancellationToken);
        var state = coordinator.State;
        var info = new SweepInfo(sweep, state.Spec, state.Shape);
        var host = new SweepHost(info, coordinator, journal, store, time, observer);
        observer?.Decided(info, state);
        return host;
    }

    /// <summary>Reads the state without a change happening meanwhile.</summary>
    public Task<T> ReadAsync<T>(Func<SweepState, T> read, CancellationToken cancellationToken) =>
        InTurnAsync(() => Task.FromResult(read(coordinator.State)), cancellationToken);

    /// <inheritdoc />
    public Task<WorkerReply> ExchangeAsync(WorkerMessage message, CancellationToken cancellationToken) => group.ExchangeAsync(message, cancellationToken);

    /// <inheritdoc />
    public Task ProgressAsync(IReadOnlyList<TrialProgress> progress, CancellationToken cancellationToken) =>
        store.SaveEpochsAsync(
            Sweep.Id,
            [.. progress.Select(epoch => new EpochRow(epoch.Trial, epoch.Report, epoch.Seconds))],
            cancellationToken);

    /// <summary>Undoes a pause.</summary>
    public Task ResumeAsync(CancellationToken cancellationToken) => InTurnAsync(
        async () =>
        {
            await coordinator.ResumeAsync(CancellationToken.None);
            return true;
        },
        cancellationToken);

    /// <summary>See <see cref="SweepCoordinator.RetryAsync"/>.</summary>
    public Task<int> RetryAsync(CancellationToken cancellationToken) => InTurnAsync(() => coordinator.RetryAsync(CancellationToken.None), cancellationToken);

    /// <summary>See <see cref="SweepCoordinator.StopAsync"/>.</summary>
    public Task StopAsync(bool cancel, CancellationToken cancellationToken) => InTurnAsync(
        async () =>
        {
            await coordinator.StopAsync(cancel, CancellationToken.None);
            return true;
        },
        cancellationToken);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await turn.WaitAsync();
        turn.Dispose();
    }

    /// <summary>Hosts a sweep that is registered and not started, with parts of the caller's own in place of what its file would give.</summary>
    internal static async Task<SweepHost> CreateAsync(
        SweepInfo sweep, Func<ISweepJournal, Task<SweepCoordinator>> create, ISweepStore store, TimeProvider time)
    {
        var journal = new TimedJournal(new StoredJournal(store, sweep.Id));
        return new(sweep, await create(journal), journal, store, time, null);
    }

    private static async Task<string> RegisterAsync(SweepSpec spec, ISweepStore store, TimeProvider time, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < IdentityTries; attempt++)
        {
            // Two bytes read well; more only where names collide.
            var identity = $"{spec.Name}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(attempt < 3 ? 2 : 3))}";
            var row = new SweepRow(identity, spec.Name, SweepFile.Canonical(spec), time.GetUtcNow());
            if (await store.CreateSweepAsync(row, cancellationToken))
            {
                return identity;
            }
        }

        throw new StorageException($"No free identity was found for a sweep named '{spec.Name}'. Give it another name.");
    }

    private async Task<IReadOnlyList<WorkerReply>> ExchangeAllAsync(IReadOnlyList<WorkerMessage> messages)
    {
        var begin = Stopwatch.GetTimestamp();
        try
        {
            return await coordinator.ExchangeAllAsync(messages, time.GetUtcNow(), CancellationToken.None);
        }
        finally
        {
            Interlocked.Add(ref coordinatorTicks, Stopwatch.GetTimestamp() - begin);
            observer?.Decided(Sweep, coordinator.State);
        }
    }

    private async Task<T> InTurnAsync<T>(Func<Task<T>> action, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            return await action();
        }
        finally
        {
            turn.Release();
        }
    }

    private sealed class TimedJournal(ISweepJournal inner) : ISweepJournal
    {
        private long ticks;

        public TimeSpan Time => TimeSpan.FromSeconds((double)Interlocked.Read(ref ticks) / Stopwatch.Frequency);

        public async Task AppendAsync(long firstSequence, IReadOnlyList<SweepEvent> events, CancellationToken cancellationToken)
        {
            var begin = Stopwatch.GetTimestamp();
            try
            {
                await inner.AppendAsync(firstSequence, events, cancellationToken);
            }
            finally
            {
                Interlocked.Add(ref ticks, Stopwatch.GetTimestamp() - begin);
            }
        }

        public IAsyncEnumerable<SweepEvent> ReadAsync(CancellationToken cancellationToken) => inner.ReadAsync(cancellationToken);
    }
}
