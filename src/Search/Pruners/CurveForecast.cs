using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>
/// Extrapolates a learning curve. After epoch e a cost is a + b phi(e) plus noise, with phi one of a grid of decays from phi(1) = 1 towards 0: powers
/// ((e + c)/(1 + c))^-p and exponentials exp(-(e - 1)/tau), c and tau in proportion to the length R of the curve. Given phi, the normal-inverse-gamma prior makes all integrals closed
/// forms: the forecast is a Student t distribution and phi's weight its marginal likelihood; the forecast of the whole is their mixture. Domhan, Springenberg, Hutter, "Speeding up automatic
/// hyperparameter optimization of deep neural networks by extrapolation of learning curves" (IJCAI 2015) mix eleven families by Markov chains; a grid needs no random
/// numbers and gives the same bits everywhere.
/// <para>
/// Costs are taken in units of their range, from the latest one; the prior has mean 0 and variance 10^4 times the noise's for a and b, and the noise's own variance an inverse
/// gamma distribution with shape 1 and scale 10^-4.
/// </para>
/// </summary>
internal sealed class CurveForecast
{
    /// <summary>Points of a curve that are looked at, at most; even. Longer ones are thinned out evenly.</summary>
    public const int MaximumPoints = 64;

    /// <summary>Points that a forecast needs.</summary>
    public const int MinimumPoints = 4;

    private const double PriorPrecision = 1e-4;
    private const double PriorScale = 1e-4;

    // Deviations from the true curve are no independent noise: neighbours share them. So a point counts for less than one.
    private const double PointWeight = 0.25;

    private static readonly double[] Powers = [0.25, 0.35, 0.5, 0.7, 1, 1.4, 2];
    private static readonly double[] Shifts = [0, 0.02, 0.06, 0.2];
    private static readonly double[] Times = [0.02, 0.035, 0.06, 0.1, 0.17, 0.3, 0.5, 0.9];

    private readonly (double LogWeight, double Mean, double Scale)[] parts;
    private readonly int degrees;
    private readonly double zero;
    private readonly double unit;

    private CurveForecast((double, double, double)[] parts, int degrees, double zero, double unit) =>
        (this.parts, this.degrees, this.zero, this.unit) = (parts, degrees, zero, unit);

    /// <summary>Forecasts the cost after the last epoch; null where there are too few finite costs.</summary>
    /// <param name="costs">Costs after epochs 1, 2, ...; those that are not finite are left out.</param>
    /// <param name="epochs">R, at least the number of costs.</param>
    public static CurveForecast? Of(IReadOnlyList<double> costs, int epochs)
    {
        var points = new List<(int Epoch, double Cost)>();
        for (var index = 0; index < costs.Count; index++)
        {
            if (double.IsFinite(costs[index]))
            {
                points.Add((index + 1, costs[index]));
            }
        }

        if (points.Count < MinimumPoints)
        {
            return null;
        }

        var count = Math.Min(MaximumPoints, points.Count);
        var chosen = new (int Epoch, double Cost)[count];
        for (var index = 0; index < count; index++)
        {
            chosen[index] = points[(int)((long)(index + 1) * points.Count / count) - 1];
        }

        var zero = chosen[^1].Cost;
        var unit = chosen.Max(point => point.Cost) - chosen.Min(point => point.Cost);
        if (!(unit > 0) || double.IsInfinity(unit))
        {
            unit = Math.Max(Math.Abs(zero), double.Epsilon);
        }

        var parts = new List<(double, double, double)>();
        foreach (var shift in Shifts)
        {
            foreach (var power in Powers)
            {
                var start = 1 + shift * epochs;
                parts.Add(Fit(chosen, zero, unit, epochs, epoch => PortableMath.Exp(-power * PortableMath.Log((epoch + shift * epochs) / start))));
            }
        }

        foreach (var time in Times)
        {
            parts.Add(Fit(chosen, zero, unit, epochs, epoch => PortableMath.Exp(-(epoch - 1) / (time * epochs))));
        }

        // Rounded down to even degrees of freedom, for which the distribution function is a plain sum: the tails get a little heavier.
        return new([.. parts], 2 + (int)(PointWeight * count) / 2 * 2, zero, unit);
    }

    /// <summary>The probability that the cost after the last epoch is below a bound.</summary>
    public double ProbabilityBelow(double bound)
    {
        var most = parts.Max(part => part.LogWeight);
        var (sum, below) = (0.0, 0.0);
        foreach (var (logWeight, mean, scale) in parts)
        {
            var weight = PortableMath.Exp(logWeight - most);
            sum += weight;
            below += weight * StudentT.Cdf(((bound - zero) / unit - mean) / scale, degrees);
        }

        return below / sum;
    }

    /// <summary>The mean of the cost after the last epoch.</summary>
    public double Mean()
    {
        var most = parts.Max(part => part.LogWeight);
        var (sum, mean) = (0.0, 0.0);
        foreach (var part in parts)
        {
            var weight = PortableMath.Exp(part.LogWeight - most);
            sum += weight;
            mean += weight * part.Mean;
        }

        return zero + unit * mean / sum;
    }

    /// <summary>Linear regression on (1, phi) with the conjugate prior: log marginal likelihood up to a constant, and the forecast's mean and scale at R.</summary>
    private static (double LogWeight, double Mean, double Scale) Fit(
        (int Epoch, double Cost)[] points, double zero, double unit, int epochs, Func<double, double> phi)
    {
        // Precision matrix ((aa, ab), (ab, bb)) and moments of the posterior, all in units of the noise's variance.
        var (aa, ab, bb) = (PriorPrecision, 0.0, PriorPrecision);
        var (ay, by, yy) = (0.0, 0.0, 0.0);
        foreach (var (epoch, cost) in points)
        {
            var x = phi(epoch);
            var y = (cost - zero) / unit;
            aa += PointWeight;
            ab = Math.FusedMultiplyAdd(PointWeight, x, ab);
            bb = Math.FusedMultiplyAdd(PointWeight * x, x, bb);
            ay = Math.FusedMultiplyAdd(PointWeight, y, ay);
            by = Math.FusedMultiplyAdd(PointWeight * x, y, by);
            yy = Math.FusedMultiplyAdd(PointWeight * y, y, yy);
        }

        var determinant = Math.FusedMultiplyAdd(aa, bb, -ab * ab);
        var a = (bb * ay - ab * by) / determinant;
        var b = (aa * by - ab * ay) / determinant;
        var shape = 1 + PointWeight * points.Length / 2;
        var scale = PriorScale + Math.Max(0, yy - a * ay - b * by) / 2;
        var last = phi(epochs);
        var variance = scale / shape * (1 + (bb - 2 * last * ab + last * last * aa) / determinant);
        return (-0.5 * PortableMath.Log(determinant) - shape * PortableMath.Log(scale), a + b * last, Math.Sqrt(variance));
    }
}
