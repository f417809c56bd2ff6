using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>
/// A multivariate kernel density estimate with one width for each column: Gaussians of the normal reference rule 1.06 s n^(-1/(4 + d)) for numbers, Aitchison and Aitken's kernel
/// for choices with the same rule, as statsmodels' KDEMultivariate, which HpBandSter uses.
/// </summary>
internal sealed class ProductKernels
{
    private readonly IReadOnlyList<Column> columns;
    private readonly IReadOnlyList<double[]> points;
    private readonly double[] widths;
    private readonly (double Hit, double Miss)[] choices;

    /// <summary>Makes the estimate.</summary>
    /// <param name="columns">Columns.</param>
    /// <param name="points">Rows without gaps, at least one.</param>
    /// <param name="least">Least width.</param>
    public ProductKernels(IReadOnlyList<Column> columns, IReadOnlyList<double[]> points, double least)
    {
        (this.columns, this.points) = (columns, points);
        var shrink = 1.06 * FastMath.Exp(-FastMath.Log(points.Count) / (4 + columns.Count));
        widths = [.. columns.Select(column => Width(column, shrink * Deviation(column.Index), least))];
        choices = [.. columns.Select((column, place) => column.IsCategorical
            ? (FastMath.Log(1 - widths[place]), FastMath.Log(widths[place] / (column.Count!.Value - 1)))
            : (0, -FastMath.Log(widths[place]) - Normal.LogRootTwoPi))];
    }

    /// <summary>Logarithm of the density at a row.</summary>
    public double LogDensity(double[] row)
    {
        var (largest, sum) = (double.NegativeInfinity, 0.0);
        foreach (var point in points)
        {
            var exponent = 0.0;
            for (var place = 0; place < columns.Count; place++)
            {
                var distance = row[columns[place].Index] - point[columns[place].Index];
                exponent += columns[place].IsCategorical
                    ? distance == 0 ? choices[place].Hit : choices[place].Miss
                    : choices[place].Miss - 0.5 * (distance / widths[place]) * (distance / widths[place]);
            }

            // Relative to the largest so far, so that nothing underflows.
            (largest, sum) = exponent > largest ? (exponent, sum * FastMath.Exp(largest - exponent) + 1) : (largest, sum + FastMath.Exp(exponent - largest));
        }

        return largest + FastMath.Log(sum);
    }

    /// <summary>A row near a random point: truncated normals, widened; choices stay with one less their width as chance.</summary>
    public double[] Draw(ref Philox random, double factor)
    {
        var row = (double[])points[(int)(random.NextDouble() * points.Count)].Clone();
        for (var place = 0; place < columns.Count; place++)
        {
            var (column, unit, other) = (columns[place], random.NextDouble(), random.NextDouble());
            ref var number = ref row[column.Index];
            if (column.IsCategorical)
            {
                number = unit < 1 - widths[place] ? number : Math.Floor(other * column.Count!.Value);
                continue;
            }

            var width = widths[place] * factor;
            var low = Normal.Cumulative(-number / width);
            var share = Normal.Cumulative((1 - number) / width) - low;
            number = Math.Clamp(number + width * Normal.Quantile(low + unit * share), 0, 1);
        }

        return row;
    }

    /// <summary>A choice's width is the share of the others, which an even spread bounds.</summary>
    private static double Width(Column column, double width, double least) =>
        column.IsCategorical ? Math.Clamp(width, least, Math.Max(least, 1 - 1.0 / column.Count!.Value)) : Math.Max(width, least);

    private double Deviation(int index)
    {
        var mean = points.Average(point => point[index]);
        return Math.Sqrt(points.Sum(point => (point[index] - mean) * (point[index] - mean)) / points.Count);
    }
}
