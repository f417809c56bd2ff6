using System.Globalization;
using ApproxCluster.Search;
using ApproxCluster.Trainer;

namespace ApproxCluster.Client.Rendering;

/// <summary>A sweep with its results for people: leaderboard, winner, digest; and as CSV, one row for each trial.</summary>
internal static class SweepTable
{
    private const int MostKinds = 3;

    /// <summary>Prints the results of a sweep.</summary>
    /// <param name="sweep">Identity.</param>
    /// <param name="state">Its state.</param>
    /// <param name="top">Rows to show; 0 for all.</param>
    /// <param name="terminal">Where to.</param>
    public static void Print(string sweep, SweepState state, int top, Terminal terminal)
    {
        var rows = Leaderboard.Build(state);
        var progress = state.Progress;
        terminal.Line(Terminal.Text($"{sweep}  {Words.Of(state.Status)}  {progress.Ended}/{progress.Planned} trials ended: {States(progress)}"));
        terminal.Line();
        if (rows.Count == 0)
        {
            terminal.Line("No trial has a result yet.");
        }
        else
        {
            PrintRows(state, rows, top, terminal);
        }

        PrintFailures(sweep, state, terminal);
        if (state.Taken is { } taken)
        {
            terminal.Line(Terminal.Text($"from {state.Spec.From}: {taken.Observations.Count} observations known from the start, {taken.Dropped} dropped, digest {taken.Digest}"));
        }

        if (state.Trials.Count(trial => trial.SameAs is not null) is var repeats and > 0)
        {
            terminal.Line(Terminal.Text($"repeats: {repeats} x the configuration of an earlier trial, not trained again"));
        }

        terminal.Line($"{(state.Status.IsFinal() ? "digest" : "digest so far")} {state.Digest}");
    }

    /// <summary>Name of the metric that decides, as the objective has it but without the split.</summary>
    public static string MetricName(SweepSpec spec) => spec.Objective.Metric;

