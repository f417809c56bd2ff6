using System.Text.Json.Nodes;
using ApproxCluster.Search;

namespace ApproxCluster.Client.Rendering;

/// <summary>Sweeps side by side: how hard each target was, and for two with one metric whether what both tried differs.</summary>
internal static class SweepComparison
{
    /// <summary>The JSON document.</summary>
    public static JsonObject Document(IReadOnlyList<(string Id, SweepState State)> sweeps, SweepDifference? difference)
    {
        var document = new JsonObject { ["sweeps"] = new JsonArray([.. sweeps.Select(sweep => Row(sweep.Id, sweep.State))]) };
        if (difference is not null)
        {
            document["shared_configurations"] = difference.Shared;
            document["test"] = difference.Test is { } test
                ? new JsonObject
                {
                    ["pairs"] = test.Pairs,
                    ["mean_difference"] = SweepReport.Number(test.Mean),
                    ["low"] = SweepReport.Number(test.Low),
                    ["high"] = SweepReport.Number(test.High),
                    ["p"] = SweepReport.Number(test.Probability),
                }
                : null;
            document["searched_in_first_only"] = new JsonArray([.. difference.LeftOnly.Select(path => JsonValue.Create(path))]);
            document["searched_in_second_only"] = new JsonArray([.. difference.RightOnly.Select(path => JsonValue.Create(path))]);
        }

        return document;
    }

    /// <summary>The tables.</summary>
    public static void Print(IReadOnlyList<(string Id, SweepState State)> sweeps, SweepDifference? difference, Terminal terminal)
    {
        var table = new TextTable().Left("sweep").Left("target").Left("objective").Right("best").Right("median").Right("difficulty").Right("trials to reach").Right("configurations").Right("FLOP");
        foreach (var (id, state) in sweeps)
        {
            var figures = SweepFigures.Of(state);
            table.Add(
            [
                id, state.Spec.TargetName, state.Spec.Objective.Metric, Numbers.Short(figures.Best), Numbers.Short(figures.Median), Numbers.Short(figures.Gain),
                figures.TrialsToReach is { } trials ? Terminal.Text($"{trials} of {figures.Trials}") : "-", Terminal.Text($"{figures.Configurations}"), Numbers.Large(figures.Flops),
            ]);
        }

        table.Print(terminal);
        terminal.Line("difficulty: (median - best) / (third quartile - best); trials to reach: until a tenth of the way from best to median was left");
        if (difference is null)
        {
            return;
        }

        terminal.Line(difference.Test is { } test
            ? Terminal.Text($"over the {test.Pairs} configurations that both tried the first is {Numbers.Short(test.Mean)} above the second on average, {Numbers.Short(test.Low)} to {Numbers.Short(test.High)} (95 %), p = {Numbers.Short(test.Probability)} (paired t test)")
            : Terminal.Text($"they share {difference.Shared} configurations: too few for a test"));
    }

    private static JsonObject Row(string id, SweepState state)
    {
        var figures = SweepFigures.Of(state);
        return new()
        {
            ["sweep"] = id,
            ["target"] = state.Spec.TargetName,
            ["objective"] = ObjectiveReport.Of(state.Spec.Objective),
            ["best"] = SweepReport.Number(figures.Best),
            ["median"] = SweepReport.Number(figures.Median),
            ["difficulty"] = SweepReport.Number(figures.Gain),
            ["trials_to_reach"] = figures.TrialsToReach,
            ["configurations"] = figures.Configurations,
            ["trials"] = figures.Trials,
            ["flops"] = figures.Flops,
        };
    }
}
