using ApproxCluster.Search;
using ApproxCluster.Trainer;

namespace ApproxCluster.Contracts;

/// <summary>What a worker must know of a sweep.</summary>
/// <param name="Sweep">Identity.</param>
/// <param name="Spec">Canonical text of the spec.</param>
/// <param name="Shape">Sizes of its target.</param>
[GenerateSerializer, Immutable, Alias("approx.sweep_description")]
public sealed record SweepDescription([property: Id(0)] string Sweep, [property: Id(1)] string Spec, [property: Id(2)] TargetShape Shape);

/// <summary>An epoch as it came.</summary>
/// <param name="Trial">The trial.</param>
/// <param name="Attempt">The attempt.</param>
/// <param name="Report">Its figures.</param>
/// <param name="Seconds">Wall time; null when not known.</param>
[GenerateSerializer, Immutable, Alias("approx.epoch_progress")]
public sealed record EpochProgress(
    [property: Id(0)] int Trial, [property: Id(1)] int Attempt, [property: Id(2)] EpochReport Report, [property: Id(3)] double? Seconds);

/// <summary>How a sweep stands.</summary>
[GenerateSerializer, Immutable, Alias("approx.sweep_view")]
public sealed record SweepView
{
    /// <summary>Identity.</summary>
    [Id(0)]
    public required string Sweep { get; init; }

    /// <summary>Status.</summary>
    [Id(1)]
    public required SweepStatus Status { get; init; }

    /// <summary>Trials created so far.</summary>
    [Id(2)]
    public required int Trials { get; init; }

    /// <summary>Trials that ended.</summary>
    [Id(3)]
    public required int TrialsEnded { get; init; }

    /// <summary>Events in the journal.</summary>
    [Id(4)]
    public required long Sequence { get; init; }

    /// <summary>Virtual time of the last decision, in operations of work.</summary>
    [Id(5)]
    public required long VirtualTime { get; init; }

    /// <summary>Digest over the canonical events so far; final when the status is.</summary>
    [Id(6)]
    public required string Digest { get; init; }

    /// <summary>Newest epochs of trials whose segment is not decided yet, by trial.</summary>
    [Id(7)]
    public required EpochProgress[] Running { get; init; }
}

/// <summary>A page of the leaderboard.</summary>
/// <param name="Total">Rows in all.</param>
/// <param name="Rows">The page.</param>
[GenerateSerializer, Immutable, Alias("approx.leaderboard_page")]
public sealed record LeaderboardPage([property: Id(0)] int Total, [property: Id(1)] LeaderboardRow[] Rows);

/// <summary>A sweep in a list.</summary>
[GenerateSerializer, Immutable, Alias("approx.sweep_summary")]
public sealed record SweepSummary
{
    /// <summary>Identity.</summary>
    [Id(0)]
    public required string Sweep { get; init; }

    /// <summary>Name from the file.</summary>
    [Id(1)]
    public required string Name { get; init; }

    /// <summary>Canonical text of the spec.</summary>
    [Id(2)]
    public required string Spec { get; init; }

    /// <summary>When it was made.</summary>
    [Id(3)]
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Status.</summary>
    [Id(4)]
    public required SweepStatus Status { get; init; }

    /// <summary>When it reached a final status.</summary>
    [Id(5)]
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Digest, once it has ended.</summary>
    [Id(6)]
    public string? Digest { get; init; }

    /// <summary>Trials created so far.</summary>
    [Id(7)]
    public int Trials { get; init; }

    /// <summary>Trials that ended.</summary>
    [Id(8)]
    public int TrialsEnded { get; init; }

    /// <summary>Best objective so far.</summary>
    [Id(9)]
    public double? BestValue { get; init; }

    /// <summary>The trial that has it.</summary>
    [Id(10)]
    public int? BestTrial { get; init; }
}

/// <summary>What is known of a trial.</summary>
[GenerateSerializer, Immutable, Alias("approx.trial_view")]
public sealed record TrialView
{
    /// <summary>The sweep.</summary>
    [Id(0)]
    public required string Sweep { get; init; }

    /// <summary>Number.</summary>
    [Id(1)]
    public required int Trial { get; init; }

    /// <summary>State.</summary>
    [Id(2)]
    public required TrialState State { get; init; }

    /// <summary>Its point of the search space, as the tables hold it.</summary>
    [Id(3)]
    public required string Parameters { get; init; }

    /// <summary>What is trained; null while no slot has begun since this activation woke up.</summary>
    [Id(4)]
    public TrialConfiguration? Configuration { get; init; }

    /// <summary>Newest attempt known here; 0 when none is.</summary>
    [Id(5)]
    public int Attempt { get; init; }

    /// <summary>The worker that has it.</summary>
    [Id(6)]
    public string? Worker { get; init; }

    /// <summary>Its newest checkpoint.</summary>
    [Id(7)]
    public CheckpointReference? Checkpoint { get; init; }

    /// <summary>Curves in order of epochs, those of the running segment included.</summary>
    [Id(8)]
    public required EpochProgress[] Epochs { get; init; }
}

/// <summary>Which checkpoint a trial would go on from.</summary>
/// <param name="Attempt">The attempt that saved it.</param>
/// <param name="Segment">Its segment.</param>
/// <param name="EpochsDone">Whole epochs in it.</param>
/// <param name="Bytes">Its size.</param>
[GenerateSerializer, Immutable, Alias("approx.checkpoint_reference")]
public sealed record CheckpointReference(
    [property: Id(0)] int Attempt, [property: Id(1)] int Segment, [property: Id(2)] int EpochsDone, [property: Id(3)] int Bytes);

/// <summary>A silo and its slots.</summary>
/// <param name="Name">Name.</param>
/// <param name="Address">Address and generation: the name of its worker.</param>
/// <param name="Slots">Slots.</param>
/// <param name="Busy">Slots that train.</param>
/// <param name="Sweeps">Sweeps it takes part in.</param>
[GenerateSerializer, Immutable, Alias("approx.silo_view")]
public sealed record SiloView(
    [property: Id(0)] string Name,
    [property: Id(1)] string Address,
    [property: Id(2)] int Slots,
    [property: Id(3)] int Busy,
    [property: Id(4)] string[] Sweeps);
