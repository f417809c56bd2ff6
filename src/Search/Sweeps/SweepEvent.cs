using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>
/// An entry of a sweep's journal. Canonical events are a pure function of the sweep file and make the digest; operational ones record what
/// happened on the way (lost attempts, early results, a user's pause) and differ between executions.
/// </summary>
public abstract record SweepEvent
{
    /// <summary>Whether the event counts in the digest.</summary>
    public virtual bool IsCanonical => true;
}

/// <summary>The sweep exists.</summary>
/// <param name="Format">Version of the journal's format, at most <see cref="SweepState.Format"/>.</param>
/// <param name="Spec">Canonical text of the spec.</param>
/// <param name="Shape">Sizes of the target.</param>
public sealed record SweepCreated(int Format, string Spec, TargetShape Shape) : SweepEvent;

/// <summary>
/// What an earlier sweep found, taken into the sampler's history before configuration 0; follows <see cref="SweepCreated"/> where the spec has <see cref="SweepSpec.From"/>. So the journal needs the
/// earlier sweep no more.
/// </summary>
/// <param name="Digest">SHA-256 (lower-case hex) over the observations: each one's canonical JSON and a line feed.</param>
/// <param name="Dropped">Observations that were left out, being no points of this space.</param>
/// <param name="Observations">The others, in the order of their configurations.</param>
public sealed record HistoryTaken(string Digest, int Dropped, IReadOnlyList<PriorObservation> Observations) : SweepEvent;

/// <summary>A configuration of an earlier sweep.</summary>
/// <param name="Parameters">Its point.</param>
/// <param name="State">Its final state.</param>
/// <param name="Cost">Mean objective of its replicates as a cost; null where it has none.</param>
public sealed record PriorObservation(Assignment Parameters, TrialState State, double? Cost)
{
    /// <summary>See <see cref="Observation.Costs"/>.</summary>
    public IReadOnlyList<double> Costs { get; init; } = [];

    /// <summary>See <see cref="Observation.Curve"/>; up to the epochs of the sweep that takes it, and empty where there is too much of it, see <see cref="EarlierSweep.MaximumCurveValues"/>.</summary>
    public IReadOnlyList<double> Curve { get; init; } = [];

    /// <summary>See <see cref="Observation.Violation"/>.</summary>
    public double Violation { get; init; }
}

/// <summary>A trial exists: the sampler has chosen its configuration.</summary>
/// <param name="Trial">Number, from 0, in order of creation.</param>
/// <param name="Configuration">Number of the configuration, from 0.</param>
/// <param name="Replicate">Number of the replicate, from 0.</param>
/// <param name="Seed">The trial's seed.</param>
/// <param name="Parameters">The configuration.</param>
public sealed record TrialCreated(int Trial, int Configuration, int Replicate, ulong Seed, Assignment Parameters) : SweepEvent
{
    /// <summary>
    /// The earlier configuration whose point the sampler has given again, or null. Where <see cref="IsReused"/>, the trial is not trained: when that configuration's trial of the same replicate has ended, its
    /// epochs follow as this trial's segment 0, and its end as this trial's.
    /// </summary>
    public int? SameAs { get; init; }

    /// <summary>Whether a repeat takes over the earlier result; otherwise it is a further replicate of the earlier configuration.</summary>
    public bool IsReused { get; init; }

    /// <summary>Where the trial goes on from; null for one that begins by itself.</summary>
    public Branch? From { get; init; }
}

/// <summary>Where a trial goes on from: the weights, optimizer state and seed of another one, and its epochs so far.</summary>
/// <param name="Trial">The other one.</param>
/// <param name="Epoch">Its epoch, from 1, after which the new trial begins.</param>
public readonly record struct Branch(int Trial, int Epoch);

/// <summary>A trial is in flight on a segment. Times are virtual, in <see cref="TrialCost.WorkPerEpoch"/>.</summary>
public sealed record SegmentStarted(int Trial, int Segment, int FromEpoch, int ToEpoch, long StartsAt, long FinishesAt) : SweepEvent;

/// <summary>A segment's result, taken at its virtual finish time.</summary>
/// <param name="Trial">The trial.</param>
/// <param name="Segment">Its segment, from 0.</param>
/// <param name="Epochs">Reports of the segment's epochs; fewer when it diverged.</param>
/// <param name="Diverged">Whether a number became NaN or infinite.</param>
/// <param name="Error">What went wrong otherwise, or null.</param>
public sealed record SegmentFinished(int Trial, int Segment, IReadOnlyList<EpochReport> Epochs, bool Diverged, string? Error) : SweepEvent
{
    /// <summary>Whether the trial has ended by itself, before its last epoch.</summary>
    public EarlyEnd End { get; init; }

    /// <summary>See <see cref="SegmentResult.Seconds"/>. For the tables that follow from the journal; not journaled, so null in an event that was read.</summary>
    public IReadOnlyList<double?>? Seconds { get; init; }
}

/// <summary>A trial waits at a rung.</summary>
public sealed record TrialPaused(int Trial, int Rung) : SweepEvent;

/// <summary>A trial has ended.</summary>
public sealed record TrialEnded(int Trial, TrialState State, FailureReason Reason, string? Detail) : SweepEvent;

/// <summary>All trials have ended; these are scored on the test split at their best epochs, the best first.</summary>
public sealed record ScoringStarted(IReadOnlyList<int> Trials) : SweepEvent;

/// <summary>A trial's score on the test split with the weights of its best epoch.</summary>
public sealed record TestScored(int Trial, int Epoch, double Loss, double Metric) : SweepEvent;

/// <summary>The sweep has ended.</summary>
public sealed record SweepEnded(SweepStatus Status) : SweepEvent;

/// <summary>The user asked to stop (true: cancel at once). From here on the journal is no function of the file alone.</summary>
public sealed record StopRequested(bool Cancel) : SweepEvent;

/// <summary>
/// The user has these failed trials run again, each under its number and a new attempt, from the epochs that were decided on; a sweep that had ended goes on. They start in order of their numbers as
/// places fall free. From here on the journal is no function of the file alone.
/// </summary>
public sealed record TrialsRetried(IReadOnlyList<int> Trials) : SweepEvent;

/// <summary>An event that differs between executions of the same sweep.</summary>
public abstract record OperationalEvent : SweepEvent
{
    /// <inheritdoc />
    public sealed override bool IsCanonical => false;
}

/// <summary>A result that came before its virtual time, kept so that a restarted coordinator need not train it again.</summary>
public sealed record ResultBuffered(SegmentResult Result) : OperationalEvent;

/// <summary>An attempt was lost with its slot; the next one has a higher number.</summary>
/// <param name="Trial">The trial.</param>
/// <param name="Attempt">The attempt that counts no more.</param>
/// <param name="Worker">Who held it; empty where that is not known or it never began, and then the loss is not charged to the trial.</param>
/// <param name="Reason">What happened.</param>
public sealed record AttemptLost(int Trial, int Attempt, string Worker, string Reason) : OperationalEvent
{
    /// <summary>Whether the loss counts towards <see cref="FailureReason.LostTooOften"/>.</summary>
    public bool IsCharged => Worker.Length > 0;
}

/// <summary>The last of what a trial's program said before it failed. It may name paths and times, so it is no part of the digest.</summary>
public sealed record OutputKept(int Trial, string Text) : OperationalEvent;

/// <summary>The user paused or resumed the sweep.</summary>
public sealed record PauseChanged(bool Paused) : OperationalEvent;
