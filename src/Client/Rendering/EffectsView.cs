using System.Text.Json.Nodes;
using ApproxCluster.Client.Commands;
using ApproxCluster.Search;

namespace ApproxCluster.Client.Rendering;

/// <summary>The objective by the values of one or two parameters, the others averaged out: for people, as JSON and as CSV.</summary>
internal static class EffectsView
{
    /// <summary>Shows the effects in the form that is asked for.</summary>
    public static void Show(string sweep, IReadOnlyList<string> paths, IReadOnlyList<ParameterEffect> effects, CommandContext context)
    {
        switch (context.Output)
        {
            case OutputForm.Json:
                SweepReport.Print(Document(sweep, paths, effects), context.Terminal.Writer);
                break;
            case OutputForm.Csv:
                Csv.Row(context.Terminal.Writer, [.. paths, "mean", "low", "high", "observed", "configurations"]);
                foreach (var effect in effects)
                {
                    Csv.Row(
                        context.Terminal.Writer,
                        [.. effect.Values, Csv.Cell(effect.Mean), Csv.Cell(effect.Low), Csv.Cell(effect.High), Csv.Cell(effect.Observed), Csv.Cell(effect.Configurations)]);
                }

                break;
            default:
                Print(paths, effects, context.Terminal);
                break;
        }
    }

    private static JsonObject Document(string sweep, IReadOnlyList<string> paths, IReadOnlyList<ParameterEffect> effects) => new()
    {
        ["sweep"] = sweep,
        ["parameters"] = new JsonArray([.. paths.Select(path => JsonValue.Create(path))]),
        ["effects"] = new JsonArray([.. effects.Select(effect => new JsonObject
        {
            ["values"] = new JsonArray([.. effect.Values.Select(value => JsonValue.Create(value))]),
            ["mean"] = SweepReport.Number(effect.Mean),
            ["low"] = SweepReport.Number(effect.Low),
            ["high"] = SweepReport.Number(effect.High),
            ["observed"] = SweepReport.Number(effect.Observed),
            ["configurations"] = effect.Configurations,
        })]),
    };

    private static void Print(IReadOnlyList<string> paths, IReadOnlyList<ParameterEffect> effects, Terminal terminal)
    {
        if (effects.Count == 0)
        {
            terminal.Line("Fewer than two configurations with a result have it: that says nothing yet.");
            return;
        }

        var table = new TextTable();
        foreach (var path in paths)
        {
            table.Left(path);
        }

        table.Right("mean").Right("low").Right("high").Right("observed").Right("configurations");
        foreach (var effect in effects)
        {
            table.Add(
            [
                .. effect.Values, Numbers.Short(effect.Mean), Numbers.Short(effect.Low), Numbers.Short(effect.High), Numbers.Short(effect.Observed),
                Terminal.Text($"{effect.Configurations}"),
            ]);
        }

        table.Print(terminal);
        terminal.Line("mean: the others averaged out by a forest, +- 2 deviations over its trees; observed: plain mean of those tried");
    }
}
