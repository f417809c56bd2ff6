using System.Text.Json.Nodes;
using ApproxCluster.Search;

namespace ApproxCluster.Client.Rendering;

/// <summary>What a sweep is judged by, in its JSON document; what a sweep does not use has no key.</summary>
internal static class ObjectiveReport
{
    /// <summary>The objective.</summary>
    public static JsonObject Of(Objective objective)
    {
        var document = Goal(objective.Maximize, objective.Metric);
        if (objective.GapWeight != 0)
        {
            document["gap_weight"] = objective.GapWeight;
        }

        if (objective.GapLimit is { } limit)
        {
            document["gap_limit"] = limit;
        }

        if (objective.Further.Count > 0)
        {
            document["further"] = new JsonArray([.. objective.Further.Select(further => Goal(further.Maximize, further.Quantity))]);
        }

        return document;
    }

    /// <summary>What a row of the leaderboard has of it.</summary>
    public static void AddTo(JsonObject row, LeaderboardRow of, Objective objective)
    {
        if (objective.GapLimit is not null)
        {
            row["violation"] = SweepReport.Number(of.Violation);
        }

        if (objective.Further.Count > 0)
        {
            row["objectives"] = new JsonArray([.. of.Objectives.Select(value => SweepReport.Number(value))]);
            row["pareto_rank"] = of.ParetoRank;
        }
    }

    /// <summary>What a trial has of it.</summary>
    public static void AddTo(JsonObject document, Trial trial)
    {
        if (trial.Objectives is { Count: > 0 } values)
        {
            document["objectives"] = new JsonArray([.. values.Select(value => SweepReport.Number(value))]);
        }
    }

    /// <summary>Columns of tables for further objectives, but for those that every table has, each with its place among all objectives.</summary>
    public static IReadOnlyList<(string Name, int Place)> FurtherColumns(SweepSpec spec)
    {
        // What a program calls its parameters is a figure that it reports.
        string[] known = spec.Command is null ? ["gap", "parameters"] : ["gap"];
        return [.. spec.Objective.Further.Select((further, index) => (further.Quantity, index + 1)).Where(column => !known.Contains(column.Quantity))];
    }

    /// <summary>The front of several objectives.</summary>
    public static void AddFront(JsonObject document, SweepState state)
    {
        if (SweepFront.Of(state) is { } front)
        {
            document["front"] = new JsonObject
            {
                ["size"] = front.Size,
                ["hypervolume"] = SweepReport.Number(front.Hypervolume),
                ["reference"] = new JsonArray([.. front.Reference.Select(value => SweepReport.Number(value))]),
            };
        }
    }

    private static JsonObject Goal(bool maximize, string metric) => new() { ["metric"] = metric, ["goal"] = maximize ? "maximize" : "minimize" };
}
