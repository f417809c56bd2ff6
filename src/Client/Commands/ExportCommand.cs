using System.CommandLine;
using System.Text;
using ApproxCluster.Client.Models;
using ApproxCluster.Client.Rendering;
using ApproxCluster.Client.Sources;
using ApproxCluster.Search;
using ApproxCluster.Storage;

namespace ApproxCluster.Client.Commands;

/// <summary><c>approx export ID</c>: a sweep's trials, or all epochs, for other programs.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var sweep = ModelOptions.Sweep();
        var format = new Option<string>("--format") { Description = "Form of the export; optuna-journal is what Optuna and optuna-dashboard open.", DefaultValueFactory = _ => "csv" };
        format.AcceptOnlyFromAmong("csv", "json", "optuna-journal");
        var epochs = new Option<bool>("--epochs") { Description = "With csv: one row for each epoch of each trial instead of one for each trial." };
        var file = ModelOptions.File("File to write, - (the default) for standard output.");
        var command = new Command("export", "Write a sweep's trials to standard output or a file.") { sweep, format, epochs, file };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetRequiredValue(sweep), parsed.GetValue(format)!, parsed.GetValue(epochs), parsed.GetValue(file), CommandContext.Of(parsed), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string id, string format, bool epochs, string? file, CommandContext context, CancellationToken cancellationToken)
    {
        await using var source = await SweepSources.OpenAsync(context, cancellationToken);
        var row = await SweepSources.FindAsync(source, id, cancellationToken);
        var entries = await SweepSources.ReadAsync(source, id, cancellationToken);
        var state = SweepState.Replay(entries.Select(entry => entry.Event));
        Action<TextWriter> write = format switch
        {
            "json" => writer => SweepReport.Print(SweepReport.Of(id, state), writer),
            "optuna-journal" => writer => OptunaJournal.Write(writer, id, state, Times(entries, row.CreatedAt)),
            _ when epochs => writer => PrintEpochs(state, writer),
            _ => writer => SweepTable.PrintCsv(state, writer),
        };
        if (file is null or ModelOptions.Pipe)
        {
            write(context.Terminal.Writer);
            return ExitCodes.Done;
        }

        OutputFile.Write(file, stream =>
        {
            using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
            write(writer);
        });
        context.Terminal.Line(file);
        return ExitCodes.Done;
    }

    private static void PrintEpochs(SweepState state, TextWriter writer)
    {
        var head = true;
        foreach (var trial in state.Trials)
        {
            SweepTable.PrintEpochsCsv(trial.Number, trial.Epochs, state.Spec.MetricName(state.Shape), writer, head);
            head = false;
        }
    }

    /// <summary>When trials began and ended, as the journal was written. A silo of an older version tells no times; then it is when the sweep was made.</summary>
    private static Func<int, TrialTimes> Times(IReadOnlyList<JournalEntry> entries, DateTimeOffset madeAt)
    {
        var times = new List<TrialTimes>();
        foreach (var entry in entries)
        {
            var at = entry.At == default ? madeAt : entry.At;
            switch (entry.Event)
            {
                case TrialCreated:
                    times.Add(new(at, at));
                    break;
                case TrialEnded ended:
                    times[ended.Trial] = times[ended.Trial] with { End = at };
                    break;
            }
        }

        return trial => times[trial];
    }
}
