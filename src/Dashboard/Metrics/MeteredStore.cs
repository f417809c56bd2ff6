using ApproxCluster.Search;
using ApproxCluster.Storage;

namespace ApproxCluster.Dashboard;

/// <summary>A store that counts what is written.</summary>
internal sealed class MeteredStore(ISweepStore inner, ProcessInstruments process, TimeProvider time) : ISweepStore
{
    /// <inheritdoc />
    public Task MigrateAsync(CancellationToken cancellationToken) => inner.MigrateAsync(cancellationToken);

    /// <inheritdoc />
    public Task<bool> CreateSweepAsync(SweepRow sweep, CancellationToken cancellationToken) => inner.CreateSweepAsync(sweep, cancellationToken);

    /// <inheritdoc />
    public Task<SweepRow?> FindSweepAsync(string sweep, CancellationToken cancellationToken) => inner.FindSweepAsync(sweep, cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<SweepRow>> ListSweepsAsync(bool unfinishedOnly, CancellationToken cancellationToken) =>
        inner.ListSweepsAsync(unfinishedOnly, cancellationToken);

    /// <inheritdoc />
    public async Task AppendAsync(string sweep, long firstSequence, IReadOnlyList<SweepEvent> events, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        await Counted(inner.AppendAsync(sweep, firstSequence, events, cancellationToken));
        process.AppendDuration.Record(time.GetElapsedTime(began).TotalSeconds);
        process.JournalEvents.Add(events.Count);
        if (events.Count(entry => entry is AttemptLost) is > 0 and var lost)
        {
            process.AttemptsLost.Add(lost);
        }
    }

    /// <inheritdoc />
    public IAsyncEnumerable<JournalEntry> ReadAsync(string sweep, long fromSequence, CancellationToken cancellationToken) =>
        inner.ReadAsync(sweep, fromSequence, cancellationToken);

    /// <inheritdoc />
    public Task SaveEpochsAsync(string sweep, IReadOnlyList<EpochRow> epochs, CancellationToken cancellationToken) =>
        Counted(inner.SaveEpochsAsync(sweep, epochs, cancellationToken));

    /// <inheritdoc />
    public Task<IReadOnlyList<TrialRow>> ListTrialsAsync(string sweep, int offset, int limit, CancellationToken cancellationToken) =>
        inner.ListTrialsAsync(sweep, offset, limit, cancellationToken);

    /// <inheritdoc />
    public Task<TrialRow?> FindTrialAsync(string sweep, int trial, CancellationToken cancellationToken) =>
        inner.FindTrialAsync(sweep, trial, cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<EpochRow>> ListEpochsAsync(string sweep, int trial, CancellationToken cancellationToken) =>
        inner.ListEpochsAsync(sweep, trial, cancellationToken);

    /// <inheritdoc />
    public Task SaveCheckpointAsync(string sweep, CheckpointRow checkpoint, CancellationToken cancellationToken) =>
        Counted(inner.SaveCheckpointAsync(sweep, checkpoint, cancellationToken));

    /// <inheritdoc />
    public Task<CheckpointRow?> FindCheckpointAsync(string sweep, int trial, CancellationToken cancellationToken) =>
        inner.FindCheckpointAsync(sweep, trial, cancellationToken);

    /// <inheritdoc />
    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private async Task Counted(Task write)
    {
        try
        {
            await write;
        }
        catch (StorageException)
        {
            process.StorageFaults.Add(1);
            throw;
        }
    }
}
