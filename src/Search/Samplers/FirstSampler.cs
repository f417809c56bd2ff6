namespace ApproxCluster.Search;

/// <summary>
/// Tries points of the user's before those of a sampler. What such a point leaves open, the sampler's own suggestion fills in, or a uniform draw where that has no such parameter or
/// the rules do not hold. A fixed sequence (grid, Sobol) begins after them; a model goes on from what came of them.
/// </summary>
internal sealed class FirstSampler : ISampler
{
    private readonly ISampler inner;
    private readonly SearchSpace space;
    private readonly SearchSpace unfolded;
    private readonly IReadOnlyList<Assignment> first;
    private readonly SaltedDraws draws;
    private readonly int sequenceShift;

    /// <summary>Puts points first.</summary>
    /// <param name="inner">The sampler.</param>
    /// <param name="settings">Space and seed.</param>
    /// <param name="isSequence">Whether the sampler's points depend on their number only.</param>
    public FirstSampler(ISampler inner, SamplerSettings settings, bool isSequence)
    {
        (this.inner, space, first) = (inner, settings.Space, settings.First);
        unfolded = Overrides.Unfold(space);
        draws = new SaltedDraws(space, settings.Seed, "first");
        sequenceShift = isSequence ? first.Count : 0;
    }

    /// <inheritdoc />
    public long? Size => inner.Size + sequenceShift;

    /// <inheritdoc />
    public bool WantsReplicates => inner.WantsReplicates;

    /// <inheritdoc />
    public int? Recommend(SearchHistory history) => inner.Recommend(history);

    /// <inheritdoc />
    public Assignment? Suggest(int configuration, SearchHistory history)
    {
        if (configuration >= first.Count)
        {
            return inner.Suggest(configuration - sequenceShift, history);
        }

        var given = first[configuration];
        var open = inner.Suggest(configuration, history);
        for (var attempt = 0; attempt <= RedrawingSampler.MaximumTries; attempt++)
        {
            var point = SpaceWalk.Assign(
                unfolded, parameter => given[parameter.Path] ?? (attempt == 0 ? open?[parameter.Path] : null) ?? draws.Value(parameter, configuration, attempt));
            if (space.Allows(point))
            {
                return point;
            }
        }

        return open;
    }
}
