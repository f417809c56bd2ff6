namespace ApproxCluster.Bench.Search;

/// <summary>Scores of logs, as the benchmark's scorer defines them.</summary>
internal static class Regrets
{
    /// <summary>Geometric means take no less than this.</summary>
    public const double Floor = 1e-5;

    /// <summary>The normalised regret after a budget; null when the run did not go so far.</summary>
    public static double? Regret(RunLog log, int checkpoint)
    {
        var function = log.Function;
        if (log.Rows.Count == 0 || log.Rows[^1].Trial < checkpoint)
        {
            return null;
        }

        var rows = log.Rows.Where(row => row.Trial <= checkpoint);
        if (function.Kind == FunctionKind.Multi)
        {
            return 1 - (Hypervolume(rows.Select(row => (row.Value, row.Second!.Value)), function.Reference) / function.OptimumHypervolume);
        }

        var (best, truth) = (double.PositiveInfinity, double.PositiveInfinity);
        foreach (var row in rows.Where(row => row.Truth is not null))
        {
            (best, truth) = row.Value < best ? (row.Value, row.Truth!.Value) : (best, truth);
        }

        return Math.Max(0, truth - function.Optimum) / function.Scale;
    }

    /// <summary>The area that points dominate below a corner.</summary>
    public static double Hypervolume(IEnumerable<(double First, double Second)> points, (double First, double Second) corner)
    {
        var (area, best) = (0.0, corner.Second);
        foreach (var (first, second) in points.Where(point => point.First < corner.First && point.Second < corner.Second).Order())
        {
            if (second < best)
            {
                area += (corner.First - first) * (best - second);
                best = second;
            }
        }

        return area;
    }

    /// <summary>A quantile, between neighbours in proportion.</summary>
    public static double Quantile(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToArray();
        var place = share * (sorted.Length - 1);
        var (low, high) = (sorted[(int)Math.Floor(place)], sorted[(int)Math.Ceiling(place)]);
        return low == high ? low : low + ((high - low) * (place - Math.Floor(place)));
    }

    /// <summary>The geometric mean, floored.</summary>
    public static double GeometricMean(IEnumerable<double> values) => Math.Exp(values.Average(value => Math.Log(Math.Max(value, Floor))));
}
