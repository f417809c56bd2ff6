using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>The metrics that a sweep can be judged by.</summary>
public static class Objectives
{
    internal const string Gap = "gap";
    internal const string Parameters = "parameters";
    internal const string Flops = "flops";

    /// <summary>The weight of the gap.</summary>
    internal static KnownParameter GapWeight { get; } =
        Known.Number("gap_weight", "Judges epochs by the metric made worse by so many times the generalization gap of the same epoch.", 0, 1000, 0);

    /// <summary>Metric names, sorted, and whether higher is better.</summary>
    public static IReadOnlyDictionary<string, bool> Directions { get; } = new SortedDictionary<string, bool>(
        Enum.GetValues<MetricKind>().Where(metric => metric != MetricKind.Reported).ToDictionary(NameOf, metric => metric.HigherIsBetter())
            .Append(new KeyValuePair<string, bool>(ObjectiveValues.ValidationLoss, false)).ToDictionary(),
        StringComparer.Ordinal);

    /// <summary>What objectives beside the first may be as well, sorted; of all of them less is better.</summary>
    public static IReadOnlyList<string> Quantities { get; } = [Flops, Gap, Parameters];

    /// <summary>The objective that judges by a target's own metric; by loss where the metric is not known.</summary>
    public static Objective Default(MetricKind? metric) =>
        metric is { } own and not MetricKind.Reported ? new(own.HigherIsBetter(), NameOf(own)) : new(false, ObjectiveValues.ValidationLoss);

    /// <summary>Why an objective does not suit a target, or null.</summary>
    public static string? Fault(Objective objective, TargetShape shape) => Fault(objective, shape.Metric);

    internal static string? Fault(Objective objective, MetricKind? metric) =>
        objective.Further.Select(further => further.Quantity).Except(Quantities).Prepend(objective.Metric).Select(name => Fault(name, metric)).FirstOrDefault(fault => fault is not null);

    internal static string? Fault(string name, MetricKind? metric) =>
        metric is not { } own || own == MetricKind.Reported || name == ObjectiveValues.ValidationLoss || name == NameOf(own)
            ? null
            : $"objective is {name}, but must be one of {ObjectiveValues.ValidationLoss}, {NameOf(own)}: the target has no other metric. "
                + $"Write '{(own.HigherIsBetter() ? "maximize" : "minimize")}: {NameOf(own)}'.";

    private static string NameOf(MetricKind metric) => $"validation.{metric.Name()}";
}
