using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>
/// The logarithm of the expected improvement, accurate however small it is: S. Ament, S. Daulton, D. Eriksson, M. Balandat and E. Bakshy, "Unexpected improvements to
/// expected improvement for Bayesian optimization", NeurIPS 2023, section 4.1. With z = (incumbent - mean) / deviation it is ln deviation + ln h(z), h(z) = phi(z) + z Phi(z).
/// </summary>
internal static class LogExpectedImprovement
{
    private const double RootHalf = 0.70710678118654752440;
    private const double RootHalfPi = 1.25331413731550025121;
    private const double LogRootTwoPi = 0.91893853320467274178;

    // 1 / sqrt(epsilon): beyond, h(z) / phi(z) is z^-2 to the last bit.
    private const double Far = 67108864;

    /// <summary>ln h(z) and its derivative Phi(z) / h(z).</summary>
    public static (double Value, double Slope) LogH(double z)
    {
        if (z > -1)
        {
            var density = PortableMath.Exp(-0.5 * z * z - LogRootTwoPi);
            var share = 0.5 * ErrorFunction.Complement(-z * RootHalf);
            var h = density + z * share;
            return (PortableMath.Log(h), share / h);
        }

        // h = phi (1 - |z| m(z)), with Mills's ratio m = Phi / phi.
        var mills = RootHalfPi * ErrorFunction.Scaled(-z * RootHalf);
        var rest = z > -100 ? 1 + z * mills : Expansion(z);
        return (-0.5 * z * z - LogRootTwoPi + PortableMath.Log(rest), mills / rest);
    }

    /// <summary>The acquisition of a point and its derivatives by mean and variance.</summary>
    public static (double Value, double ByMean, double ByVariance) Value(double incumbent, double mean, double variance)
    {
        var deviation = Math.Sqrt(variance);
        var z = (incumbent - mean) / deviation;
        var (value, slope) = LogH(z);
        return (PortableMath.Log(deviation) + value, -slope / deviation, (1 - slope * z) / (2 * variance));
    }

    /// <summary>1 - |z| m(z) = z^-2 - 3 z^-4 + 15 z^-6 - 105 z^-8, where the difference itself would cancel.</summary>
    private static double Expansion(double z)
    {
        var inverse = 1 / (z * z);
        return z < -Far ? inverse : inverse * (1 - inverse * (3 - inverse * (15 - 105 * inverse)));
    }
}
