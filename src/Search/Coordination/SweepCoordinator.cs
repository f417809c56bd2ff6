using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>
/// Owns a <see cref="SweepState"/>: takes messages, appends the events they cause to the journal, applies them, and says what to start or
/// stop. No clock (time comes as a value), no threads: callers make one call at a time. The same class under a grain and in <c>approx run</c>.
/// <para>
/// What a call decides goes to the journal, in one append up to some thousand events, all or nothing, before anybody is told of it. When the append fails the call throws and the
/// same events are appended first by the next call: whether a failed append has reached the disk is not known, so deciding afresh would be no safer. The caller just sends its
/// message again. After a <see cref="JournalConflictException"/> another coordinator owns the sweep (or the failed append had arrived after all): this one refuses all
/// further calls and has to be made anew by <see cref="LoadAsync(ISweepJournal, DateTimeOffset, CancellationToken)"/>.
/// </para>
/// </summary>
public sealed partial class SweepCoordinator
{
    /// <summary>A lease that is not renewed ends after this long; default 30 s.</summary>
    public static readonly TimeSpan LeaseTime = TimeSpan.FromSeconds(30);

    /// <summary>
    /// A trial whose attempts were lost this often is Failed: lost too often. Losses are accidents, but the failure is decided at the virtual
    /// finish of the segment, like any other result, so a configuration that always takes its worker with it leaves the digest the same. A loss is charged when a worker
    /// is lost, or falls silent, with a segment that it had begun.
    /// </summary>
    public const int LossLimit = 3;

    // Thousands of repeats may be decided at one moment; every beginning of a journal is a journal, so they go to it in several appends.
    private const int MostEventsAtOnce = 5000;

    private readonly ISweepJournal journal;
    private readonly SweepState state;
    private readonly LeaseBook book = new();
    private List<SweepEvent> unwritten = [];
    private long written;

    private SweepCoordinator(SweepState state, ISweepJournal journal)
    {
        this.state = state;
        this.journal = journal;
        written = state.Sequence;
    }

    /// <summary>The sweep's state, for reading. It runs ahead of the journal only while an append fails.</summary>
    public SweepState State => state;

    /// <summary>False once another coordinator has written to the journal.</summary>
    public bool IsUsable { get; private set; } = true;

    /// <summary>Journals a new sweep and starts it.</summary>
    /// <exception cref="ArgumentException">The sweep is too large for virtual time.</exception>
    public static Task<SweepCoordinator> CreateAsync(
        SweepSpec spec, TargetShape shape, ISweepJournal journal, DateTimeOffset now, CancellationToken cancellationToken) =>
        CreateAsync(SweepParts.Default, spec, shape, journal, cancellationToken);

    /// <summary>Journals a new sweep with what it takes from an earlier one (<see cref="EarlierSweep.Take"/>), in one append, and starts it.</summary>
    /// <exception cref="ArgumentException">The sweep is too large for virtual time, or its spec names an earlier sweep and none is given.</exception>
    public static Task<SweepCoordinator> CreateAsync(
        SweepSpec spec, TargetShape shape, HistoryTaken? history, ISweepJournal journal, DateTimeOffset now, CancellationToken cancellationToken) =>
        CreateAsync(SweepParts.Default, spec, shape, journal, cancellationToken, history);

    /// <summary>Continues a sweep from its journal. Attempts that nobody claims within a lease time are leased again.</summary>
    public static Task<SweepCoordinator> LoadAsync(ISweepJournal journal, DateTimeOffset now, CancellationToken cancellationToken) =>
        LoadAsync(SweepParts.Default, journal, presumeHeld: true, now, cancellationToken);

