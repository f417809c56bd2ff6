using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>
/// Quasi-random points: the Sobol sequence, scrambled under the sweep's seed. The first 2^k configurations are spread evenly over every
/// dimension and over many pairs. Every searched parameter that can exist has a dimension of its own, in the order of the file, so
/// conditional ones are spread evenly too; a configuration skips the dimensions of parameters that it does not have.
/// </summary>
internal sealed class SobolSampler : ISampler
{
    private readonly SearchSpace unfolded;
    private readonly Dictionary<string, (int Dimension, uint Seed)> dimensions = new(StringComparer.Ordinal);

    public SobolSampler(SearchSpace space, ulong seed)
    {
        unfolded = Overrides.Unfold(space);
        foreach (var parameter in SpaceWalk.Searched(space))
        {
            dimensions.Add(parameter.Path, (dimensions.Count, (uint)Seeds.Derive(seed, "sampler.sobol", dimensions.Count)));
        }
    }

    /// <summary>Searched parameters that a space may have.</summary>
    public static int MaximumDimensions => SobolSequence.MaximumDimensions;

    /// <inheritdoc />
    public long? Size => null;

    /// <inheritdoc />
    public Assignment? Suggest(int configuration, SearchHistory history) =>
        SpaceWalk.Assign(unfolded, parameter => UnitMapping.Value(parameter.Domain, Unit(configuration, parameter.Path)));

    private double Unit(int configuration, string path)
    {
        if (!dimensions.TryGetValue(path, out var place))
        {
            return 0;
        }

        return OwenScramble.Scramble(SobolSequence.Point((uint)configuration, place.Dimension), place.Seed) * (1.0 / (1UL << 32));
    }
}
