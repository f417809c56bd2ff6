using System.Numerics;

namespace ApproxCluster.Search;

/// <summary>
/// Every cell of a finite space: a number in mixed radix, the first parameter of the file turning slowest, the last fastest; the parameters that hang
/// on a choice turn within it, and so do outer ones that another value of the choice states for itself.
/// </summary>
internal sealed class GridSampler : ISampler
{
    private readonly SearchSpace unfolded;
    private readonly long size;

    public GridSampler(SearchSpace space)
    {
        unfolded = Overrides.Unfold(space);
        size = (long)GridCells.Count(unfolded.Parameters);
    }

    /// <inheritdoc />
    public long? Size => size;

    /// <inheritdoc />
    public Assignment? Suggest(int configuration, SearchHistory history) =>
        configuration < size ? GridCells.Cell(unfolded, configuration) : null;
}

/// <summary>Counts and numbers the cells of a finite space.</summary>
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

    /// <summary>The cell of an unfolded space with a number below their count.</summary>
    public static Assignment Cell(SearchSpace unfolded, long number)
    {
        var values = new List<KeyValuePair<string, ParameterValue>>();
        Decode(unfolded.Parameters, number, values);
        return new Assignment(values);
    }

    private static BigInteger Count(Domain domain) => domain switch
    {
        IntDomain whole => UnitMapping.Count(whole),
        FloatDomain real => UnitMapping.Count(real),
        ChoiceDomain choices => choices.Choices.Aggregate(BigInteger.Zero, (sum, choice) => sum + Count(choice.Parameters)),
        _ => 1,
    };

    private static void Decode(IReadOnlyList<Parameter> parameters, long cell, List<KeyValuePair<string, ParameterValue>> values)
    {
        var cells = (long)Count(parameters);
        foreach (var parameter in parameters)
        {
            cells /= (long)Count(parameter.Domain);
            (var index, cell) = Math.DivRem(cell, cells);
            Decode(parameter, index, values);
        }
    }

    private static void Decode(Parameter parameter, long index, List<KeyValuePair<string, ParameterValue>> values)
    {
        if (parameter.Domain is not ChoiceDomain choices)
        {
            values.Add(new(parameter.Path, parameter.Domain switch
            {
                FixedDomain known => known.Value,
                IntDomain whole => ParameterValue.Of(UnitMapping.At(whole, index)),
                FloatDomain real => ParameterValue.Of(UnitMapping.At(real, index)),
                _ => throw new ArgumentOutOfRangeException(nameof(parameter), parameter.Domain, "Unknown domain."),
            }));
            return;
        }

        foreach (var choice in choices.Choices)
        {
            var cells = (long)Count(choice.Parameters);
            if (index < cells)
            {
                values.Add(new(parameter.Path, choice.Value));
                Decode(choice.Parameters, index, values);
                return;
            }

            index -= cells;
        }
    }
}
