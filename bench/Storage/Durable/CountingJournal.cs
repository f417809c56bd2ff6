using ApproxCluster.Search;

namespace ApproxCluster.Bench.Storage;

/// <summary>A journal that counts its appends.</summary>
internal sealed class CountingJournal(ISweepJournal inner) : ISweepJournal
{
    /// <summary>Appends so far.</summary>
    public int Appends { get; private set; }

    /// <inheritdoc />
    public Task AppendAsync(long firstSequence, IReadOnlyList<SweepEvent> events, CancellationToken cancellationToken)
    {
        Appends++;
        return inner.AppendAsync(firstSequence, events, cancellationToken);
    }

    /// <inheritdoc />
    public IAsyncEnumerable<SweepEvent> ReadAsync(CancellationToken cancellationToken) => inner.ReadAsync(cancellationToken);
}
