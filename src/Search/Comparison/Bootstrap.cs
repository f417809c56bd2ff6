using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>
/// Percentile bootstrap of a mean (Efron 1979): the middle share of the means of samples drawn anew, with replacement. No assumption on the distribution, but with few values it is too
/// narrow (five values: about 83 % instead of 95 %), so it stands beside the t interval, not in its place. A function of values and seed.
/// </summary>
public static class Bootstrap
{
    /// <summary>Samples that are drawn.</summary>
    public const int Resamples = 2000;

    /// <summary>The interval of the mean; null for fewer than two values.</summary>
    /// <param name="values">The values.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <param name="confidence">Share within, 0..1.</param>
    public static (double Low, double High)? Mean(IReadOnlyList<double> values, ulong seed, double confidence = 0.95)
    {
        if (values.Count < 2)
        {
            return null;
        }

        var random = new Philox(Seeds.Derive(seed, "bootstrap"));
        var means = new double[Resamples];
        for (var sample = 0; sample < Resamples; sample++)
        {
            double sum = 0;
            for (var draw = 0; draw < values.Count; draw++)
            {
                sum += values[(int)random.NextBelow((uint)values.Count)];
            }

            means[sample] = sum / values.Count;
        }

        Array.Sort(means);
        var outside = (int)Math.Floor(Resamples * (1 - confidence) / 2);
        return (means[outside], means[Resamples - 1 - outside]);
    }
}
