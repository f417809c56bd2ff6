namespace ApproxCluster.Search;

/// <summary>
/// Whether two configurations can be told apart by their replicates. Where both have two seeds or more in common: the paired t test over those seeds, whose noise in common
/// (order of batches, and weights where shapes agree) cancels; as in F-Race and irace (Lopez-Ibanez et al. 2016, section 3.4, without correction for repeated looks). Where
/// one has a single seed: whether it lies within the other's prediction interval. Two single values cannot be told apart.
/// <para>
/// Whoever looks again after every further seed errs more often than at one look. With <paramref name="looks"/> the confidence is that of all looks at two configurations together, whatever their
/// order and dependence (Bonferroni): each number of seeds gets its share of 1 - confidence, in proportion to its degrees of freedom, since early looks can decide least; where single seeds are
/// compared, half of it is for those looks.
/// </para>
/// </summary>
/// <param name="confidence">Confidence of the test, such as 0.95.</param>
/// <param name="looks">Fewest and most seeds at which it is asked; null: the confidence is each look's own.</param>
internal sealed class Contest(double confidence, (int Fewest, int Most)? looks = null)
{
    private readonly Dictionary<int, double> quantiles = [];

    /// <summary>
    /// Negative when the left one's values are smaller beyond chance, positive when they are larger, 0 when they cannot be told apart. Values of the same place are of the same seed;
    /// each has at least one.
    /// </summary>
    public int Compare(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        var common = Math.Min(left.Length, right.Length);
        if (common >= 2)
        {
            var differences = new double[common];
            for (var seed = 0; seed < common; seed++)
            {
                differences[seed] = left[seed] - right[seed];
            }

            var interval = Interval.Of(differences);
            return Beyond(interval.Mean, Quantile(common - 1) * interval.StandardDeviation!.Value / Math.Sqrt(common));
        }

        var single = left.Length == 1 ? left[0] : right[0];
        var several = left.Length == 1 ? right : left;
        if (several.Length == 1)
        {
            return 0;
        }

        var known = Interval.Of(several.ToArray());
        var reach = Quantile(several.Length - 1) * known.StandardDeviation!.Value * Math.Sqrt(1 + 1.0 / several.Length);
        return left.Length == 1 ? Beyond(single - known.Mean, reach) : Beyond(known.Mean - single, reach);
    }

    private double ConfidenceAt(int degrees)
    {
        if (looks is not var (fewest, most))
        {
            return confidence;
        }

        // Of degrees 1, 2, ... most - 1, or from fewest - 1 on where all have so many seeds at once.
        var all = most * (most - 1.0) / 2 - (fewest - 1.0) * (fewest - 2.0) / 2;
        return 1 - (1 - confidence) * degrees / (fewest > 1 ? all : 2 * all);
    }

    private static int Beyond(double difference, double reach) => Math.Abs(difference) > reach ? Math.Sign(difference) : 0;

    private double Quantile(int degrees)
    {
        if (!quantiles.TryGetValue(degrees, out var quantile))
        {
            quantiles.Add(degrees, quantile = StudentT.Quantile(ConfidenceAt(degrees), degrees));
        }

        return quantile;
    }
}