    /// <summary>Prints one row for each trial, with every parameter that the sweep searches.</summary>
    public static void PrintCsv(SweepState state, TextWriter writer)
    {
        var metric = state.Spec.MetricName(state.Shape);
        var paths = state.Trials.SelectMany(trial => trial.Parameters.Select(pair => pair.Key)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var further = ObjectiveReport.FurtherColumns(state.Spec);
        string[] head = ["number", "configuration", "replicate", "state", "reason", "epochs", "best_epoch", "training_loss", "validation_loss", metric, "gap", "parameter_count", "test_loss", "test_" + metric, .. further.Select(column => column.Name)];
        Csv.Row(writer, head.Concat(paths));
        foreach (var trial in state.Trials)
        {
            var result = Leaderboard.ResultOf(state, trial);
            IEnumerable<string> cells =
            [
                Csv.Cell(trial.Number), Csv.Cell(trial.Configuration), Csv.Cell(trial.Replicate), Words.Of(trial.State),
                trial.State == TrialState.Failed ? Words.Of(trial.Reason) : "",
                Csv.Cell(trial.Epochs.Count), Csv.Cell(result?.BestEpoch), Csv.Cell(result?.Best.TrainingLoss), Csv.Cell(result?.Best.ValidationLoss),
                Csv.Cell(result?.Best.ValidationMetric), Csv.Cell(result?.Gap), trial.ParameterCount.ToString(CultureInfo.InvariantCulture),
                Csv.Cell(trial.Test?.Loss), Csv.Cell(trial.Test?.Metric),
                .. further.Select(column => Csv.Cell(trial.Objectives is { Count: > 0 } values ? values[column.Place] : null)),
            ];
            Csv.Row(writer, cells.Concat(paths.Select(path => trial.Parameters[path]?.ToString() ?? "")));
        }
    }

    /// <summary>Prints one row for each epoch of a trial.</summary>
    public static void PrintEpochsCsv(int trial, IEnumerable<EpochReport> epochs, string metric, TextWriter writer, bool head = true)
    {
        if (head)
        {
            Csv.Row(writer, ["trial", "epoch", "training_loss", "validation_loss", "training_" + metric, "validation_" + metric, "learning_rate"]);
        }

        foreach (var epoch in epochs)
        {
            Csv.Row(
                writer,
                [
                    Csv.Cell(trial), Csv.Cell(epoch.Epoch), Csv.Cell(epoch.TrainingLoss), Csv.Cell(epoch.ValidationLoss),
                    Csv.Cell(epoch.TrainingMetric), Csv.Cell(epoch.ValidationMetric), Csv.Cell(epoch.LearningRate),
                ]);
        }
    }

    private static void PrintRows(SweepState state, IReadOnlyList<LeaderboardRow> rows, int top, Terminal terminal)
    {
        var winner = Winner.Of(state, rows)!;
        var paths = SearchedParameters.Varying(state.Spec.Space, [.. rows.Select(row => row.Parameters)]);
        var shown = top > 0 && rows.Count > top ? rows.Take(top).ToList() : rows;
        LeaderboardTable.Of(shown, paths, state.Spec, winner.Row.Configuration).Print(terminal);
        if (shown.Count < rows.Count)
        {
            terminal.Line(Terminal.Text($"... and {rows.Count - shown.Count} more; --top 0 shows all."));
        }

        terminal.Line(LeaderboardTable.Legend(state.Spec.Objective));
        terminal.Line();
        var metric = state.Spec.MetricName(state.Shape);
        var score = winner.Trial.Test is { } test
            ? "test " + Words.Of(test, metric, state.Spec).Replace(", ", ", test ", StringComparison.Ordinal)
            : "not scored on the test split";
        terminal.Line(Terminal.Text($"{(state.Status.IsFinal() ? "winner" : "best so far")}: trial {winner.Trial.Number}, {score}"));
        PrintMore(state, rows, winner.Trial, terminal);
        terminal.Line("        " + SearchedParameters.Describe(winner.Trial.Parameters, SearchedParameters.Paths(state.Spec.Space)));
    }

    private static void PrintMore(SweepState state, IReadOnlyList<LeaderboardRow> rows, Trial winner, Terminal terminal)
    {
        if (Lineage.Describe(state, winner) is { } lineage)
        {
            terminal.Line($"        trained as {lineage}");
        }

        if (rows[0].Confirmation is { Count: > 0 } fresh)
        {
            terminal.Line(Terminal.Text($"        on {fresh.Count} fresh seeds {Numbers.Fixed(fresh.Average())}, in the search {Numbers.Fixed(rows[0].Mean)}"));
        }

        if (Overtuning.Of(state) is { } overtuning)
        {
            terminal.Line(Terminal.Text($"        overtuning {Numbers.Short(overtuning.Absolute)} on the test split, over {overtuning.Incumbents.Count} incumbents"));
        }

        if (SweepFront.Of(state) is { } front)
        {
            terminal.Line(Terminal.Text($"        front of {front.Size}, hypervolume {Numbers.Short(front.Hypervolume)} up to ({string.Join(", ", front.Reference.Select(value => Numbers.Short(value)))})"));
        }
    }

    private static void PrintFailures(string sweep, SweepState state, Terminal terminal)
    {
        // Where a trial diverged differs from trial to trial; an error mostly does not.
        var kinds = state.Trials.Where(trial => trial.State == TrialState.Failed)
            .GroupBy(trial => trial.Reason == FailureReason.Error ? $"error: {trial.Detail}" : Words.Of(trial.Reason), StringComparer.Ordinal)
            .OrderByDescending(kind => kind.Count())
            .ToList();
        foreach (var kind in kinds.Take(MostKinds))
        {
            terminal.Line(Terminal.Text($"failed: {kind.Count()} x {kind.Key} (first: trial {kind.First().Number})"));
        }

        if (kinds.Count > MostKinds)
        {
            terminal.Line(Terminal.Text($"failed: {kinds.Skip(MostKinds).Sum(kind => kind.Count())} x otherwise, in {kinds.Count - MostKinds} ways; 'approx show {sweep} TRIAL' says how a trial did"));
        }
    }

    private static string States(SweepProgress progress)
    {
        (string Word, int Count)[] states =
        [
            ("completed", progress.Completed), ("pruned", progress.Pruned), ("failed", progress.Failed), ("cancelled", progress.Cancelled),
            ("running", progress.Running), ("queued", progress.Queued), ("paused", progress.Paused),
        ];
        var parts = states.Where(state => state.Count > 0).Select(state => Terminal.Text($"{state.Count} {state.Word}")).ToList();
        return parts.Count == 0 ? "none yet" : string.Join(", ", parts);
    }
}
