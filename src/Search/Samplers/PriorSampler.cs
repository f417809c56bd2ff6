namespace ApproxCluster.Search;

/// <summary>Counts configurations for a model from the first observation of the earlier search on, so that its history has one for each number before.</summary>
internal sealed class PriorSampler(ISampler inner) : ISampler
{
    /// <inheritdoc />
    public long? Size => inner.Size;

    /// <inheritdoc />
    public bool WantsReplicates => inner.WantsReplicates;

    /// <inheritdoc />
    public Assignment? Suggest(int configuration, SearchHistory history) => inner.Suggest(history.Prior + configuration, history);
}
