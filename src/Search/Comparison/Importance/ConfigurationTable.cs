namespace ApproxCluster.Search;

/// <summary>
/// A sweep's configurations with a result and without a failed trial, as rows of numbers with their cost: what the comparison of parameters works on. Those that the pruner
/// stopped count with the best they had come to; so they stand where they belong, among the worse ones.
/// </summary>
internal sealed class ConfigurationTable
{
    private ConfigurationTable(SpaceColumns space, double[][] rows, double[] costs, int[] numbers, Objective objective) =>
        (Space, Rows, Costs, Numbers, Objective) = (space, rows, costs, numbers, objective);

    /// <summary>The searched parameters.</summary>
    public SpaceColumns Space { get; }

    /// <summary>A row for each configuration, see <see cref="Column.Encode"/>; NaN where a parameter does not exist.</summary>
    public double[][] Rows { get; }

    /// <summary>Mean cost of each.</summary>
    public double[] Costs { get; }

    /// <summary>Number of each.</summary>
    public int[] Numbers { get; }

    /// <summary>What they are judged by.</summary>
    public Objective Objective { get; }

    /// <summary>Those of a sweep.</summary>
    public static ConfigurationTable Of(SweepState state)
    {
        var space = new SpaceColumns(state.Spec.Space);
        var entries = state.Entries.Where(entry => entry.Key is { Failed: false }).ToArray();
        return new(
            space,
            [.. entries.Select(entry => space.Encode(entry.Parameters))],
            [.. entries.Select(entry => state.Spec.Objective.Cost(entry.Mean!.Value))],
            [.. entries.Select(entry => entry.Number)],
            state.Spec.Objective);
    }

    /// <summary>Those of points and costs of one's own.</summary>
    public static ConfigurationTable Of(SearchSpace space, IReadOnlyList<(Assignment Point, double Cost)> points)
    {
        var columns = new SpaceColumns(space);
        return new(
            columns,
            [.. points.Select(point => columns.Encode(point.Point))],
            [.. points.Select(point => point.Cost)],
            [.. Enumerable.Range(0, points.Count)],
            new(false, ObjectiveValues.ValidationLoss));
    }
}
