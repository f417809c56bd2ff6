using ApproxCluster.Search;
using ApproxCluster.Trainer;

namespace ApproxCluster.Storage;

/// <summary>
/// Where sweeps live: the journal, the tables that people query, and checkpoints. SQLite and PostgreSQL give it the same meaning, proved by one
/// contract suite. Safe for concurrent use. Faults of the database are <see cref="StorageException"/>s.
/// </summary>
public interface ISweepStore : IAsyncDisposable
{
    /// <summary>Brings the schema to the newest version, from any older one.</summary>
    Task MigrateAsync(CancellationToken cancellationToken);

    /// <summary>Registers a sweep; false when the identity is taken.</summary>
    Task<bool> CreateSweepAsync(SweepRow sweep, CancellationToken cancellationToken);

    /// <summary>A sweep, or null.</summary>
    Task<SweepRow?> FindSweepAsync(string sweep, CancellationToken cancellationToken);

    /// <summary>Sweeps, newest first.</summary>
    Task<IReadOnlyList<SweepRow>> ListSweepsAsync(bool unfinishedOnly, CancellationToken cancellationToken);

    /// <summary>
    /// Appends events under consecutive sequence numbers and brings the tables up to date with them, in one transaction. Throws
    /// <see cref="JournalConflictException"/> when a number is taken: the fence against a second coordinator.
    /// </summary>
    Task AppendAsync(string sweep, long firstSequence, IReadOnlyList<SweepEvent> events, CancellationToken cancellationToken);

    /// <summary>The events of a sweep from a sequence number on, in order.</summary>
    IAsyncEnumerable<JournalEntry> ReadAsync(string sweep, long fromSequence, CancellationToken cancellationToken);

    /// <summary>Keeps epochs as they come, ahead of the journal, for live curves; saving one again replaces it.</summary>
    Task SaveEpochsAsync(string sweep, IReadOnlyList<EpochRow> epochs, CancellationToken cancellationToken);

    /// <summary>Trials of a sweep by number.</summary>
    Task<IReadOnlyList<TrialRow>> ListTrialsAsync(string sweep, int offset, int limit, CancellationToken cancellationToken);

    /// <summary>A trial, or null.</summary>
    Task<TrialRow?> FindTrialAsync(string sweep, int trial, CancellationToken cancellationToken);

    /// <summary>A trial's curves, in order of epochs.</summary>
    Task<IReadOnlyList<EpochRow>> ListEpochsAsync(string sweep, int trial, CancellationToken cancellationToken);

    /// <summary>Keeps a trial's checkpoint in place of earlier ones, unless a later attempt has one already. Its bytes are the caller's again when the task ends.</summary>
    Task SaveCheckpointAsync(string sweep, CheckpointRow checkpoint, CancellationToken cancellationToken);

    /// <summary>A trial's checkpoint, or null.</summary>
    Task<CheckpointRow?> FindCheckpointAsync(string sweep, int trial, CancellationToken cancellationToken);
}

/// <summary>A sweep as the tables hold it.</summary>
/// <param name="Id">Identity, such as <c>quickstart-3f9a</c>.</param>
/// <param name="Name">Name from the file.</param>
/// <param name="Spec">Canonical text of the spec.</param>
/// <param name="CreatedAt">When.</param>
public sealed record SweepRow(string Id, string Name, string Spec, DateTimeOffset CreatedAt)
{
    /// <summary>Status.</summary>
    public SweepStatus Status { get; init; } = SweepStatus.Running;

    /// <summary>When it reached a final status.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Digest, once it has ended.</summary>
    public string? Digest { get; init; }

    /// <summary>Trials created so far.</summary>
    public int Trials { get; init; }

    /// <summary>Trials that ended.</summary>
    public int TrialsEnded { get; init; }

    /// <summary>Best objective so far, or null.</summary>
    public double? BestValue { get; init; }

    /// <summary>The trial that has it.</summary>
    public int? BestTrial { get; init; }
}

/// <summary>A trial as the tables hold it.</summary>
public sealed record TrialRow(
    int Number,
    int Configuration,
    int Replicate,
    TrialState State,
    FailureReason Reason,
    string? Detail,
    string Parameters,
    string Seed,
    int EpochsDone,
    int? BestEpoch,
    double? Value,
    double? Gap,
    double? TestLoss,
    double? TestMetric);

/// <summary>An epoch as the tables hold it.</summary>
/// <param name="Trial">The trial.</param>
/// <param name="Report">Its figures.</param>
/// <param name="Seconds">Wall time of the epoch; null when not known. Never in the journal.</param>
public sealed record EpochRow(int Trial, EpochReport Report, double? Seconds);

/// <summary>A checkpoint: enough to go on from.</summary>
public sealed record CheckpointRow(
    int Trial, int Attempt, int Segment, int EpochsDone, IReadOnlyList<EpochReport> Reports, ReadOnlyMemory<byte> Data);

/// <summary>An event with its place.</summary>
public sealed record JournalEntry(long Sequence, SweepEvent Event, DateTimeOffset At);

/// <summary>The store could not be read or written: the message names the database, the operation and what to do. Nothing half-written remains.</summary>
public sealed class StorageException : Exception
{
    /// <summary>Whether the same call may go through later.</summary>
    public bool IsTransient { get; init; }

    /// <summary>Makes the error.</summary>
    public StorageException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the error with its cause.</summary>
    public StorageException(string message, Exception inner)
        : base(message, inner)
    {
    }
}

/// <summary>The journal of one sweep in a store.</summary>
public sealed class StoredJournal(ISweepStore store, string sweep) : ISweepJournal
{
    /// <inheritdoc />
    public Task AppendAsync(long firstSequence, IReadOnlyList<SweepEvent> events, CancellationToken cancellationToken) =>
        store.AppendAsync(sweep, firstSequence, events, cancellationToken);

    /// <inheritdoc />
    public async IAsyncEnumerable<SweepEvent> ReadAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var entry in store.ReadAsync(sweep, 0, cancellationToken))
        {
            yield return entry.Event;
        }
    }
}
