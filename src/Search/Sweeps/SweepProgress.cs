namespace ApproxCluster.Search;

/// <summary>The best trial so far, from a point in virtual time on.</summary>
/// <param name="VirtualTime">When it became the best.</param>
/// <param name="Trial">The trial.</param>
/// <param name="Epoch">Its best epoch then.</param>
/// <param name="Value">Its objective there.</param>
public sealed record Incumbent(long VirtualTime, int Trial, int Epoch, double Value)
{
    /// <summary>By how much its gap lay beyond the objective's limit.</summary>
    public double Violation { get; init; }
}

/// <summary>A sweep's progress in figures; costs nothing to ask for.</summary>
/// <param name="Status">The sweep's status.</param>
/// <param name="Planned">Trials there will be.</param>
/// <param name="Created">Trials there are.</param>
/// <param name="Queued">In flight, not leased.</param>
/// <param name="Running">Leased, or waiting for their turn.</param>
/// <param name="Paused">Waiting at a rung.</param>
/// <param name="Completed">Trained to the end.</param>
/// <param name="Pruned">Stopped by the pruner.</param>
/// <param name="Failed">Failed.</param>
/// <param name="Cancelled">Cancelled.</param>
/// <param name="Epochs">Epochs decided on.</param>
/// <param name="Flops">Floating-point operations of segments decided on, as planned.</param>
/// <param name="Share">
/// Estimated share of the work that is done, 0..1: segments finished against those started and, for trials not yet created, the mean started so far. With a
/// pruner that promotes late it runs ahead.
/// </param>
/// <param name="Best">The best trial so far, or null.</param>
public sealed record SweepProgress(
    SweepStatus Status,
    long Planned,
    int Created,
    int Queued,
    int Running,
    int Paused,
    int Completed,
    int Pruned,
    int Failed,
    int Cancelled,
    long Epochs,
    long Flops,
    double Share,
    Incumbent? Best)
{
    /// <summary>Trials that ended.</summary>
    public int Ended => Completed + Pruned + Failed + Cancelled;
}

public sealed partial class SweepState
{
    private long planned;
    private long flopsFinished;
    private long workStarted;
    private long workFinished;
    private long workBuffered;

    /// <summary>Epochs decided on.</summary>
    public long EpochsDone { get; private set; }

    /// <summary>Every trial that was the best so far, in virtual order.</summary>
    public IReadOnlyList<Incumbent> Incumbents => incumbents;

    /// <summary>Trials in flight, the one that is decided next first.</summary>
    public IEnumerable<Trial> InFlight => clock.Trials.Select(number => trials[number]);

    /// <summary>The figures of a live view.</summary>
    public SweepProgress Progress => new(
        Status,
        exhausted || stopWanted || contenders is not null ? trials.Count : Math.Max(planned, trials.Count),
        trials.Count,
        Count(TrialState.Queued),
        Count(TrialState.Running),
        Count(TrialState.Paused),
        Count(TrialState.Completed),
        Count(TrialState.Pruned),
        Count(TrialState.Failed),
        Count(TrialState.Cancelled),
        EpochsDone,
        flopsFinished,
        Share,
        incumbents.Count == 0 ? null : incumbents[^1]);

    private double Share
    {
        get
        {
            if (Status.IsFinal() || contenders is not null)
            {
                return 1;
            }

            var missing = exhausted || stopWanted ? 0 : Math.Max(0, planned - trials.Count);
            var all = workStarted + (double)workStarted / Math.Max(1, trials.Count) * missing;
            return all > 0 ? Math.Min(1, (workFinished + workBuffered) / all) : 0;
        }
    }

    /// <summary>Trials in a state.</summary>
    public int Count(TrialState state) => counts[(int)state];
}
