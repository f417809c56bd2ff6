using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>What an objective says about reports and values.</summary>
public static class ObjectiveValues
{
    /// <summary>The metric's name for the validation loss; any other is the target's own metric on the validation split.</summary>
    public const string ValidationLoss = "validation.loss";

    private const double Beyond = 1e300;

    /// <summary>The objective of an epoch: its metric, made worse by the weighted gap where there is a weight. NaN or infinite where the report is.</summary>
    public static double Of(this Objective objective, EpochReport report)
    {
        var value = objective.MetricOf(report);
        return objective.GapWeight == 0 ? value
            : objective.Maximize ? value - objective.GapWeight * objective.GapOf(report)
            : value + objective.GapWeight * objective.GapOf(report);
    }

    /// <summary>The objective's metric of an epoch on the validation split.</summary>
    public static double MetricOf(this Objective objective, EpochReport report) =>
        objective.Metric == ValidationLoss ? report.ValidationLoss : report.ValidationMetric;

    /// <summary>The gap in the objective's own terms, positive when validation is worse than training.</summary>
    public static double GapOf(this Objective objective, EpochReport report)
    {
        var training = objective.Metric == ValidationLoss ? report.TrainingLoss : report.TrainingMetric;
        return objective.Maximize ? training - objective.MetricOf(report) : objective.MetricOf(report) - training;
    }

    /// <summary>By how much a gap lies beyond the limit: 0 within it, and where there is none. Positive infinity for NaN.</summary>
    public static double ViolationOf(this Objective objective, double gap) =>
        objective.GapLimit is not { } limit ? 0 : double.IsNaN(gap) ? double.PositiveInfinity : Math.Max(0, gap - limit);

    /// <summary>
    /// One number to rank by: the cost where nothing is violated; else a number beyond all costs that grows with the violation. In exact order for costs below 1e300 and
    /// violations that differ by more than one part in 2^52 of 1 + violation.
    /// </summary>
    public static double RankCost(double cost, double violation) =>
        violation <= 0 ? cost : Beyond * (1 + (double.IsFinite(violation) ? violation / (1 + violation) : 1));

    /// <summary>A value as a cost: smaller is better.</summary>
    public static double Cost(this Objective objective, double value) => objective.Maximize ? -value : value;

    /// <summary>Whether one value is better than another.</summary>
    public static bool IsBetter(this Objective objective, double value, double other) => objective.Cost(value) < objective.Cost(other);

    /// <summary>Whether one value is better than another, each with by how much it violates the limit on the gap.</summary>
    public static bool IsBetter(this Objective objective, double value, double violation, double other, double otherViolation) =>
        violation < otherViolation || (violation == otherViolation && objective.IsBetter(value, other));

    /// <summary>
    /// All objectives of a trial as costs, the first one first, at its best epoch by the first: <paramref name="value"/> is the first one's value there, <paramref name="best"/>
    /// that epoch's report.
    /// </summary>
    internal static double[] CostsOf(this Objective objective, double value, EpochReport best, long parameterCount, long flopsPerEpoch) =>
    [
        objective.Cost(value),
        .. objective.Further.Select((further, index) => objective.CostOf(further, index, best, parameterCount, flopsPerEpoch)),
    ];

    /// <summary>A further objective as a cost, by the report of an epoch.</summary>
    internal static double CostOf(this Objective objective, FurtherObjective further, int index, EpochReport report, long parameterCount, long flopsPerEpoch)
    {
        var quantity = objective.Quantity(further.Quantity, index, report, parameterCount, flopsPerEpoch);
        return further.Maximize ? -quantity : quantity;
    }

    /// <summary>Costs of all objectives as values in their own directions.</summary>
    internal static double[] ValuesOf(this Objective objective, IReadOnlyList<double> costs) =>
        [.. costs.Select((cost, index) => (index == 0 ? objective.Maximize : objective.Further[index - 1].Maximize) ? -cost : cost)];

    private static double Quantity(this Objective objective, string quantity, int index, EpochReport best, long parameterCount, long flopsPerEpoch) => quantity switch
    {
        Objectives.Gap => objective.GapOf(best),
        _ when best.Figures is { } figures => figures[index],
        Objectives.Parameters => parameterCount,
        Objectives.Flops => flopsPerEpoch,
        ValidationLoss => best.ValidationLoss,
        _ => best.ValidationMetric,
    };
}
