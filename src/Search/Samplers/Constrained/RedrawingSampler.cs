namespace ApproxCluster.Search;

/// <summary>
/// Replaces suggestions that break a space's rules. A model's suggestion is mended: each of its values is kept with a chance that falls from one in one to none over the first tries and drawn
/// anew otherwise; of the first point that keeps the rules, those values are set back, in the order of their paths, that may be. After the first tries, and from the first one on
/// for draws that know no model, points are drawn uniformly, and random draws are left as they are: uniform over the points that keep the rules (rejection). Try k of configuration n has numbers
/// of its own, so the answer depends on nothing else.
/// </summary>
internal sealed class RedrawingSampler : ISampler
{
    /// <summary>Tries in all; with one point in a thousand that keeps the rules, the chance to find none is below 1e-40.</summary>
    public const int MaximumTries = 100_000;

    private const int MendingTries = 64;

    private readonly ISampler inner;
    private readonly SearchSpace space;
    private readonly SearchSpace unfolded;
    private readonly bool mends;
    private readonly SaltedDraws keeping;
    private readonly SaltedDraws draws;

    public RedrawingSampler(ISampler inner, SearchSpace space, ulong seed)
    {
        (this.inner, this.space, mends) = (inner, space, inner is not RandomSampler);
        unfolded = Overrides.Unfold(space);
        keeping = new SaltedDraws(space, seed, "keep");
        draws = new SaltedDraws(space, seed, "redraw");
    }

    /// <inheritdoc />
    public long? Size => inner.Size;

    /// <inheritdoc />
    public bool WantsReplicates => inner.WantsReplicates;

    /// <inheritdoc />
    public int? Recommend(SearchHistory history) => inner.Recommend(history);

    /// <summary>The inner sampler's suggestion, or the first try that keeps the rules; null when there is none.</summary>
    /// <inheritdoc />
    public Assignment? Suggest(int configuration, SearchHistory history)
    {
        var wanted = inner.Suggest(configuration, history);
        if (wanted is null || space.Allows(wanted))
        {
            return wanted;
        }

        for (var attempt = 1; attempt <= MaximumTries; attempt++)
        {
            var point = Draw(wanted, configuration, attempt);
            if (space.Allows(point))
            {
                return mends ? SetBack(point, wanted) : point;
            }
        }

        return null;
    }

    private Assignment SetBack(Assignment point, Assignment wanted)
    {
        foreach (var (path, value) in wanted)
        {
            // A choice stays as drawn where what hangs on the other one is not known here.
            if (draws.IsSearched(path) && point[path] is { } drawn && drawn != value && With(point, path, value, wanted) is { } candidate && space.Allows(candidate))
            {
                point = candidate;
            }
        }

        return point;
    }

    private Assignment? With(Assignment point, string path, ParameterValue value, Assignment wanted)
    {
        var isWhole = true;
        var changed = SpaceWalk.Assign(unfolded, parameter =>
        {
            var known = parameter.Path == path ? value : point[parameter.Path] ?? wanted[parameter.Path];
            isWhole &= known is not null;
            return known ?? UnitMapping.Value(parameter.Domain, 0);
        });
        return isWhole ? changed : null;
    }

    private Assignment Draw(Assignment wanted, int configuration, int attempt)
    {
        var share = mends ? 1 - (double)attempt / MendingTries : 0;
        return SpaceWalk.Assign(unfolded, parameter =>
            share > 0 && wanted[parameter.Path] is { } value && keeping.Unit(parameter.Path, configuration, attempt) < share
                ? value
                : draws.Value(parameter, configuration, attempt));
    }
}
