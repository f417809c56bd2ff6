using System.Text.Json;
using System.Text.Json.Nodes;
using ApproxCluster.Search;

namespace ApproxCluster.Client.Rendering;

/// <summary>A sweep with its results as one JSON document: what <c>run -o json</c>, <c>show -o json</c> and <c>export</c> print. Keys are never renamed.</summary>
internal static class SweepReport
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The document of a sweep.</summary>
    public static JsonObject Of(string sweep, SweepState state)
    {
        var spec = state.Spec;
        var metric = state.Spec.MetricName(state.Shape);
        var rows = Leaderboard.Build(state);
        var document = new JsonObject
        {
            ["sweep"] = sweep,
            ["name"] = spec.Name,
            ["status"] = Words.Of(state.Status),
            ["digest"] = state.Digest,
            ["metric"] = metric,
            ["objective"] = ObjectiveReport.Of(spec.Objective),
            ["seed"] = spec.Seed,
            ["target"] = new JsonObject
            {
                ["kind"] = spec.TargetName,
                ["training_samples"] = state.Shape.TrainingSamples,
                ["validation_samples"] = state.Shape.ValidationSamples,
                ["test_samples"] = state.Shape.TestSamples,
            },
            ["trials"] = new JsonArray([.. state.Trials.Select(trial => TrialOf(state, trial, metric))]),
            ["leaderboard"] = new JsonArray([.. rows.Select(row => RowOf(row, spec))]),
            ["winner"] = WinnerOf(state, rows, metric),
        };
        ObjectiveReport.AddFront(document, state);
        ReplicatesReport.AddOvertuning(document, state);
        return document;
    }

    /// <summary>A trial of the document.</summary>
    public static JsonObject TrialOf(SweepState state, Trial trial, string metric)
    {
        var result = Leaderboard.ResultOf(state, trial);
        var document = new JsonObject
        {
            ["number"] = trial.Number,
            ["configuration"] = trial.Configuration,
            ["replicate"] = trial.Replicate,
            ["state"] = Words.Of(trial.State),
            ["reason"] = trial.State == TrialState.Failed ? Words.Of(trial.Reason) : null,
            ["detail"] = trial.Detail,
            ["parameters"] = ParametersOf(trial.Parameters),
            ["parameter_count"] = trial.ParameterCount,
            ["epochs"] = trial.Epochs.Count,
            ["best_epoch"] = result?.BestEpoch,
            ["value"] = Number(result?.Value),
            ["training_loss"] = Number(result?.Best.TrainingLoss),
            ["validation_loss"] = Number(result?.Best.ValidationLoss),
            [metric] = Number(result?.Best.ValidationMetric),
            ["training_" + metric] = Number(result?.Best.TrainingMetric),
            ["gap"] = Number(result?.Gap),
            ["loss_gap"] = Number(result?.Best.Gap),
            ["overfit_onset"] = result?.OverfitOnset,
        };
        ObjectiveReport.AddTo(document, trial);
        if (trial.From is not null)
        {
            document["from"] = Lineage.Document(trial.From);
        }

        if (trial.Output is { } output)
        {
            document["output"] = output;
        }

        if (trial.Test is { } test)
        {
            document["test_loss"] = Number(test.Loss);
            document["test_" + metric] = Number(test.Metric);
        }

        return document;
    }

    /// <summary>A point of the search space, path by path.</summary>
    public static JsonObject ParametersOf(Assignment parameters)
    {
        var document = new JsonObject();
        foreach (var (path, value) in parameters)
        {
            document[path] = value.Kind switch
            {
                ParameterValueKind.Whole => value.Whole,
                ParameterValueKind.Real => Number(value.Number),
                _ => value.ToString(),
            };
        }

        return document;
    }

    /// <summary>Prints a document.</summary>
    public static void Print(JsonNode document, TextWriter writer) => writer.WriteLine(document.ToJsonString(Indented));

    /// <summary>A number, or null for what JSON cannot say.</summary>
    public static JsonNode? Number(double? value) => value is { } known && double.IsFinite(known) ? JsonValue.Create(known) : null;

    private static JsonObject RowOf(LeaderboardRow row, SweepSpec spec)
    {
        var document = RowOf(row);
        ObjectiveReport.AddTo(document, row, spec.Objective);
        ReplicatesReport.AddTo(document, row, spec);
        return document;
    }

    private static JsonObject RowOf(LeaderboardRow row) => new()
    {
        ["rank"] = row.Rank,
        ["configuration"] = row.Configuration,
        ["trials"] = new JsonArray([.. row.Trials.Select(trial => JsonValue.Create(trial))]),
        ["value"] = Number(row.Mean),
        ["standard_deviation"] = Number(row.StandardDeviation),
        ["low"] = Number(row.Low),
        ["high"] = Number(row.High),
        ["gap"] = Number(row.Gap),
        ["best_epoch"] = row.BestEpoch,
        ["parameter_count"] = row.ParameterCount,
        ["state"] = Words.Of(row.State),
        ["tied_with_best"] = row.TiedWithBest,
        ["on_pareto_front"] = row.OnParetoFront,
    };

    private static JsonObject? WinnerOf(SweepState state, IReadOnlyList<LeaderboardRow> rows, string metric)
    {
        if (Winner.Of(state, rows) is not { } winner)
        {
            return null;
        }

        return new JsonObject
        {
            ["trial"] = winner.Trial.Number,
            ["configuration"] = winner.Row.Configuration,
            ["parameters"] = ParametersOf(winner.Trial.Parameters),
            ["parameter_count"] = winner.Row.ParameterCount,
            ["value"] = Number(winner.Row.Mean),
            ["gap"] = Number(winner.Row.Gap),
            ["best_epoch"] = winner.Trial.BestEpoch,
            ["test_loss"] = Number(winner.Trial.Test?.Loss),
            ["test_" + metric] = Number(winner.Trial.Test?.Metric),
        };
    }
}
