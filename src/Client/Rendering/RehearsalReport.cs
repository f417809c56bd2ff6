using System.Text.Json.Nodes;
using ApproxCluster.Client.Commands;
using ApproxCluster.Search;

namespace ApproxCluster.Client.Rendering;

/// <summary>What pruners would have saved and lost, as a table, CSV or JSON.</summary>
internal static class RehearsalReport
{
    /// <summary>Prints the results.</summary>
    /// <param name="id">The sweep.</param>
    /// <param name="state">Its state.</param>
    /// <param name="pruners">The pruners as the user wrote them.</param>
    /// <param name="results">A result for each.</param>
    /// <param name="context">Where to, and in which form.</param>
    public static void Print(string id, SweepState state, IReadOnlyList<string> pruners, IReadOnlyList<RehearsalResult> results, CommandContext context)
    {
        switch (context.Output)
        {
            case OutputForm.Json:
                SweepReport.Print(Document(id, state, results), context.Terminal.Writer);
                break;
            case OutputForm.Csv:
                PrintCsv(pruners, results, context.Terminal.Writer);
                break;
            default:
                PrintTable(id, state, pruners, results, context.Terminal);
                break;
        }
    }

    private static void PrintTable(string id, SweepState state, IReadOnlyList<string> pruners, IReadOnlyList<RehearsalResult> results, Terminal terminal)
    {
        var first = results[0];
        terminal.Line(Terminal.Text($"{id}  {first.Trials} of {state.Trials.Count} trials, {Numbers.Whole(first.RecordedEpochs)} epochs, {Numbers.Large(first.RecordedFlops)}FLOP as recorded"));
        terminal.Line(Terminal.Text($"winner: trial {first.Winner.Trial}, {SweepTable.MetricName(state.Spec)} {Numbers.Fixed(first.Winner.RecordedValue)}"));
        if (first.Front is { } front)
        {
            terminal.Line(Terminal.Text($"front: {front.Size} configurations"));
        }

        terminal.Line();
        var table = new TextTable().Left("pruner").Right("epochs").Right("saved").Right("FLOP saved").Right("completed").Right("pruned")
            .Left("the winner").Right("kept").Right("its rank").Right("regret");
        if (first.Front is not null)
        {
            table.Right("of the front").Right("its volume");
        }

        foreach (var (text, result) in pruners.Zip(results))
        {
            table.Add(
            [
                text, Numbers.Whole(result.Epochs), Share(result.Epochs, result.RecordedEpochs), Share(result.Flops, result.RecordedFlops),
                Terminal.Text($"{result.Completed}"), Terminal.Text($"{result.Pruned}"),
                result.WinnerPrunedAfter is { } epoch ? Terminal.Text($"pruned after {epoch}") : "kept",
                Terminal.Text($"{result.Kept.Trial}"), Terminal.Text($"{result.Kept.Rank}"), Numbers.Short(result.Regret),
                .. result.Front is { } kept ? new[] { Terminal.Text($"{kept.Kept}"), Terminal.Text($"{100 * kept.Hypervolume:0.0} %") } : [],
            ]);
        }

        table.Print(terminal);
        terminal.Line("regret: by how much the value that would have won is worse than the winner's");
        if (first.Front is not null)
        {
            terminal.Line("of the front: its configurations that would have been trained to the end; its volume: the share of its hypervolume that the results would have had");
        }
    }

    private static string Share(double spent, double recorded) => recorded > 0 ? Terminal.Text($"{100 * (1 - spent / recorded):0.0} %") : "-";

    private static void PrintCsv(IReadOnlyList<string> pruners, IReadOnlyList<RehearsalResult> results, TextWriter writer)
    {
        Csv.Row(writer, ["pruner", "trials", "completed", "pruned", "failed", "epochs", "recorded_epochs", "flops", "recorded_flops", "winner", "winner_pruned_after", "kept", "kept_rank", "regret", "front", "front_kept", "hypervolume_kept"]);
        foreach (var (text, result) in pruners.Zip(results))
        {
            Csv.Row(
                writer,
                [
                    text, Csv.Cell(result.Trials), Csv.Cell(result.Completed), Csv.Cell(result.Pruned), Csv.Cell(result.Failed), Csv.Cell(result.Epochs),
                    Csv.Cell(result.RecordedEpochs), Csv.Cell(result.Flops), Csv.Cell(result.RecordedFlops), Csv.Cell(result.Winner.Trial),
                    Csv.Cell(result.WinnerPrunedAfter), Csv.Cell(result.Kept.Trial), Csv.Cell(result.Kept.Rank), Csv.Cell(result.Regret),
                    Csv.Cell(result.Front?.Size), Csv.Cell(result.Front?.Kept), Csv.Cell(result.Front?.Hypervolume),
                ]);
        }
    }

    private static JsonObject Document(string id, SweepState state, IReadOnlyList<RehearsalResult> results) => new()
    {
        ["sweep"] = id,
        ["trials"] = state.Trials.Count,
        ["usable"] = results[0].Trials,
        ["recorded_epochs"] = results[0].RecordedEpochs,
        ["recorded_flops"] = results[0].RecordedFlops,
        ["winner"] = Document(results[0].Winner),
        ["pruners"] = new JsonArray([.. results.Select(Document)]),
    };

    private static JsonObject Document(RehearsalResult result) => new()
    {
        ["pruner"] = JsonNode.Parse(SweepFile.Canonical(result.Pruner)),
        ["completed"] = result.Completed,
        ["pruned"] = result.Pruned,
        ["failed"] = result.Failed,
        ["epochs"] = result.Epochs,
        ["flops"] = result.Flops,
        ["winner_pruned_after"] = result.WinnerPrunedAfter,
        ["kept"] = Document(result.Kept),
        ["regret"] = SweepReport.Number(result.Regret),
        ["front"] = result.Front is { } front
            ? new JsonObject { ["size"] = front.Size, ["kept"] = front.Kept, ["hypervolume"] = SweepReport.Number(front.Hypervolume) }
            : null,
    };

    private static JsonObject Document(RehearsedConfiguration configuration) => new()
    {
        ["configuration"] = configuration.Configuration,
        ["trial"] = configuration.Trial,
        ["rank"] = configuration.Rank,
        ["recorded_value"] = SweepReport.Number(configuration.RecordedValue),
        ["value"] = SweepReport.Number(configuration.Value),
    };
}
