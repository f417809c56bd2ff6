using System.CommandLine;
using ApproxCluster.Client.Commands;
using ApproxCluster.Client.Rendering;

namespace ApproxCluster.Client.Models;

/// <summary><c>approx model export ID TRIAL</c>: a trial's model as a file for other programs.</summary>
internal static class ModelCommand
{
    public static Command Create()
    {
        var sweep = ModelOptions.Sweep();
        var trial = ModelOptions.Trial();
        var format = new Option<string>("--format") { Description = "onnx; npz for NumPy; model for ApproxCluster.Trainer's Model.Load.", DefaultValueFactory = _ => "onnx" };
        format.AcceptOnlyFromAmong("onnx", "npz", "model");
        var file = ModelOptions.File("File to write, - for standard output. Default: ID-TRIAL and the format, in the current folder.");
        var export = new Command("export", "Write a trial's model, as of its best epoch, to a file.") { sweep, trial, format, file };
        export.SetAction((parsed, cancellationToken) => ExportAsync(
            parsed.GetRequiredValue(sweep), parsed.GetValue(trial), parsed.GetValue(format)!, parsed.GetValue(file), CommandContext.Of(parsed), cancellationToken));
        return new Command("model", "Take a trial's model out of a sweep.") { export };
    }

    private static async Task<int> ExportAsync(string id, int number, string format, string? file, CommandContext context, CancellationToken cancellationToken)
    {
        var path = file ?? Terminal.Text($"{id}-{number}.{format}");
        OutputFile.Check(path);
        var trial = await TrialModel.FindAsync(id, number, context, cancellationToken);
        using var model = trial.Make(context.Terminal, cancellationToken);
        Action<Stream> write = format switch
        {
            "npz" => model.ExportNpz,
            "model" => model.Save,
            _ => stream => model.ExportOnnx(stream),
        };
        if (path == ModelOptions.Pipe)
        {
            // Zip wants to know its place in the stream, which a pipe does not.
            using var buffer = new MemoryStream();
            write(buffer);
            await using var output = Console.OpenStandardOutput();
            try
            {
                buffer.WriteTo(output);
            }
            catch (IOException refusal)
            {
                throw StandardWriter.Refused(refusal);
            }

            return ExitCodes.Done;
        }

        OutputFile.Write(path, write);
        context.Terminal.Line(path);
        return ExitCodes.Done;
    }
}
