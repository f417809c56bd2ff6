using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using ApproxCluster.Client.Rendering;
using ApproxCluster.Client.Sources;
using ApproxCluster.Storage;

namespace ApproxCluster.Client.Commands;

/// <summary><c>approx ls</c>: the sweeps there are, newest first.</summary>
internal static class ListCommand
{
    public static Command Create()
    {
        var command = new Command("ls", "List sweeps, newest first.");
        command.SetAction((parsed, cancellationToken) => RunAsync(CommandContext.Of(parsed), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        await using var source = await SweepSources.OpenAsync(context, cancellationToken);
        var sweeps = await source.ListAsync(cancellationToken);
        var terminal = context.Terminal;
        switch (context.Output)
        {
            case OutputForm.Json:
                SweepReport.Print(new JsonArray([.. sweeps.Select(Document)]), terminal.Writer);
                break;
            case OutputForm.Csv:
                Csv.Row(terminal.Writer, ["sweep", "status", "trials_ended", "trials", "best", "best_trial", "created_at", "digest"]);
                foreach (var sweep in sweeps)
                {
                    Csv.Row(
                        terminal.Writer,
                        [
                            sweep.Id, Words.Of(sweep.Status), Csv.Cell(sweep.TrialsEnded), Csv.Cell(sweep.Trials), Csv.Cell(sweep.BestValue),
                            Csv.Cell(sweep.BestTrial), At(sweep.CreatedAt), sweep.Digest ?? "",
                        ]);
                }

                break;
            default:
                PrintTable(sweeps, source.Place, terminal);
                break;
        }

        return ExitCodes.Done;
    }

    private static void PrintTable(IReadOnlyList<SweepRow> sweeps, string place, Terminal terminal)
    {
        if (sweeps.Count == 0)
        {
            terminal.Say($"No sweeps in {place} yet. Begin with: approx run FILE");
            return;
        }

        var table = new TextTable().Left("sweep").Left("status").Right("ended").Right("trials").Right("best").Right("trial").Left("created (UTC)");
        foreach (var sweep in sweeps)
        {
            table.Add(
            [
                sweep.Id, Words.Of(sweep.Status), Terminal.Text($"{sweep.TrialsEnded}"), Terminal.Text($"{sweep.Trials}"), Numbers.Short(sweep.BestValue),
                sweep.BestTrial is { } best ? Terminal.Text($"{best}") : "-", sweep.CreatedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
            ]);
        }

        table.Print(terminal);
    }

    private static JsonObject Document(SweepRow sweep) => new()
    {
        ["sweep"] = sweep.Id,
        ["name"] = sweep.Name,
        ["status"] = Words.Of(sweep.Status),
        ["trials"] = sweep.Trials,
        ["trials_ended"] = sweep.TrialsEnded,
        ["best_value"] = SweepReport.Number(sweep.BestValue),
        ["best_trial"] = sweep.BestTrial,
        ["digest"] = sweep.Digest,
        ["created_at"] = At(sweep.CreatedAt),
        ["ended_at"] = sweep.EndedAt is { } ended ? At(ended) : null,
    };

    private static string At(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
