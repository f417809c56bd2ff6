namespace ApproxCluster.Bench.Trainer;

/// <summary>Figures over rounds.</summary>
internal static class Rounds
{
    /// <summary>The median, of an even number the upper one.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
