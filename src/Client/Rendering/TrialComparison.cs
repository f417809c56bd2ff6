using System.Text.Json.Nodes;
using ApproxCluster.Search;

namespace ApproxCluster.Client.Rendering;

/// <summary>Two trials side by side, for people and as JSON.</summary>
internal static class TrialComparison
{
    /// <summary>The JSON document.</summary>
    public static JsonObject Document(IReadOnlyList<string> names, TrialDifference difference) => new()
    {
        ["trials"] = new JsonArray(Result(names[0], difference.Left), Result(names[1], difference.Right)),
        ["parameters"] = new JsonArray([.. difference.Parameters.Select(one => new JsonObject
        {
            ["parameter"] = one.Path,
            ["values"] = new JsonArray(Value(one.Left), Value(one.Right)),
        })]),
        ["stays_ahead_from_epoch"] = difference.Crossing,
        ["curves"] = new JsonArray([.. difference.Curves.Select(pair => new JsonObject
        {
            ["epoch"] = pair.Epoch,
            ["training_loss"] = Pair(pair.Left.TrainingLoss, pair.Right.TrainingLoss),
            ["validation_loss"] = Pair(pair.Left.ValidationLoss, pair.Right.ValidationLoss),
            ["training_metric"] = Pair(pair.Left.TrainingMetric, pair.Right.TrainingMetric),
            ["validation_metric"] = Pair(pair.Left.ValidationMetric, pair.Right.ValidationMetric),
        })]),
    };

    /// <summary>The tables.</summary>
    public static void Print(IReadOnlyList<string> names, TrialDifference difference, Terminal terminal)
    {
        if (difference.Parameters.Count == 0)
        {
            terminal.Line("Their parameters are the same.");
        }
        else
        {
            var parameters = new TextTable().Left("parameter").Left(names[0]).Left(names[1]);
            foreach (var one in difference.Parameters)
            {
                parameters.Add([one.Path, one.Left?.ToString() ?? "-", one.Right?.ToString() ?? "-"]);
            }

            parameters.Print(terminal);
        }

        terminal.Line();
        var results = new TextTable().Left("").Right(names[0]).Right(names[1]);
        Add(results, "objective", difference, result => Numbers.Fixed(result.Value));
        Add(results, "gap", difference, result => Numbers.Short(result.Gap));
        Add(results, "best epoch", difference, result => Terminal.Text($"{result.BestEpoch}"));
        Add(results, "validation loss", difference, result => Numbers.Short(result.Best.ValidationLoss));
        Add(results, "overfits from", difference, result => result.OverfitOnset is { } onset ? Terminal.Text($"{onset}") : "-");
        results.Print(terminal);
        if (difference.Crossing is { } epoch)
        {
            terminal.Line(Terminal.Text($"The better one stays ahead in validation loss from epoch {epoch} on."));
        }
    }

    private static void Add(TextTable table, string name, TrialDifference difference, Func<TrialResult, string> text) =>
        table.Add([name, difference.Left is { } left ? text(left) : "-", difference.Right is { } right ? text(right) : "-"]);

    private static JsonObject Result(string name, TrialResult? result) => new()
    {
        ["trial"] = name,
        ["value"] = SweepReport.Number(result?.Value),
        ["gap"] = SweepReport.Number(result?.Gap),
        ["best_epoch"] = result?.BestEpoch,
        ["validation_loss"] = SweepReport.Number(result?.Best.ValidationLoss),
        ["overfit_onset"] = result?.OverfitOnset,
    };

    private static JsonNode? Value(ParameterValue? value) => value switch
    {
        null => null,
        { Kind: ParameterValueKind.Whole } whole => whole.Whole,
        { Kind: ParameterValueKind.Real } real => SweepReport.Number(real.Number),
        var word => word.ToString(),
    };

    private static JsonArray Pair(double left, double right) => new(SweepReport.Number(left), SweepReport.Number(right));
}
