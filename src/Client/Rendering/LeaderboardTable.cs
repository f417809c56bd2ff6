using ApproxCluster.Search;

namespace ApproxCluster.Client.Rendering;

/// <summary>The leaderboard as a table: only the parameters that vary, marks for ties with the best and for the Pareto front.</summary>
internal static class LeaderboardTable
{
    /// <summary>What the marks mean; a line below the table.</summary>
    public static string Legend(Objective objective) =>
        $"= cannot be told apart from the best   * no other is better in {(objective.Further.Count > 0 ? "all objectives" : "value, gap and size")} at once";

    /// <summary>The table of some rows.</summary>
    /// <param name="rows">Rows, best first.</param>
    /// <param name="paths">Parameters to show.</param>
    /// <param name="spec">The sweep: its objective names the column, its further objectives have columns of their own.</param>
    /// <param name="winner">Configuration that won, or null.</param>
    public static TextTable Of(IReadOnlyList<LeaderboardRow> rows, IReadOnlyList<string> paths, SweepSpec spec, int? winner)
    {
        var replicated = rows.Any(row => row.Trials.Count > 1);
        var names = SearchedParameters.Names(paths);
        var table = new TextTable().Right("rank").Right(replicated ? "trials" : "trial");
        foreach (var path in paths)
        {
            _ = rows.All(row => row.Parameters[path] is null or { Kind: not ParameterValueKind.Word }) ? table.Right(names[path]) : table.Left(names[path]);
        }

        table.Right(spec.Objective.Metric);
        if (replicated)
        {
            table.Right("+-95%");
        }

        var further = ObjectiveReport.FurtherColumns(spec);
        foreach (var (name, _) in further)
        {
            table.Right(name);
        }

        var continued = rows.Any(row => row.From is not null);
        table.Right("gap").Right("best epoch").Right("parameters");
        if (continued)
        {
            table.Right("from");
        }

        table.Left("state").Left("");
        foreach (var row in rows)
        {
            List<string> cells =
            [
                Terminal.Text($"{row.Rank}"),
                Trials(row.Trials),
                .. paths.Select(path => row.Parameters[path] is { } value ? Numbers.Short(value) : "-"),
                Numbers.Fixed(row.Mean),
            ];
            if (replicated)
            {
                cells.Add(row.High is { } high ? Numbers.Short(high - row.Mean) : "-");
            }

            cells.AddRange(
            [
                .. further.Select(column => row.Objectives.Count > 0 ? Numbers.Fixed(row.Objectives[column.Place]) : "-"),
                double.IsNaN(row.Gap) ? "-" : Numbers.Short(row.Gap),
                Terminal.Text($"{row.BestEpoch}"),
                row.ParameterCount == 0 ? "-" : Numbers.Whole(row.ParameterCount),
                .. continued ? new[] { row.From is { } from ? Terminal.Text($"{from.Trial}@{from.Epoch}") : "-" } : [],
                Words.Of(row.State),
                (row.TiedWithBest ? "=" : " ") + (row.OnParetoFront ? "*" : ""),
            ]);
            table.Add(cells, row.Configuration == winner);
        }

        return table;
    }

    private static string Trials(IReadOnlyList<int> trials) => trials.Count == 1
        ? Terminal.Text($"{trials[0]}")
        : trials[^1] - trials[0] == trials.Count - 1 ? Terminal.Text($"{trials[0]}-{trials[^1]}") : string.Join(',', trials.Select(trial => Terminal.Text($"{trial}")));
}
