using ApproxCluster.Search;
using ApproxCluster.Storage;

namespace ApproxCluster.Engine.Tests;

/// <summary>A store in front of another one, for tests that spoil a call.</summary>
internal class StoreProxy(ISweepStore inner) : ISweepStore
{
    public virtual Task MigrateAsync(CancellationToken cancellationToken) => inner.MigrateAsync(cancellationToken);

    public virtual Task<bool> CreateSweepAsync(SweepRow sweep, CancellationToken cancellationToken) => inner.CreateSweepAsync(sweep, cancellationToken);

    public Task<SweepRow?> FindSweepAsync(string sweep, CancellationToken cancellationToken) => inner.FindSweepAsync(sweep, cancellationToken);

    public Task<IReadOnlyList<SweepRow>> ListSweepsAsync(bool unfinishedOnly, CancellationToken cancellationToken) =>
        inner.ListSweepsAsync(unfinishedOnly, cancellationToken);

    public virtual Task AppendAsync(string sweep, long firstSequence, IReadOnlyList<SweepEvent> events, CancellationToken cancellationToken) =>
        inner.AppendAsync(sweep, firstSequence, events, cancellationToken);

    public IAsyncEnumerable<JournalEntry> ReadAsync(string sweep, long fromSequence, CancellationToken cancellationToken) =>
        inner.ReadAsync(sweep, fromSequence, cancellationToken);

    public virtual Task SaveEpochsAsync(string sweep, IReadOnlyList<EpochRow> epochs, CancellationToken cancellationToken) =>
        inner.SaveEpochsAsync(sweep, epochs, cancellationToken);

    public Task<IReadOnlyList<TrialRow>> ListTrialsAsync(string sweep, int offset, int limit, CancellationToken cancellationToken) =>
        inner.ListTrialsAsync(sweep, offset, limit, cancellationToken);

    public Task<TrialRow?> FindTrialAsync(string sweep, int trial, CancellationToken cancellationToken) =>
        inner.FindTrialAsync(sweep, trial, cancellationToken);

    public Task<IReadOnlyList<EpochRow>> ListEpochsAsync(string sweep, int trial, CancellationToken cancellationToken) =>
        inner.ListEpochsAsync(sweep, trial, cancellationToken);

    public virtual Task SaveCheckpointAsync(string sweep, CheckpointRow checkpoint, CancellationToken cancellationToken) =>
        inner.SaveCheckpointAsync(sweep, checkpoint, cancellationToken);

    public virtual Task<CheckpointRow?> FindCheckpointAsync(string sweep, int trial, CancellationToken cancellationToken) =>
        inner.FindCheckpointAsync(sweep, trial, cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
