namespace ApproxCluster.Trainer;

/// <summary>Work for a slot: train a trial on to an epoch, or score it on the test split. How, says the kind of request.</summary>
public abstract record SegmentRequest
{
    /// <summary>The sweep.</summary>
    public required string Sweep { get; init; }

    /// <summary>The trial's number.</summary>
    public required int Trial { get; init; }

    /// <summary>The attempt; a later attempt of a trial replaces an earlier one.</summary>
    public required int Attempt { get; init; }

    /// <summary>Zero-based number of the segment within the trial.</summary>
    public required int Segment { get; init; }

    /// <summary>The trial's seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Train until this many epochs are done.</summary>
    public required int ToEpoch { get; init; }

    /// <summary>Epochs done before the segment; their reports are known already.</summary>
    public required int FromEpoch { get; init; }

    /// <summary>Score on the test split at the end: the trial is trained afresh to <see cref="ToEpoch"/> and evaluated.</summary>
    public bool ScoreTest { get; init; }

    /// <summary>
    /// Carries the segment out on the calling thread, a slot's: to its end (an outcome) or, once <see cref="SlotScope.Cancellation"/> is cancelled, to its interruption (null). Epochs go to
    /// <see cref="SlotScope.Listener"/> as they end. What it throws is the outcome's error.
    /// </summary>
    public abstract SegmentOutcome? Run(SlotScope slot);
}

/// <summary>A segment of a network, which the slots' own trainer trains.</summary>
public sealed record NetworkSegment : SegmentRequest
{
    /// <summary>The configuration.</summary>
    public required TrialConfiguration Configuration { get; init; }

    /// <summary>The target, opened; its data are loaded once and shared by all trials.</summary>
    public required ITarget Target { get; init; }

    /// <inheritdoc />
    public override SegmentOutcome? Run(SlotScope slot) => slot.Networks.Run(this, slot);
}

/// <summary>How a segment ended.</summary>
/// <param name="Request">What was asked.</param>
/// <param name="Epochs">Reports of epochs FromEpoch+1..ToEpoch (fewer when it diverged).</param>
/// <param name="Diverged">Whether a number became NaN or infinite.</param>
/// <param name="Test">Test score, where it was asked for.</param>
/// <param name="Error">What went wrong otherwise; null when nothing did. A part of the sweep's digest, so it names nothing that another machine has otherwise.</param>
public sealed record SegmentOutcome(
    SegmentRequest Request,
    IReadOnlyList<EpochReport> Epochs,
    bool Diverged,
    Evaluation? Test,
    string? Error)
{
    /// <summary>Whether the trial has ended by itself, before its last epoch.</summary>
    public EarlyEnd End { get; init; }

    /// <summary>The last of what a failed program said, for people; null otherwise.</summary>
    public string? Output { get; init; }
}

/// <summary>How a program has ended its trial before the last epoch; networks never do.</summary>
public enum EarlyEnd
{
    /// <summary>It has not.</summary>
    None,

    /// <summary>It is done: the epochs that it reported are the trial.</summary>
    Completed,

    /// <summary>It has given the trial up as hopeless.</summary>
    Pruned,
}

/// <summary>Where a slot tells how its work goes. Called on the slot's thread; implementations must be quick and thread-safe.</summary>
public interface ISegmentListener
{
    /// <summary>An epoch ended (also for epochs repeated after a resume).</summary>
    void EpochDone(SegmentRequest request, EpochReport report, TimeSpan elapsed);

    /// <summary>The segment ended.</summary>
    void SegmentDone(SegmentOutcome outcome);

    /// <summary>The segment was interrupted before its end (<see cref="TrainingSlots.Cancel"/> or shutdown); its checkpoint is saved.</summary>
    void SegmentInterrupted(SegmentRequest request);
}

/// <summary>Where slots keep checkpoints between segments and against loss. Called on slot threads.</summary>
public interface ICheckpointStore
{
    /// <summary>
    /// Keeps a trial's checkpoint in place of its earlier ones. <paramref name="reports"/> are those of the segment so far; the memory of
    /// <paramref name="checkpoint"/> is written over after the call.
    /// </summary>
    void Save(SegmentRequest request, int epochsDone, IReadOnlyList<EpochReport> reports, ReadOnlyMemory<byte> checkpoint);

    /// <summary>The newest readable checkpoint of a trial at or after <see cref="SegmentRequest.FromEpoch"/>, or null.</summary>
    SavedCheckpoint? Load(SegmentRequest request);
}

/// <summary>A checkpoint as it was saved.</summary>
/// <param name="EpochsDone">Whole epochs done.</param>
/// <param name="Reports">Reports of the epochs after the segment's start.</param>
/// <param name="Data">The checkpoint itself.</param>
public sealed record SavedCheckpoint(int EpochsDone, IReadOnlyList<EpochReport> Reports, ReadOnlyMemory<byte> Data);
