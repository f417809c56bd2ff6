using System.Text.Json.Nodes;
using ApproxCluster.Search;
using ApproxCluster.Trainer;

namespace ApproxCluster.Client.Rendering;

/// <summary>What replicates say, in a sweep's JSON document; what a sweep does not use has no key.</summary>
internal static class ReplicatesReport
{
    /// <summary>What a row of the leaderboard has of its seeds: their values, a bootstrap interval beside the t interval, and those of the confirmation.</summary>
    public static void AddTo(JsonObject row, LeaderboardRow of, SweepSpec spec)
    {
        if (spec.Replicates > 1)
        {
            row["values"] = Numbers(of.Values);
            Add(row, "bootstrap", of.Values, spec, of.Configuration);
        }

        if (of.Confirmation.Count > 0)
        {
            var fresh = new JsonObject { ["values"] = Numbers(of.Confirmation), ["mean"] = SweepReport.Number(of.Confirmation.Average()) };
            Add(fresh, "bootstrap", of.Confirmation, spec, of.Configuration);
            row["confirmation"] = fresh;
        }
    }

    /// <summary>How much better an earlier choice would have been.</summary>
    public static void AddOvertuning(JsonObject document, SweepState state)
    {
        if (Overtuning.Of(state) is not { } overtuning)
        {
            return;
        }

        document["overtuning"] = new JsonObject
        {
            ["absolute"] = SweepReport.Number(overtuning.Absolute),
            ["relative"] = SweepReport.Number(overtuning.Relative),
            ["incumbents"] = new JsonArray([.. overtuning.Incumbents.Select(incumbent => new JsonObject
            {
                ["configuration"] = incumbent.Configuration,
                ["value"] = SweepReport.Number(incumbent.Validation),
                ["test"] = SweepReport.Number(incumbent.Test),
            })]),
        };
    }

    private static void Add(JsonObject document, string name, IReadOnlyList<double> values, SweepSpec spec, int configuration)
    {
        if (Bootstrap.Mean(values, Seeds.Derive(spec.Seed, "bootstrap", configuration)) is { } interval)
        {
            document[name] = new JsonArray(SweepReport.Number(interval.Low), SweepReport.Number(interval.High));
        }
    }

    private static JsonArray Numbers(IReadOnlyList<double> values) => [.. values.Select(value => SweepReport.Number(value))];
}
