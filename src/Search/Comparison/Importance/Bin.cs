namespace ApproxCluster.Search;

/// <summary>A value of a column, or an interval of it.</summary>
/// <param name="Low">Lower end, included.</param>
/// <param name="High">Upper end; included for the last one and for single values.</param>
/// <param name="Middle">The number that stands for it.</param>
/// <param name="Text">For people.</param>
internal sealed record Bin(double Low, double High, double Middle, string Text)
{
    /// <summary>Whether a number lies within.</summary>
    public bool Holds(double value) => Low == High ? value == Low : value >= Low && (value < High || High >= 1);

    /// <summary>Each value where there are few, else equal parts of the range.</summary>
    public static IReadOnlyList<Bin> Of(Column column, IEnumerable<double> values)
    {
        var known = values.Distinct().Order().ToArray();
        if (column.IsCategorical || known.Length <= ParameterEffects.Bins)
        {
            return [.. known.Select(value => new Bin(value, value, value, column.Decode(value).ToString()))];
        }

        return [.. Enumerable.Range(0, ParameterEffects.Bins).Select(bin =>
        {
            var (low, high) = ((double)bin / ParameterEffects.Bins, (bin + 1.0) / ParameterEffects.Bins);
            return new Bin(low, high, (low + high) / 2, $"{Short(column.Decode(low))}..{Short(column.Decode(high))}");
        })];
    }

    private static string Short(ParameterValue value) =>
        value.Kind == ParameterValueKind.Real ? value.Number.ToString("G3", System.Globalization.CultureInfo.InvariantCulture) : value.ToString();
}
