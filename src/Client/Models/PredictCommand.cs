using System.CommandLine;
using System.Text;
using ApproxCluster.Client.Commands;
using ApproxCluster.Trainer;

namespace ApproxCluster.Client.Models;

/// <summary><c>approx predict ID TRIAL --input FILE</c>: a trial's predictions for rows of a CSV file.</summary>
internal static class PredictCommand
{
    public static Command Create()
    {
        var sweep = ModelOptions.Sweep();
        var trial = ModelOptions.Trial();
        var input = new Option<string>("--input", "-i") { Description = "CSV file of inputs, - for standard input.", HelpName = "FILE", Required = true };
        var file = ModelOptions.File("CSV file to write. Default: standard output.");
        var command = new Command("predict", "Predict with a trial's model, as of its best epoch, for rows of a CSV file.") { sweep, trial, input, file };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetRequiredValue(sweep), parsed.GetValue(trial), parsed.GetRequiredValue(input), parsed.GetValue(file), CommandContext.Of(parsed), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string id, int number, string input, string? file, CommandContext context, CancellationToken cancellationToken)
    {
        if (input != ModelOptions.Pipe && !File.Exists(input))
        {
            throw CommandException.Usage($"--input is {input}, but must be an existing CSV file, or - for standard input. Check the path.");
        }

        OutputFile.Check(file);

        // The table before the model: its faults are told at once, training may take long.
        var trial = await TrialModel.FindAsync(id, number, context, cancellationToken);
        var delimiter = trial.Spec.Target!.Options.GetValueOrDefault("delimiter") switch { "tab" => '\t', "semicolon" => ';', "pipe" => '|', _ => ',' };
        var table = input == ModelOptions.Pipe
            ? InputTable.Read("standard input", Console.OpenStandardInput(), delimiter, trial.Columns.Inputs)
            : InputTable.Read(input, null, delimiter, trial.Columns.Inputs);
        using var model = trial.Make(context.Terminal, cancellationToken);
        if (file is null or ModelOptions.Pipe)
        {
            PredictionTable.Print(model, table, context.Terminal.Writer);
            return ExitCodes.Done;
        }

        OutputFile.Write(file, stream =>
        {
            using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true);
            PredictionTable.Print(model, table, writer);
        });
        return ExitCodes.Done;
    }
}
