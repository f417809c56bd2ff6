using System.Runtime.Intrinsics;
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

    private const double InverseRootTwoPi = 0.39894228040143267794;

    // Up to there the error function has an approximation of its own.
    private const double Centre = 0.46875;

    /// <summary>ln h(z) and its derivative Phi(z) / h(z).</summary>
    public static (double Value, double Slope) LogH(double z)
    {
        var (value, slope) = LogH(Vector512.Create(z));
        return (value[0], slope[0]);
    }

    /// <summary>The same of eight numbers. Every lane is on its own.</summary>
    public static (Vector512<double> Value, Vector512<double> Slope) LogH(Vector512<double> z)
    {
        // With x = |z| / sqrt 2, erfc(x) = e^(-z^2 / 2) Scaled(x), and phi(z) = e^(-z^2 / 2) / sqrt(2 pi).
        var one = Vector512<double>.One;
        var half = Vector512.Create(-0.5) * z * z;
        var x = Vector512.Abs(z) * Vector512.Create(RootHalf);
        var scaled = ErrorFunction.Scaled(Vector512.Max(x, Vector512.Create(Centre)));
        var logPhi = half - Vector512.Create(LogRootTwoPi);
        var isLow = Vector512.LessThanOrEqual(z, Vector512.Create(-1.0));

        // h = phi (1 - |z| m(z)), with Mills's ratio m = Phi / phi.
        var mills = Vector512.Create(RootHalfPi) * scaled;
        var rest = Vector512.FusedMultiplyAdd(z, mills, one);
        var isFar = Vector512.LessThanOrEqual(z, Vector512.Create(-100.0));
        rest = isFar == Vector512<double>.Zero ? rest : Vector512.ConditionalSelect(isFar, Expansion(z), rest);
        if (Vector512.EqualsAll(isLow.AsInt64(), Vector512<long>.AllBitsSet))
        {
            return (logPhi + LaneMath.Log(rest), mills / rest);
        }

        // h = phi + z Phi.
        var decay = LaneMath.Exp(half);
        var tail = Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512.Create(Centre)), one - ErrorFunction.Central(x), decay * scaled) * Vector512.Create(0.5);
        var share = Vector512.ConditionalSelect(Vector512.GreaterThan(z, Vector512<double>.Zero), one - tail, tail);
        var h = Vector512.FusedMultiplyAdd(z, share, decay * Vector512.Create(InverseRootTwoPi));
        var (top, bottom) = (Vector512.ConditionalSelect(isLow, mills, share), Vector512.ConditionalSelect(isLow, rest, h));
        return (LaneMath.Log(bottom) + Vector512.ConditionalSelect(isLow, logPhi, Vector512<double>.Zero), top / bottom);
    }

    /// <summary>The acquisition of a point and its derivatives by mean and variance.</summary>
    public static (double Value, double ByMean, double ByVariance) Value(double incumbent, double mean, double variance)
    {
        var deviation = Math.Sqrt(variance);
        var z = (incumbent - mean) / deviation;
        var (value, slope) = LogH(z);
        return (PortableMath.Log(deviation) + value, -slope / deviation, (1 - slope * z) / (2 * variance));
    }

    /// <summary>The acquisition of eight points.</summary>
    public static Vector512<double> Value(double incumbent, Vector512<double> means, Vector512<double> variances)
    {
        var value = LogH((Vector512.Create(incumbent) - means) / Vector512.Sqrt(variances)).Value;
        return Vector512.FusedMultiplyAdd(Vector512.Create(0.5), LaneMath.Log(variances), value);
    }

    /// <summary>1 - |z| m(z) = z^-2 - 3 z^-4 + 15 z^-6 - 105 z^-8, where the difference itself would cancel.</summary>
    private static Vector512<double> Expansion(Vector512<double> z)
    {
        var inverse = Vector512<double>.One / (z * z);
        var sum = Vector512.FusedMultiplyAdd(inverse, Vector512.Create(-105.0), Vector512.Create(15.0));
        sum = Vector512.FusedMultiplyAdd(inverse, -sum, Vector512.Create(3.0));
        return inverse * Vector512.FusedMultiplyAdd(inverse, -sum, Vector512<double>.One);
    }
}
