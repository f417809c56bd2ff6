using ApproxCluster.Storage;

namespace ApproxCluster.Client.Sources;

/// <summary>Where sweeps are looked at: a home folder on this machine, or a cluster. For reading only.</summary>
internal interface ISweepSource : IAsyncDisposable
{
    /// <summary>Where it is, for messages: a folder or a cluster's address.</summary>
    string Place { get; }

    /// <summary>Sweeps, newest first.</summary>
    Task<IReadOnlyList<SweepRow>> ListAsync(CancellationToken cancellationToken);

    /// <summary>A sweep, or null.</summary>
    Task<SweepRow?> FindAsync(string sweep, CancellationToken cancellationToken);

    /// <summary>The journal of a sweep, in order; the leaderboard and the curves follow from it.</summary>
    IAsyncEnumerable<JournalEntry> ReadJournalAsync(string sweep, CancellationToken cancellationToken);

    /// <summary>A trial's curves, those of a segment that still runs included.</summary>
    Task<IReadOnlyList<EpochRow>> ListEpochsAsync(string sweep, int trial, CancellationToken cancellationToken);

    /// <summary>A trial's stored checkpoint, or null where there is none or checkpoints are out of reach.</summary>
    Task<CheckpointRow?> FindCheckpointAsync(string sweep, int trial, CancellationToken cancellationToken) => Task.FromResult<CheckpointRow?>(null);
}
