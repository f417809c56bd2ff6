using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>
/// Scrambled Halton points; see <see cref="HaltonSamplerSpec"/>. Every searched parameter that can exist has a dimension of its own, in the order of the file; a configuration
/// skips those of parameters that it does not have.
/// </summary>
internal sealed class HaltonSampler : ISampler
{
    private readonly SpaceLayout layout;
    private readonly HaltonSequence[] sequences;

    public HaltonSampler(SearchSpace space, ulong seed)
    {
        layout = new SpaceLayout(space);
        sequences = [.. HaltonSequence.Primes(SpaceWalk.Searched(space).Count()).Select(radix => new HaltonSequence(radix, Seeds.Derive(seed, "sampler.halton", radix)))];
    }

    /// <inheritdoc />
    public long? Size => null;

    /// <inheritdoc />
    public Assignment? Suggest(int configuration, SearchHistory history) => layout.Assign(dimension => sequences[dimension].Point(configuration));
}
