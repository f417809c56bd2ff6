using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>
/// Independent uniform draws (Bergstra and Bengio, "Random search for hyper-parameter optimization", JMLR 2012). Every (configuration, path)
/// has a place of its own in the generator's space, so adding, removing or moving a parameter changes no other one.
/// </summary>
internal sealed class RandomSampler : ISampler
{
    private readonly SpaceLayout layout;
    private readonly ulong[] keys;

    public RandomSampler(SearchSpace space, ulong seed)
    {
        layout = new SpaceLayout(space);
        keys = [.. SpaceWalk.Searched(space).Select(parameter => Seeds.Derive(seed, $"sampler.random.{parameter.Path}"))];
    }

    /// <inheritdoc />
    public long? Size => null;

    /// <inheritdoc />
    public Assignment? Suggest(int configuration, SearchHistory history) =>
        layout.Assign(number => new Philox(keys[number], (ulong)configuration).NextDouble());
}
