namespace ApproxCluster.Search;

/// <summary>
/// Wilcoxon's signed-rank test for paired values. Exact for any number of pairs: the distribution of the rank sum under random signs, ties with their mean
/// ranks, is folded together pair by pair. Zero differences are ranked and half of each of their ranks goes to either side (SciPy's zero_method "zsplit"),
/// which shifts the sum and its distribution alike.
/// </summary>
internal static class SignedRank
{
    /// <summary>The one-sided p-value: the probability of a sum of positive ranks at least as large, when either sign is as likely. 1 for no pairs.</summary>
    /// <param name="differences">Differences of the pairs; none is NaN.</param>
    public static double Greater(IReadOnlyList<double> differences)
    {
        double[] sorted = [.. differences.OrderBy(Math.Abs).ThenBy(difference => difference)];

        // Twice the mean ranks are whole numbers.
        var ranks = new int[sorted.Length];
        for (var from = 0; from < sorted.Length;)
        {
            var to = from + 1;
            while (to < sorted.Length && Math.Abs(sorted[to]) == Math.Abs(sorted[from]))
            {
                to++;
            }

            ranks.AsSpan(from, to - from).Fill(from + 1 + to);
            from = to;
        }

        var chances = new double[ranks.Sum() + 1];
        var (reach, observed) = (0, 0);
        chances[0] = 1;
        for (var index = 0; index < sorted.Length; index++)
        {
            if (sorted[index] == 0)
            {
                continue;
            }

            reach += ranks[index];
            observed += sorted[index] > 0 ? ranks[index] : 0;
            for (var sum = reach; sum >= 0; sum--)
            {
                chances[sum] = 0.5 * (chances[sum] + (sum >= ranks[index] ? chances[sum - ranks[index]] : 0));
            }
        }

        var p = 0.0;
        for (var sum = reach; sum >= observed; sum--)
        {
            p += chances[sum];
        }

        return Math.Min(1, p);
    }
}
