using System.Numerics;

namespace ApproxCluster.Search;

/// <summary>
/// Every cell of a finite space: a number in mixed radix, the first parameter of the file turning slowest, the last fastest; the parameters that hang
/// on a choice turn within it, and so do outer ones that another value of the choice states for itself.
/// </summary>
internal sealed class GridSampler : ISampler
{
    private readonly GridLevel level;

    public GridSampler(SearchSpace space) => level = new GridLevel(Overrides.Unfold(space).Parameters);

    /// <inheritdoc />
    public long? Size => level.Size;

    /// <inheritdoc />
    public Assignment? Suggest(int configuration, SearchHistory history) =>
        configuration < level.Size ? level.Cell(configuration) : null;
}

/// <summary>Counts the cells of a finite space.</summary>
internal static class GridCells
{
    /// <summary>Most cells of a grid.</summary>
    public const int Maximum = 1_000_000;

    /// <summary>The first parameter with endlessly many values, or null.</summary>
    public static Parameter? FirstContinuous(SearchSpace space) =>
        SpaceWalk.Searched(space).FirstOrDefault(parameter => parameter.Domain is FloatDomain { Step: null });

    /// <summary>Cells in all.</summary>
    public static BigInteger Count(SearchSpace space) => Count(Overrides.Unfold(space).Parameters);

    /// <summary>Cells of parameters of an unfolded space.</summary>
    public static BigInteger Count(IReadOnlyList<Parameter> parameters) =>
        parameters.Aggregate(BigInteger.One, (product, parameter) => product * Count(parameter.Domain));

    private static BigInteger Count(Domain domain) => domain switch
    {
        IntDomain whole => UnitMapping.Count(whole),
        FloatDomain real => UnitMapping.Count(real),
        ChoiceDomain choices => choices.Choices.Aggregate(BigInteger.Zero, (sum, choice) => sum + Count(choice.Parameters)),
        _ => 1,
    };
}
