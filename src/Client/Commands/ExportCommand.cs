using System.CommandLine;
using ApproxCluster.Client.Rendering;
using ApproxCluster.Client.Sources;
using ApproxCluster.Trainer;

namespace ApproxCluster.Client.Commands;

/// <summary><c>approx export ID</c>: a sweep's trials, or all epochs, for other programs.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var sweep = new Argument<string>("ID") { Description = "The sweep, as 'approx ls' names it." };
        var format = new Option<string>("--format") { Description = "Form of the export.", DefaultValueFactory = _ => "csv" };
        format.AcceptOnlyFromAmong("csv", "json");
        var epochs = new Option<bool>("--epochs") { Description = "With csv: one row for each epoch of each trial instead of one for each trial." };
        var command = new Command("export", "Write a sweep's trials to standard output.") { sweep, format, epochs };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetRequiredValue(sweep), parsed.GetValue(format)!, parsed.GetValue(epochs), CommandContext.Of(parsed), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string id, string format, bool epochs, CommandContext context, CancellationToken cancellationToken)
    {
        await using var source = await SweepSources.OpenAsync(context, cancellationToken);
        await SweepSources.FindAsync(source, id, cancellationToken);
        var state = await SweepSources.ReplayAsync(source, id, cancellationToken);
        var writer = context.Terminal.Writer;
        if (format == "json")
        {
            SweepReport.Print(SweepReport.Of(id, state), writer);
        }
        else if (!epochs)
        {
            SweepTable.PrintCsv(state, writer);
        }
        else
        {
            var head = true;
            foreach (var trial in state.Trials)
            {
                SweepTable.PrintEpochsCsv(trial.Number, trial.Epochs, state.Shape.Metric.Name(), writer, head);
                head = false;
            }
        }

        return ExitCodes.Done;
    }
}
