using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>
/// A random forest on a sweep's configurations: 64 trees, each on a bootstrap sample of its own (the number and the growing to the end follow Optuna's fANOVA). Parameters that do not exist in a
/// configuration stand at the middle of their range, or at the first choice.
/// </summary>
internal sealed class Forest
{
    /// <summary>Trees of a forest.</summary>
    public const int Size = 64;

    private Forest(RegressionTree[] trees, double[][] rows) => (Trees, Rows) = (trees, rows);

    /// <summary>The trees.</summary>
    public IReadOnlyList<RegressionTree> Trees { get; }

    /// <summary>The rows without NaN.</summary>
    public double[][] Rows { get; }

    /// <summary>Grows a forest; a function of table and seed.</summary>
    public static Forest Grow(ConfigurationTable table, ulong seed)
    {
        var columns = table.Space.Columns;
        double[][] rows = [.. table.Rows.Select(row => row.Select((value, column) => double.IsNaN(value) ? columns[column].IsCategorical ? 0 : 0.5 : value).ToArray())];
        var trees = new RegressionTree[Size];
        for (var tree = 0; tree < Size; tree++)
        {
            trees[tree] = RegressionTree.Grow(columns, rows, table.Costs, new Philox(Seeds.Derive(seed, "importance.forest", tree)));
        }

        return new(trees, rows);
    }
}
