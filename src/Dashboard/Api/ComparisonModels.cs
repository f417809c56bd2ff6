using ApproxCluster.Search;

namespace ApproxCluster.Dashboard;

/// <summary>The importance of a parameter.</summary>
internal sealed record ImportanceItem(string Parameter, double? Importance, int Configurations);

/// <summary>What matters in a sweep, as of a place in the journal.</summary>
internal sealed record ImportanceModel(string Sweep, long Sequence, string Method, IReadOnlyList<ImportanceItem> Parameters)
{
    public static ImportanceModel Of(string sweep, string name, SweepState state, ImportanceMethod method) => new(
        sweep,
        state.Sequence,
        name,
        [.. ParameterImportance.Of(state, method).Select(one => new ImportanceItem(one.Path, ApiJson.Finite(one.Share), one.Configurations))]);
}

/// <summary>An axis of a picture of parallel coordinates.</summary>
internal sealed record AxisModel(string Parameter, bool Log, IReadOnlyList<string> Choices);

/// <summary>A configuration as a line across the axes.</summary>
internal sealed record LineModel(int Configuration, double? Value, IReadOnlyList<double?> Places);

/// <summary>A sweep's configurations across its searched parameters, as of a place in the journal.</summary>
internal sealed record CoordinatesModel(string Sweep, long Sequence, string Objective, string Goal, IReadOnlyList<AxisModel> Axes, IReadOnlyList<LineModel> Lines)
{
    public static CoordinatesModel Of(string sweep, SweepState state)
    {
        var coordinates = ParallelCoordinates.Of(state);
        var objective = state.Spec.Objective;
        return new(
            sweep,
            state.Sequence,
            objective.Metric,
            objective.Maximize ? "maximize" : "minimize",
            [.. coordinates.Axes.Select(axis => new AxisModel(axis.Path, axis.IsLog, axis.Choices))],
            [.. coordinates.Lines.Select(line => new LineModel(line.Configuration, ApiJson.Finite(line.Value), [.. line.Places.Select(ApiJson.Finite)]))]);
    }
}
