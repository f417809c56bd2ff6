namespace ApproxCluster.Search;

/// <summary>
/// Makes whole points of parts of them: what a part leaves open, a sampler's own suggestion fills in, or a uniform draw where that has no such parameter or the rules do not hold.
/// </summary>
internal sealed class PointCompletion(SearchSpace space, ulong seed)
{
    private readonly SearchSpace unfolded = Overrides.Unfold(space);
    private readonly SaltedDraws draws = new(space, seed, "first");

    /// <summary>The whole point of a part; the open values themselves where no try keeps the rules.</summary>
    /// <param name="given">The part.</param>
    /// <param name="open">The sampler's suggestion; null where it has none.</param>
    /// <param name="configuration">Number of the configuration, which says the draws.</param>
    public Assignment? Complete(Assignment given, Assignment? open, int configuration)
    {
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
