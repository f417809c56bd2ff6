using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>
/// Quasi-random points: the Sobol sequence, scrambled under the sweep's seed. The first 2^k configurations are spread evenly over every
/// dimension and over many pairs. Every searched parameter that can exist has a dimension of its own, in the order of the file, so
/// conditional ones are spread evenly too; a configuration skips the dimensions of parameters that it does not have.
/// </summary>
internal sealed class SobolSampler : ISampler
{
    private readonly SpaceLayout layout;
    private readonly uint[] seeds;

    public SobolSampler(SearchSpace space, ulong seed)
    {
        layout = new SpaceLayout(space);
        seeds = [.. SpaceWalk.Searched(space).Select((_, dimension) => (uint)Seeds.Derive(seed, "sampler.sobol", dimension))];
    }

    /// <summary>Searched parameters that a space may have.</summary>
    public static int MaximumDimensions => SobolSequence.MaximumDimensions;

    /// <inheritdoc />
    public long? Size => null;

    /// <inheritdoc />
    public Assignment? Suggest(int configuration, SearchHistory history) => layout.Assign(
        dimension => OwenScramble.Scramble(SobolSequence.Point((uint)configuration, dimension), seeds[dimension]) * (1.0 / (1UL << 32)));
}
