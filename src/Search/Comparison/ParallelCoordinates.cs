namespace ApproxCluster.Search;

/// <summary>An axis of a picture of parallel coordinates.</summary>
/// <param name="Path">The parameter.</param>
/// <param name="IsLog">Whether its numbers are spread over the logarithm.</param>
/// <param name="Choices">Its values in order, for a choice; else empty.</param>
public sealed record CoordinateAxis(string Path, bool IsLog, IReadOnlyList<string> Choices);

/// <summary>A configuration as a line across the axes.</summary>
/// <param name="Configuration">Its number.</param>
/// <param name="Places">Its place on each axis, 0..1; null where the parameter does not exist.</param>
/// <param name="Value">Mean objective.</param>
public sealed record CoordinateLine(int Configuration, IReadOnlyList<double?> Places, double Value);

/// <summary>Configurations across the searched parameters (Inselberg 1985), as numbers to draw.</summary>
/// <param name="Axes">The searched parameters, in order of the file.</param>
/// <param name="Lines">Configurations with a result and without a failed trial, by number.</param>
public sealed record ParallelCoordinates(IReadOnlyList<CoordinateAxis> Axes, IReadOnlyList<CoordinateLine> Lines)
{
    /// <summary>Those of a sweep.</summary>
    public static ParallelCoordinates Of(SweepState state)
    {
        var table = ConfigurationTable.Of(state);
        var columns = table.Space.Columns;
        return new(
            [.. columns.Select(column => new CoordinateAxis(
                column.Path, column.IsLog, column.Domain is ChoiceDomain choices ? [.. choices.Choices.Select(choice => choice.Value.ToString())] : []))],
            [.. table.Rows.Select((row, place) => new CoordinateLine(
                table.Numbers[place],
                [.. columns.Select(column => PlaceOf(column, row[column.Index]))],
                state.Spec.Objective.Maximize ? -table.Costs[place] : table.Costs[place]))]);
    }

    private static double? PlaceOf(Column column, double number) =>
        double.IsNaN(number) ? null : column.IsCategorical ? number / (column.Count!.Value - 1) : number;
}
