using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>What an objective says about reports and values.</summary>
public static class ObjectiveValues
{
    /// <summary>The metric's name for the validation loss; any other is the target's own metric on the validation split.</summary>
    public const string ValidationLoss = "validation.loss";

    /// <summary>The objective of an epoch; NaN or infinite where the report is.</summary>
    public static double Of(this Objective objective, EpochReport report) =>
        objective.Metric == ValidationLoss ? report.ValidationLoss : report.ValidationMetric;

    /// <summary>The gap in the objective's own terms, positive when validation is worse than training.</summary>
    public static double GapOf(this Objective objective, EpochReport report)
    {
        var training = objective.Metric == ValidationLoss ? report.TrainingLoss : report.TrainingMetric;
        return objective.Maximize ? training - objective.Of(report) : objective.Of(report) - training;
    }

    /// <summary>A value as a cost: smaller is better.</summary>
    public static double Cost(this Objective objective, double value) => objective.Maximize ? -value : value;

    /// <summary>Whether one value is better than another.</summary>
    public static bool IsBetter(this Objective objective, double value, double other) => objective.Cost(value) < objective.Cost(other);
}
