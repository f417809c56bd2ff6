using ApproxCluster.Storage;

namespace ApproxCluster.Client.Sources;

/// <summary>The sweeps of a store, such as the file in a home folder.</summary>
internal sealed class StoreSource(ISweepStore store, string place) : ISweepSource
{
    /// <inheritdoc />
    public string Place => place;

    /// <inheritdoc />
    public Task<IReadOnlyList<SweepRow>> ListAsync(CancellationToken cancellationToken) => store.ListSweepsAsync(false, cancellationToken);

    /// <inheritdoc />
    public Task<SweepRow?> FindAsync(string sweep, CancellationToken cancellationToken) => store.FindSweepAsync(sweep, cancellationToken);

    /// <inheritdoc />
    public IAsyncEnumerable<JournalEntry> ReadJournalAsync(string sweep, CancellationToken cancellationToken) => store.ReadAsync(sweep, 0, cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<EpochRow>> ListEpochsAsync(string sweep, int trial, CancellationToken cancellationToken) =>
        store.ListEpochsAsync(sweep, trial, cancellationToken);

    /// <inheritdoc />
    public Task<CheckpointRow?> FindCheckpointAsync(string sweep, int trial, CancellationToken cancellationToken) =>
        store.FindCheckpointAsync(sweep, trial, cancellationToken);

    /// <inheritdoc />
    public ValueTask DisposeAsync() => store.DisposeAsync();
}
