namespace ApproxCluster.Search;

/// <summary>
/// The margin of Hamano et al., "CMA-ES with margin" (GECCO 2022, section 4): mean and scale of a coordinate with discrete values are corrected so that its value keeps a chance
/// to change, alpha in all or alpha / 2 to either side.
/// </summary>
internal static class CmaMargin
{
    /// <summary>Corrects all coordinates.</summary>
    /// <param name="mean">Centre of the distribution, corrected.</param>
    /// <param name="scale">A: factors of the standard deviations, corrected.</param>
    /// <param name="deviation">Standard deviation of a coordinate without its factor.</param>
    /// <param name="thresholds">For each coordinate where its value changes, rising.</param>
    /// <param name="alpha">Least chance to change, below 1/2.</param>
    public static void Keep(double[] mean, double[] scale, Func<int, double> deviation, double[][] thresholds, double alpha)
    {
        for (var index = 0; index < mean.Length; index++)
        {
            var own = thresholds[index];
            if (own.Length == 0)
            {
                continue;
            }

            var above = Array.FindIndex(own, threshold => threshold > mean[index]);
            if (above is 0 or -1)
            {
                // An outermost value: only one threshold can be crossed.
                var nearest = above == 0 ? own[0] : own[^1];
                var reach = -Normal.Quantile(alpha) * deviation(index) * scale[index];
                mean[index] = Math.Clamp(mean[index], nearest - reach, nearest + reach);
            }
            else
            {
                Keep(ref mean[index], ref scale[index], deviation(index), own[above - 1], own[above], alpha);
            }
        }
    }

    private static void Keep(ref double mean, ref double scale, double deviation, double low, double high, double alpha)
    {
        var width = deviation * scale;
        var (below, above) = (Normal.Cumulative((low - mean) / width), Normal.Cumulative((mean - high) / width));
        var middle = 1 - below - above;
        var (raisedBelow, raisedAbove) = (Math.Max(alpha / 2, below), Math.Max(alpha / 2, above));
        if (raisedBelow == below && raisedAbove == above)
        {
            return;
        }

        var excess = 1 - raisedBelow - raisedAbove - middle;
        var room = raisedBelow + middle + raisedAbove - 3 * alpha / 2;
        raisedBelow += excess * (raisedBelow - alpha / 2) / room;
        raisedAbove += excess * (raisedAbove - alpha / 2) / room;
        var (toLow, toHigh) = (-Normal.Quantile(raisedBelow), -Normal.Quantile(raisedAbove));
        scale = (high - low) / (deviation * (toLow + toHigh));
        mean = (low * toHigh + high * toLow) / (toLow + toHigh);
    }
}
