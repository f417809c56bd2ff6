namespace ApproxCluster.Trainer;

/// <summary>How the learning rate changes over epochs.</summary>
public enum ScheduleKind
{
    /// <summary>The learning rate stays.</summary>
    Constant,

    /// <summary>Multiplied by a factor every so many epochs.</summary>
    Step,
}

/// <summary>A learning-rate schedule.</summary>
/// <param name="Kind">The schedule.</param>
/// <param name="Factor">Step: multiplier, above 0 and below 1; default 0.5.</param>
/// <param name="Every">Step: epochs between two changes, at least 1; default 10.</param>
public sealed record ScheduleConfiguration(ScheduleKind Kind = ScheduleKind.Constant, double Factor = 0.5, int Every = 10)
{
    /// <summary>The rate in the epoch with this zero-based number.</summary>
    public double LearningRate(double initial, int epoch)
    {
        if (Kind == ScheduleKind.Constant)
        {
            return initial;
        }

        var rate = initial;
        for (var change = epoch / Every; change > 0; change--)
        {
            rate *= Factor;
        }

        return rate;
    }
}
