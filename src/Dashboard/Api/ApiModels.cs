using System.Text.Json;
using System.Text.Json.Nodes;
using ApproxCluster.Search;
using ApproxCluster.Storage;

namespace ApproxCluster.Dashboard;

/// <summary>A part of a list.</summary>
internal sealed record Page<T>(int Offset, int Limit, int Total, IReadOnlyList<T> Items);

/// <summary>A sweep in a list.</summary>
internal sealed record SweepModel(
    string Sweep,
    string Name,
    string Status,
    DateTimeOffset CreatedAt,
    DateTimeOffset? EndedAt,
    string? Digest,
    int Trials,
    int TrialsEnded,
    double? BestValue,
    int? BestTrial)
{
    public static SweepModel Of(SweepRow row) => new(
        row.Id,
        row.Name,
        Words.Snake(row.Status.ToString()),
        row.CreatedAt,
        row.EndedAt,
        row.Digest,
        row.Trials,
        row.TrialsEnded,
        ApiJson.Finite(row.BestValue),
        row.BestTrial);
}

/// <summary>A sweep by itself, with what it searches.</summary>
internal sealed record SweepDetailModel(SweepModel Summary, JsonNode? Spec);

/// <summary>A trial.</summary>
internal sealed record TrialModel(
    int Number,
    int Configuration,
    int Replicate,
    string State,
    string? Reason,
    string? Detail,
    JsonNode? Parameters,
    string Seed,
    int Epochs,
    int? BestEpoch,
    double? Value,
    double? Gap,
    double? TestLoss,
    double? TestMetric)
{
    public static TrialModel Of(TrialRow row) => new(
        row.Number,
        row.Configuration,
        row.Replicate,
        Words.Snake(row.State.ToString()),
        row.Reason == FailureReason.None ? null : Words.Snake(row.Reason.ToString()),
        row.Detail,
        ApiJson.Parse(row.Parameters),
        row.Seed,
        row.EpochsDone,
        row.BestEpoch,
        ApiJson.Finite(row.Value),
        ApiJson.Finite(row.Gap),
        ApiJson.Finite(row.TestLoss),
        ApiJson.Finite(row.TestMetric));
}

/// <summary>An epoch of a trial.</summary>
internal sealed record EpochModel(
    int Epoch,
    double? TrainingLoss,
    double? ValidationLoss,
    double? TrainingMetric,
    double? ValidationMetric,
    double? Gap,
    double? LearningRate,
    double? Seconds)
{
    public static EpochModel Of(EpochRow row) => new(
        row.Report.Epoch,
        ApiJson.Finite(row.Report.TrainingLoss),
        ApiJson.Finite(row.Report.ValidationLoss),
        ApiJson.Finite(row.Report.TrainingMetric),
        ApiJson.Finite(row.Report.ValidationMetric),
        ApiJson.Finite(row.Report.Gap),
        ApiJson.Finite(row.Report.LearningRate),
        ApiJson.Finite(row.Seconds));
}

/// <summary>A configuration's place.</summary>
internal sealed record RankModel(
    int Rank,
    int Configuration,
    IReadOnlyList<int> Trials,
    JsonObject Parameters,
    double? Value,
    double? StandardDeviation,
    double? Low,
    double? High,
    double? Gap,
    int BestEpoch,
    long ParameterCount,
    string State,
    bool TiedWithBest,
    bool OnParetoFront,
    IReadOnlyList<double?> Values,
    IReadOnlyList<double?> Confirmation,
    double Violation,
    IReadOnlyList<double?> Objectives,
    int? ParetoRank)
{
    public static RankModel Of(LeaderboardRow row) => new(
        row.Rank,
        row.Configuration,
        row.Trials,
        ApiJson.Parameters(row.Parameters),
        ApiJson.Finite(row.Mean),
        ApiJson.Finite(row.StandardDeviation),
        ApiJson.Finite(row.Low),
        ApiJson.Finite(row.High),
        ApiJson.Finite(row.Gap),
        row.BestEpoch,
        row.ParameterCount,
        Words.Snake(row.State.ToString()),
        row.TiedWithBest,
        row.OnParetoFront,
        [.. row.Values.Select(value => ApiJson.Finite(value))],
        [.. row.Confirmation.Select(value => ApiJson.Finite(value))],
        row.Violation,
        [.. row.Objectives.Select(value => ApiJson.Finite(value))],
        row.ParetoRank);
}

/// <summary>Part of a leaderboard, as of a place in the journal.</summary>
internal sealed record LeaderboardModel(
    string Sweep, string Status, long Sequence, string Objective, string Goal, int Offset, int Limit, int Total, IReadOnlyList<RankModel> Items);

/// <summary>JSON as the command line's <c>-o json</c> writes it: snake_case, null for numbers that JSON cannot say.</summary>
internal static class ApiJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.General)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;

    /// <summary>JSON that the tables hold; as a string should it be none.</summary>
    public static JsonNode? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return JsonValue.Create(text);
        }
    }

    /// <summary>A point of a search space.</summary>
    public static JsonObject Parameters(Assignment parameters)
    {
        var document = new JsonObject();
        foreach (var (path, value) in parameters)
        {
            document[path] = value.Kind switch
            {
                ParameterValueKind.Whole => value.Whole,
                ParameterValueKind.Real when double.IsFinite(value.Number) => value.Number,
                _ => value.ToString(),
            };
        }

        return document;
    }
}
