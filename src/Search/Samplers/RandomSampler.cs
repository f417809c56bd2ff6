using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>
/// Independent uniform draws (Bergstra and Bengio, "Random search for hyper-parameter optimization", JMLR 2012). Every (configuration, path)
/// has a place of its own in the generator's space, so adding, removing or moving a parameter changes no other one.
/// </summary>
internal sealed class RandomSampler : ISampler
{
    private readonly SearchSpace unfolded;
    private readonly Dictionary<string, ulong> keys;

    public RandomSampler(SearchSpace space, ulong seed)
    {
        unfolded = Overrides.Unfold(space);
        keys = SpaceWalk.Searched(space).ToDictionary(
            parameter => parameter.Path, parameter => Seeds.Derive(seed, $"sampler.random.{parameter.Path}"), StringComparer.Ordinal);
    }

    /// <inheritdoc />
    public long? Size => null;

    /// <inheritdoc />
    public Assignment? Suggest(int configuration, SearchHistory history) =>
        SpaceWalk.Assign(unfolded, parameter => UnitMapping.Value(
            parameter.Domain, keys.TryGetValue(parameter.Path, out var key) ? new Philox(key, (ulong)configuration).NextDouble() : 0));
}
