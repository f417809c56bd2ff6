using System.Collections.Concurrent;
using ApproxCluster.Search;
using ApproxCluster.Storage;
using ApproxCluster.Trainer;

namespace ApproxCluster.Engine;

/// <summary>
/// The worker of one process: owns the <see cref="TrainingSlots"/>, pulls leases from the sweeps' channels as slots fall free, hands results
/// back, renews leases, and stops what its coordinator no longer wants. The same class on a silo and in <c>approx run</c>.
/// </summary>
public sealed class SlotWorker : ISegmentListener, IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, SweepSession> sessions = new(StringComparer.Ordinal);
    private readonly TrainingSlots slots;
    private readonly SlotPlan plan;
    private readonly SlotWorkerOptions options;
    private readonly TimeProvider time;
    private readonly ISweepObserver? observer;
    private readonly CancellationTokenSource draining = new();
    private readonly Lock gate = new();
    private Task? disposal;

    /// <summary>Starts the slots; nothing is pulled before a channel is added.</summary>
    public SlotWorker(SlotWorkerOptions options, ISweepStore store, TimeProvider time, ISweepObserver? observer = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Slots, 1);
        this.options = options;
        this.time = time;
        this.observer = observer;
        plan = new SlotPlan(options.Slots);
        slots = new TrainingSlots(options.Slots, this, new StoredCheckpoints(store, options.Warn), time, options.Niceness, options.ThreadsPerTrial);
    }

    /// <summary>Slots, and how many train now.</summary>
    public (int Count, int Busy) Slots => (slots.Count, slots.Busy);

    /// <summary>
    /// Takes part in a sweep until it ends, is removed (cancelled: its checkpoints are saved and its leases given back), or this is disposed. The
    /// task ends then. Throws <see cref="TargetException"/> when the target cannot be opened here, <see cref="ProgramException"/> when its program cannot be started here,
    /// <see cref="PlatformNotSupportedException"/> when networks cannot be trained here (<see cref="HardwareCheck"/>), <see cref="JournalConflictException"/> when
    /// another coordinator has taken over, and the channel's last fault when it failed for <see cref="SlotWorkerOptions.GiveUpAfter"/>.
    /// </summary>
    public async Task RunAsync(ISweepChannel channel, CancellationToken cancellationToken)
    {
        ITrialTrainer trainer = channel.Sweep.Spec.Command is null
            ? await NetworkTrainer.OpenAsync(channel.Sweep, slots, options)
            : new CommandTrainer(channel.Sweep, options, time);
        await using var session = new SweepSession(channel, trainer, slots, plan, options, time);
        if (!sessions.TryAdd(channel.Sweep.Id, session))
        {
            throw new InvalidOperationException($"Sweep {channel.Sweep.Id} runs on this worker already.");
        }

        try
        {
            using var leave = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, draining.Token);
            await session.RunAsync(leave.Token);
        }
        finally
        {
            sessions.TryRemove(channel.Sweep.Id, out _);
        }
    }

    /// <summary>Interrupts all training at the next batch boundary, saves checkpoints and gives the leases back.</summary>
    public ValueTask DisposeAsync()
    {
        lock (gate)
        {
            disposal ??= DrainAsync();
        }

        return new ValueTask(disposal);
    }

    /// <inheritdoc />
    void ISegmentListener.EpochDone(SegmentRequest request, EpochReport report, TimeSpan elapsed)
    {
        if (!request.ScoreTest && sessions.TryGetValue(request.Sweep, out var session))
        {
            var progress = new TrialProgress(request.Trial, request.Attempt, report, elapsed.TotalSeconds);
            session.EpochDone(progress);
            observer?.EpochDone(session.Sweep, progress);
        }
    }

    /// <inheritdoc />
    void ISegmentListener.SegmentDone(SegmentOutcome outcome)
    {
        if (sessions.TryGetValue(outcome.Request.Sweep, out var session))
        {
            session.SegmentDone(outcome);
        }
    }

    /// <inheritdoc />
    void ISegmentListener.SegmentInterrupted(SegmentRequest request)
    {
        if (sessions.TryGetValue(request.Sweep, out var session))
        {
            session.SegmentInterrupted(request);
        }
    }

    private async Task DrainAsync()
    {
        // Sessions interrupt their trials and give the leases back while the threads still run; then the threads end.
        var ended = sessions.Values.Select(session => session.Ended).ToList();
        await draining.CancelAsync();
        await Task.WhenAll(ended);
        await Task.Run(slots.Dispose);
        draining.Dispose();
    }
}

/// <summary>Settings of a worker.</summary>
public sealed record SlotWorkerOptions
{
    /// <summary>The worker's name, unique in the cluster.</summary>
    public required string Name { get; init; }

    /// <summary>Slots, at least 1; default all cores.</summary>
    public int Slots { get; init; } = Environment.ProcessorCount;

    /// <summary>Threads that train one trial together, 1..<see cref="TrainerLimits.Threads"/>; default 1. Results do not depend on it.</summary>
    public int ThreadsPerTrial { get; init; } = 1;

    /// <summary>Root of data sets, and folder of programs.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Folder where programs keep their checkpoints, one below it for each sweep. Default: one in the current folder.</summary>
    public string WorkFolder { get; init; } = Path.Combine(".approx", "sweeps");

    /// <summary>Whether the sweeps of this worker may run programs. Default true.</summary>
    public bool AllowsCommands { get; init; } = true;

    /// <summary>Niceness of the slots' threads, 0..19.</summary>
    public int Niceness { get; init; } = 10;

    /// <summary>Time between two messages when nothing happens; renews leases. Default 2 s.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Time between two questions for work while slots are idle. Default 200 ms.</summary>
    public TimeSpan IdlePoll { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Time between two batches of live epochs. Default 250 ms.</summary>
    public TimeSpan ProgressInterval { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How long failing exchanges are tried again before the sweep is left with their fault; null for ever.</summary>
    public TimeSpan? GiveUpAfter { get; init; }

    /// <summary>Opens a sweep's target with the data folder; called once a sweep.</summary>
    public Func<SweepSpec, string, ITarget> OpenTarget { get; init; } =
        (spec, dataFolder) => TargetCatalog.Open(spec.Target!, Seeds.Derive(spec.Seed, "target"), dataFolder);

    /// <summary>Told of faults that cost work but no result.</summary>
    public Action<string> Warn { get; init; } = _ => { };
}
