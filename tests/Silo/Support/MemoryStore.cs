using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using ApproxCluster.Search;
using ApproxCluster.Storage;

namespace ApproxCluster.Silo.Tests.Support;

/// <summary>A store in memory, shared by the silos of a test: what a database is to a cluster, with its faults at the test's command.</summary>
internal sealed class MemoryStore : ISweepStore
{
    private readonly ConcurrentDictionary<string, Shelf> sweeps = new(StringComparer.Ordinal);

    /// <summary>While it is set, appends fail with it.</summary>
    public StorageException? AppendFault { get; set; }

    /// <summary>Events of a sweep so far.</summary>
    public IReadOnlyList<SweepEvent> Events(string sweep) => sweeps.TryGetValue(sweep, out var shelf) ? shelf.Events : [];

    public Task MigrateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<bool> CreateSweepAsync(SweepRow sweep, CancellationToken cancellationToken) => Task.FromResult(sweeps.TryAdd(sweep.Id, new Shelf(sweep)));

    public Task<SweepRow?> FindSweepAsync(string sweep, CancellationToken cancellationToken) =>
        Task.FromResult(sweeps.TryGetValue(sweep, out var shelf) ? shelf.Row : null);

    public Task<IReadOnlyList<SweepRow>> ListSweepsAsync(bool unfinishedOnly, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<SweepRow>>(
            [.. sweeps.Values.Select(shelf => shelf.Row).Where(row => !unfinishedOnly || !row.Status.IsFinal()).OrderByDescending(row => row.CreatedAt)]);

    public async Task AppendAsync(string sweep, long firstSequence, IReadOnlyList<SweepEvent> events, CancellationToken cancellationToken)
    {
        // A database takes its time: calls that interleave show here.
        await Task.Yield();
        if (AppendFault is { } fault)
        {
            throw fault;
        }

        sweeps[sweep].Append(firstSequence, events);
    }

    public async IAsyncEnumerable<JournalEntry> ReadAsync(
        string sweep, long fromSequence, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        var sequence = fromSequence;
        foreach (var sweepEvent in Events(sweep).Skip((int)fromSequence))
        {
            yield return new JournalEntry(sequence++, sweepEvent, default);
        }
    }

    public Task SaveEpochsAsync(string sweep, IReadOnlyList<EpochRow> epochs, CancellationToken cancellationToken)
    {
        foreach (var epoch in epochs)
        {
            sweeps[sweep].Epochs[(epoch.Trial, epoch.Report.Epoch)] = epoch;
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<TrialRow>> ListTrialsAsync(string sweep, int offset, int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<TrialRow>>([.. Events(sweep).OfType<TrialCreated>().Skip(offset).Take(limit).Select(created => Row(sweep, created))]);

    public Task<TrialRow?> FindTrialAsync(string sweep, int trial, CancellationToken cancellationToken) =>
        Task.FromResult(Events(sweep).OfType<TrialCreated>().Where(created => created.Trial == trial).Select(created => Row(sweep, created)).SingleOrDefault());

    public Task<IReadOnlyList<EpochRow>> ListEpochsAsync(string sweep, int trial, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<EpochRow>>(
            [.. sweeps[sweep].Epochs.Values.Where(epoch => epoch.Trial == trial).OrderBy(epoch => epoch.Report.Epoch)]);

    public Task SaveCheckpointAsync(string sweep, CheckpointRow checkpoint, CancellationToken cancellationToken)
    {
        var kept = checkpoint with { Data = checkpoint.Data.ToArray() };
        sweeps[sweep].Checkpoints.AddOrUpdate(kept.Trial, kept, (_, present) => present.Attempt > kept.Attempt ? present : kept);
        return Task.CompletedTask;
    }

    public Task<CheckpointRow?> FindCheckpointAsync(string sweep, int trial, CancellationToken cancellationToken) =>
        Task.FromResult(sweeps[sweep].Checkpoints.GetValueOrDefault(trial));

    // Silos dispose the store with their hosts; the test's store outlives them.
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private TrialRow Row(string sweep, TrialCreated created)
    {
        var end = Events(sweep).OfType<TrialEnded>().LastOrDefault(end => end.Trial == created.Trial);
        return new TrialRow(
            created.Trial, created.Configuration, created.Replicate, end?.State ?? TrialState.Running, end?.Reason ?? FailureReason.None, end?.Detail,
            created.Parameters.ToString(), FormattableString.Invariant($"{created.Seed}"), 0, null, null, null, null, null);
    }

    private sealed class Shelf(SweepRow row)
    {
        private readonly Lock gate = new();
        private List<SweepEvent> events = [];

        public SweepRow Row { get; private set; } = row;

        public IReadOnlyList<SweepEvent> Events => events;

        public ConcurrentDictionary<(int Trial, int Epoch), EpochRow> Epochs { get; } = new();

        public ConcurrentDictionary<int, CheckpointRow> Checkpoints { get; } = new();

        public void Append(long firstSequence, IReadOnlyList<SweepEvent> added)
        {
            lock (gate)
            {
                if (firstSequence != events.Count)
                {
                    throw new JournalConflictException($"Event {firstSequence} of sweep {Row.Id} is taken: there are {events.Count}.");
                }

                // Readers keep the list they have.
                events = [.. events, .. added];
                foreach (var created in added.OfType<TrialCreated>())
                {
                    if (created.From is { } branch && Checkpoints.TryGetValue(branch.Trial, out var checkpoint) && checkpoint.EpochsDone == branch.Epoch)
                    {
                        Checkpoints[created.Trial] = checkpoint with { Trial = created.Trial, Attempt = 1, Segment = 0 };
                    }
                }

                foreach (var change in added.Where(change => change is SweepEnded or TrialsRetried))
                {
                    Row = Row with { Status = change is SweepEnded end ? end.Status : SweepStatus.Running };
                }
            }
        }
    }
}
