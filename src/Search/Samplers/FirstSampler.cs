namespace ApproxCluster.Search;

/// <summary>
/// Tries points of the user's before those of a sampler; what such a point leaves open is filled in (<see cref="PointCompletion"/>). A fixed sequence (grid, Sobol) begins after them; a model goes on from what came of them.
/// </summary>
internal sealed class FirstSampler : ISampler
{
    private readonly ISampler inner;
    private readonly IReadOnlyList<Assignment> first;
    private readonly PointCompletion completion;
    private readonly int sequenceShift;

    /// <summary>Puts points first.</summary>
    /// <param name="inner">The sampler.</param>
    /// <param name="settings">Space and seed.</param>
    /// <param name="isSequence">Whether the sampler's points depend on their number only.</param>
    public FirstSampler(ISampler inner, SamplerSettings settings, bool isSequence)
    {
        (this.inner, first) = (inner, settings.First);
        completion = new PointCompletion(settings.Space, settings.Seed);
        sequenceShift = isSequence ? first.Count : 0;
    }

    /// <inheritdoc />
    public long? Size => inner.Size + sequenceShift;

    /// <inheritdoc />
    public bool WantsReplicates => inner.WantsReplicates;

    /// <inheritdoc />
    public int? Recommend(SearchHistory history) => inner.Recommend(history);

    /// <inheritdoc />
    public Assignment? Suggest(int configuration, SearchHistory history) => configuration < first.Count
        ? completion.Complete(first[configuration], inner.Suggest(configuration, history), configuration)
        : inner.Suggest(configuration - sequenceShift, history);
}
