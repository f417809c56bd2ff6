using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>
/// Draws the numbers of columns that a sampler does not model, choices and conditional parameters above all: those of one of the better half of the results, each replaced now
/// and then by a uniform draw, and where it is continuous, by one nearby.
/// </summary>
/// <param name="columns">All columns.</param>
internal sealed class InheritedColumns(SpaceColumns columns)
{
    private const double Fresh = 0.15;
    private const double Nearby = 0.1;

    /// <summary>A number for every column; those of parameters that will not exist are drawn too.</summary>
    /// <param name="random">The draws: the same number of them whatever is chosen.</param>
    /// <param name="better">Rows of the better results, NaN where a parameter did not exist; may be empty.</param>
    public double[] Draw(ref Philox random, IReadOnlyList<double[]> better)
    {
        var row = new double[columns.Count];
        var parent = random.NextDouble();
        var inherited = better.Count == 0 ? null : better[(int)(parent * better.Count)];
        foreach (var column in columns.Columns)
        {
            var (fresh, number, step) = (random.NextDouble(), random.NextDouble(), Normal.Quantile(random.NextDouble()));
            var from = inherited?[column.Index] ?? double.NaN;
            row[column.Index] = fresh < Fresh || double.IsNaN(from)
                ? column.IsCategorical ? Math.Floor(number * column.Count!.Value) : number
                : column.IsCategorical ? from : Math.Clamp(from + Nearby * step, 0, 1);
        }

        return row;
    }
}
