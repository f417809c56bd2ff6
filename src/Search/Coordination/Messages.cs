using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>
/// The right to train one segment of a trial (or to score it) until the lease runs out unrenewed. A worker ignores a lease that is no later, by
/// (attempt, segment), than what it has or has sent of the trial: answers may come twice, and from a coordinator that has lost its journal.
/// </summary>
public sealed record Lease
{
    /// <summary>The trial.</summary>
    public required int Trial { get; init; }

    /// <summary>The attempt, from 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>The segment, from 0.</summary>
    public required int Segment { get; init; }

    /// <summary>Epochs done before it.</summary>
    public required int FromEpoch { get; init; }

    /// <summary>Epochs done after it.</summary>
    public required int ToEpoch { get; init; }

    /// <summary>True: train afresh to <see cref="ToEpoch"/> and score on the test split.</summary>
    public bool ScoreTest { get; init; }

    /// <summary>The network to train; null where a program trains.</summary>
    public required TrialConfiguration? Configuration { get; init; }

    /// <summary>The point that the sweep's program gets; null where a network is trained.</summary>
    public Assignment? Parameters { get; init; }

    /// <summary>The trial's seed.</summary>
    public required ulong Seed { get; init; }
}

/// <summary>The result of a leased segment.</summary>
/// <param name="Trial">The trial.</param>
/// <param name="Attempt">The attempt.</param>
/// <param name="Segment">The segment.</param>
/// <param name="Epochs">Reports of its epochs.</param>
/// <param name="Diverged">Whether it diverged.</param>
/// <param name="Error">What went wrong otherwise.</param>
/// <param name="Test">Test score of a scoring segment.</param>
public sealed record SegmentResult(
    int Trial,
    int Attempt,
    int Segment,
    IReadOnlyList<EpochReport> Epochs,
    bool Diverged = false,
    string? Error = null,
    TestScore? Test = null)
{
    /// <summary>Whether the trial has ended by itself, before its last epoch.</summary>
    public EarlyEnd End { get; init; }

    /// <summary>Wall times of <see cref="Epochs"/>, in s, in their order; null where not known. No decision depends on them and no journal has them.</summary>
    public IReadOnlyList<double?>? Seconds { get; init; }

    /// <summary>The last of what a failed program said, for people; null otherwise.</summary>
    public string? Output { get; init; }
}

/// <summary>A score on the test split.</summary>
public sealed record TestScore(double Loss, double Metric);

/// <summary>An attempt of a trial.</summary>
/// <param name="Trial">The trial.</param>
/// <param name="Attempt">The attempt, from 1.</param>
/// <param name="Segment">
/// In <see cref="WorkerMessage.Active"/>: the segment that the worker trains or queues now, or -1 when it only keeps the run in memory between
/// two segments. A coordinator can tell from it whether a lease has arrived. -1 everywhere else.
/// </param>
public readonly record struct TrialAttempt(int Trial, int Attempt, int Segment = -1);

/// <summary>What a worker tells a sweep's coordinator, in one message: idempotent, so it may be sent again.</summary>
/// <param name="Worker">The worker's name: a silo, or <c>local</c>.</param>
/// <param name="Free">Slots that wait for work.</param>
/// <param name="Active">Attempts it trains, queues or holds; renews their leases. A lease for a segment that it has already is to be ignored.</param>
/// <param name="Results">Segments that ended since the last answered message.</param>
/// <param name="Returned">Attempts that it gives back unfinished (drain): no loss is charged.</param>
public sealed record WorkerMessage(
    string Worker,
    int Free,
    IReadOnlyList<TrialAttempt> Active,
    IReadOnlyList<SegmentResult> Results,
    IReadOnlyList<TrialAttempt> Returned);

/// <summary>What a coordinator answers.</summary>
/// <param name="Status">The sweep's status.</param>
/// <param name="Leases">Segments to start now, at most <see cref="WorkerMessage.Free"/>.</param>
/// <param name="Stop">Attempts to stop and forget: ended, cancelled, or leased to another since.</param>
public sealed record WorkerReply(SweepStatus Status, IReadOnlyList<Lease> Leases, IReadOnlyList<TrialAttempt> Stop);
