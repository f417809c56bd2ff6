using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>
/// Scrambled Halton points; see <see cref="HaltonSamplerSpec"/>. Every searched parameter that can exist has a dimension of its own, in the order of the file; a configuration
/// skips those of parameters that it does not have.
/// </summary>
internal sealed class HaltonSampler : ISampler
{
    private readonly SearchSpace unfolded;
    private readonly Dictionary<string, HaltonSequence> sequences = new(StringComparer.Ordinal);

    public HaltonSampler(SearchSpace space, ulong seed)
    {
        unfolded = Overrides.Unfold(space);
        var paths = SpaceWalk.Searched(space).Select(parameter => parameter.Path).ToList();
        foreach (var (path, radix) in paths.Zip(HaltonSequence.Primes(paths.Count)))
        {
            sequences.Add(path, new HaltonSequence(radix, Seeds.Derive(seed, "sampler.halton", radix)));
        }
    }

    /// <inheritdoc />
    public long? Size => null;

    /// <inheritdoc />
    public Assignment? Suggest(int configuration, SearchHistory history) => SpaceWalk.Assign(unfolded, parameter =>
        UnitMapping.Value(parameter.Domain, sequences.TryGetValue(parameter.Path, out var sequence) ? sequence.Point(configuration) : 0));
}
