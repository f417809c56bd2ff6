using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>
/// Prior densities of the hyperparameters:
/// <list type="bullet">
/// <item>length scales: log-normal with location sqrt 2 + ln(d) / 2 and deviation sqrt 3, so that they grow with the dimensions (Hvarfner, Hellsten and Nardi, "Vanilla
/// Bayesian optimization performs great in high dimensions", ICML 2024, section 4); the density of the length scale itself, so its mode is where ln l is 3 lower.</item>
/// <item>noise: Gamma(1.1, 30) (Optuna 4.9's).</item>
/// <item>power of the warp: normal around 0.7; logarithm of its offset: normal around that of 0.3.</item>
/// </list>
/// </summary>
internal static class GaussianPrior
{
    private const double PowerMean = 0.7;
    private const double PowerDeviation = 0.5;
    private const double OffsetMean = -1.2;
    private const double OffsetDeviation = 1.5;

    /// <summary>The prior's mode, where fits start; the noise starts at 1e-3.</summary>
    public static double[] Mode(int dimensions)
    {
        var vector = new double[dimensions + GaussianHyperparameters.Others];
        vector.AsSpan(0, dimensions).Fill(-2 * ModeOfLogLength(dimensions));
        (vector[dimensions], vector[dimensions + 1], vector[dimensions + 2]) = (PortableMath.Log(1e-3), PowerMean, OffsetMean);
        return vector;
    }

    /// <summary>Minus the logarithm of the density, up to a constant; its derivatives are added to the gradient.</summary>
    public static double Penalty(ReadOnlySpan<double> vector, Span<double> gradient)
    {
        var dimensions = vector.Length - GaussianHyperparameters.Others;
        var mode = ModeOfLogLength(dimensions);
        var sum = 0.0;
        for (var dimension = 0; dimension < dimensions; dimension++)
        {
            // ln l = -ln(s) / 2
            var difference = -0.5 * vector[dimension] - mode;
            sum += difference * difference / 6;
            gradient[dimension] -= difference / 6;
        }

        var noise = PortableMath.Exp(vector[dimensions]);
        sum += 30 * noise - 0.1 * vector[dimensions];
        gradient[dimensions] += 30 * noise - 0.1;
        sum += Normal(vector, gradient, dimensions + 1, PowerMean, PowerDeviation);
        return sum + Normal(vector, gradient, dimensions + 2, OffsetMean, OffsetDeviation);
    }

    private static double Normal(ReadOnlySpan<double> vector, Span<double> gradient, int index, double mean, double deviation)
    {
        var difference = (vector[index] - mean) / deviation;
        gradient[index] += difference / deviation;
        return 0.5 * difference * difference;
    }

    /// <summary>Of ln l: location minus squared deviation.</summary>
    private static double ModeOfLogLength(int dimensions) => Math.Sqrt(2) - 3 + 0.5 * PortableMath.Log(Math.Max(1, dimensions));
}