    /// <summary>Continues a sweep from its journal, which it only reads.</summary>
    /// <param name="journal">The journal.</param>
    /// <param name="presumeHeld">
    /// Whether workers may still train what is in flight: they have one <see cref="LeaseTime"/> to claim it before it is leased again under the next attempt. False where
    /// none can have outlived the last coordinator, as in <c>approx resume</c>: all is leased at once.
    /// </param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static Task<SweepCoordinator> LoadAsync(
        ISweepJournal journal, bool presumeHeld, DateTimeOffset now, CancellationToken cancellationToken) =>
        LoadAsync(SweepParts.Default, journal, presumeHeld, now, cancellationToken);

    internal static async Task<SweepCoordinator> CreateAsync(
        SweepParts parts, SweepSpec spec, TargetShape shape, ISweepJournal journal, CancellationToken cancellationToken, HistoryTaken? history = null)
    {
        RefuseTooLarge(spec, shape);
        if (spec.From is { } from && history is null)
        {
            throw new ArgumentException($"from is '{from}', but its history is missing. Take it from that sweep first.", nameof(history));
        }

        var coordinator = new SweepCoordinator(new(parts), journal);
        coordinator.Emit(new SweepCreated(SweepState.Format, parts.Write(spec), shape));
        coordinator.EmitIf(history);
        while (!coordinator.Advance([]))
        {
            await coordinator.WriteAsync(cancellationToken);
        }

        await coordinator.WriteAsync(cancellationToken);
        return coordinator;
    }

    internal static async Task<SweepCoordinator> LoadAsync(
        SweepParts parts, ISweepJournal journal, bool presumeHeld, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var state = new SweepState(parts);
        await foreach (var sweepEvent in journal.ReadAsync(cancellationToken))
        {
            state.Apply(sweepEvent);
        }

        if (state.Status == SweepStatus.Invalid)
        {
            throw new InvalidDataException("The journal has no events, but must begin with sweep_created. Submit the sweep again.");
        }

        var coordinator = new SweepCoordinator(state, journal);
        foreach (var (trial, key) in state.Awaited())
        {
            if (presumeHeld)
            {
                coordinator.book.Presume(trial.Number, key, now + LeaseTime);
            }
            else
            {
                coordinator.book.Offer(trial.Number, key);
            }
        }

        return coordinator;
    }

    /// <summary>Ends leases that ran out. Called every few seconds.</summary>
    public Task TickAsync(DateTimeOffset now, CancellationToken cancellationToken) => RunAsync(
        () =>
        {
            if (now >= book.ClaimUntil)
            {
                foreach (var trial in book.Unclaimed.Order().ToArray())
                {
                    Lose(trial, "", "nobody claimed it after a restart");
                }
            }

            foreach (var (trial, hold) in book.Holds.Where(entry => entry.Value.Until <= now).OrderBy(entry => entry.Key).ToArray())
            {
                // Whoever never confirmed a lease may never have heard of it: no fault of the trial.
                Lose(trial, hold.IsConfirmed ? hold.Worker : "", hold.IsConfirmed ? "its lease ran out" : "its lease was not taken up");
            }
        },
        cancellationToken);

    /// <summary>A worker is known to be gone: its attempts are lost now, without waiting for their leases.</summary>
    public Task WorkerLostAsync(string worker, DateTimeOffset now, CancellationToken cancellationToken) => RunAsync(
        () =>
        {
            foreach (var trial in book.HeldBy(worker).ToArray())
            {
                Lose(trial, worker, "its worker was lost");
            }
        },
        cancellationToken);

    /// <summary>Nothing new is leased; what runs goes on to the end of its segment.</summary>
    public Task PauseAsync(CancellationToken cancellationToken) => RunAsync(() => EmitIf(state.DecidePause(true)), cancellationToken);

    /// <summary>Runs the failed trials again that another attempt may mend (<see cref="SweepState.Retriable"/>); a sweep that has ended goes on. How many they are.</summary>
    public async Task<int> RetryAsync(CancellationToken cancellationToken)
    {
        var retried = 0;
        await RunAsync(
            () =>
            {
                if (state.DecideRetry() is { } retry)
                {
                    retried = retry.Trials.Count;
                    foreach (var contender in state.Contenders)
                    {
                        book.Forget(contender);
                    }

                    Emit(retry);
                }
            },
            cancellationToken);
        return retried;
    }

    /// <summary>Undoes a pause.</summary>
    public Task ResumeAsync(CancellationToken cancellationToken) => RunAsync(() => EmitIf(state.DecidePause(false)), cancellationToken);

    /// <summary>
    /// Ends the sweep early, and a pause with it. Stop: trials that have begun train on as far as the pruner lets them, those that have not are
    /// cancelled, no new ones start; then the contenders are scored. Cancel: all are cancelled now and nothing is scored.
    /// </summary>
    public Task StopAsync(bool cancel, CancellationToken cancellationToken) => RunAsync(
        () =>
        {
            if (state.DecideStop(cancel) is not { } stop)
            {
                return;
            }

            Emit(stop);
            foreach (var trial in cancel ? [] : state.InFlight.ToArray())
            {
                EmitIf(SweepState.DecideNotBegun(trial, book.IsHeld(trial.Number)));
            }
        },
        cancellationToken);

    // Virtual time must not overflow, whatever the sampler chooses. Refused here is what would overflow with the smallest of networks; a single
    // configuration that takes more than its share fails as a trial.
    private static void RefuseTooLarge(SweepSpec spec, TargetShape shape)
    {
        var least = (Int128)6 * Math.Max(1, shape.TrainingSamples) * spec.Epochs * spec.MostTrials;
        if (least > VirtualClock.End)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"Training operations are at least {least} ({spec.MostTrials} trials x {spec.Epochs} epochs x {shape.TrainingSamples} samples x 6), but must be at most 2^62. Lower trials, replicates or epochs."),
                nameof(spec));
        }
    }
}
