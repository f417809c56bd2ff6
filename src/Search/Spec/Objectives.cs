using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>The metrics that a sweep can be judged by.</summary>
public static class Objectives
{
    /// <summary>Metric names, sorted, and whether higher is better.</summary>
    public static IReadOnlyDictionary<string, bool> Directions { get; } = new SortedDictionary<string, bool>(
        Enum.GetValues<MetricKind>().ToDictionary(NameOf, metric => metric.HigherIsBetter())
            .Append(new KeyValuePair<string, bool>(ObjectiveValues.ValidationLoss, false)).ToDictionary(),
        StringComparer.Ordinal);

    /// <summary>The objective that judges by a target's own metric; by loss where the metric is not known.</summary>
    public static Objective Default(MetricKind? metric) =>
        metric is { } own ? new(own.HigherIsBetter(), NameOf(own)) : new(false, ObjectiveValues.ValidationLoss);

    /// <summary>Why an objective does not suit a target, or null.</summary>
    public static string? Fault(Objective objective, TargetShape shape) => Fault(objective, shape.Metric);

    internal static string? Fault(Objective objective, MetricKind? metric) =>
        metric is not { } own || objective.Metric == ObjectiveValues.ValidationLoss || objective.Metric == NameOf(own)
            ? null
            : $"objective is {objective.Metric}, but must be one of {ObjectiveValues.ValidationLoss}, {NameOf(own)}: the target has no other metric. "
                + $"Write '{(own.HigherIsBetter() ? "maximize" : "minimize")}: {NameOf(own)}'.";

    private static string NameOf(MetricKind metric) => $"validation.{metric.Name()}";
}
