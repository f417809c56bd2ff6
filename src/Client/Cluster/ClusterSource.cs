using System.Runtime.CompilerServices;
using ApproxCluster.Client.Sources;
using ApproxCluster.Contracts;
using ApproxCluster.Search;
using ApproxCluster.Storage;

namespace ApproxCluster.Client.Cluster;

/// <summary>A cluster's sweeps, for the commands that look at sweeps anywhere.</summary>
internal sealed class ClusterSource(ClusterConnection connection) : ISweepSource
{
    /// <inheritdoc />
    public string Place => connection.Place.Text;

    /// <inheritdoc />
    public async Task<IReadOnlyList<SweepRow>> ListAsync(CancellationToken cancellationToken) =>
        [.. (await connection.CallAsync(token => connection.Cluster.Sweeps(false, token), cancellationToken)).Select(Row)];

    /// <inheritdoc />
    public async Task<SweepRow?> FindAsync(string sweep, CancellationToken cancellationToken) =>
        await connection.CallAsync(token => connection.Cluster.Sweep(sweep, token), cancellationToken) is { } summary ? Row(summary) : null;

    /// <inheritdoc />
    public IAsyncEnumerable<JournalEntry> ReadJournalAsync(string sweep, CancellationToken cancellationToken) => ReadJournalAsync(sweep, 0, cancellationToken);

    /// <summary>The journal from a sequence number on, as far as it reaches now.</summary>
    public async IAsyncEnumerable<JournalEntry> ReadJournalAsync(string sweep, long from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var page = await connection.CallAsync(token => connection.Cluster.Journal(sweep, from, JournalPage.Limit, token), cancellationToken);
            foreach (var line in page.Entries)
            {
                yield return new JournalEntry(from++, EventCodec.Decode(line.Type, line.Payload), line.At);
            }

            if (page.Entries.Length < JournalPage.Limit)
            {
                yield break;
            }
        }
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<EpochRow>> ListEpochsAsync(string sweep, int trial, CancellationToken cancellationToken)
    {
        var grain = connection.Client.GetGrain<ITrialGrain>(TrialKey.Of(sweep, trial));
        var view = await connection.CallAsync(grain.View, cancellationToken);
        return [.. (view?.Epochs ?? []).Select(epoch => new EpochRow(trial, epoch.Report, epoch.Seconds))];
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private static SweepRow Row(SweepSummary summary) => new(summary.Sweep, summary.Name, summary.Spec, summary.CreatedAt)
    {
        Status = summary.Status,
        EndedAt = summary.EndedAt,
        Digest = summary.Digest,
        Trials = summary.Trials,
        TrialsEnded = summary.TrialsEnded,
        BestValue = summary.BestValue,
        BestTrial = summary.BestTrial,
    };
}
