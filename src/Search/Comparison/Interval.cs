namespace ApproxCluster.Search;

/// <summary>Mean over replicates with its 95 % t interval; a single replicate has a point and no deviation.</summary>
internal readonly record struct Interval(double Mean, double? StandardDeviation, double Low, double High)
{
    /// <summary>Over the replicates of a configuration that have a value; there is at least one.</summary>
    public static Interval Of(ConfigurationEntry entry) =>
        Of([.. entry.Trials.Where(trial => trial.Value is not null).Select(trial => trial.Value!.Value)]);

    /// <summary>Over values, summed in their order.</summary>
    public static Interval Of(double[] values)
    {
        double sum = 0;
        foreach (var value in values)
        {
            sum += value;
        }

        var mean = sum / values.Length;
        if (values.Length == 1)
        {
            return new(mean, null, mean, mean);
        }

        double squares = 0;
        foreach (var value in values)
        {
            squares += (value - mean) * (value - mean);
        }

        var deviation = Math.Sqrt(squares / (values.Length - 1));
        var half = StudentT.Quantile975(values.Length - 1) * deviation / Math.Sqrt(values.Length);
        return new(mean, deviation, mean - half, mean + half);
    }

    public bool Overlaps(Interval other) => Low <= other.High && other.Low <= High;
}
