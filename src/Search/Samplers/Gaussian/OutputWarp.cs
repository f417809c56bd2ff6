using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>
/// A rising map of costs to model outputs, which takes in heavy tails and needles: t = (cost - best) / (median - best), u = t + offset, then Box and Cox's power
/// transform (u^power - 1) / power ("An analysis of transformations", JRSS B 26, 1964; the logarithm where the power is 0), then to mean 0 and deviation 1. Below the best cost it
/// goes on as a straight line. Power and offset are fitted with the kernel, the map's slopes counting in the likelihood.
/// </summary>
internal sealed class OutputWarp
{
    private readonly double best;
    private readonly double unit;
    private readonly double mean;
    private readonly double deviation;

    /// <summary>Fits the linear parts to some costs.</summary>
    /// <param name="costs">Finite costs, at least one.</param>
    /// <param name="power">Box and Cox's lambda.</param>
    /// <param name="offset">Added to t, above 0.</param>
    public OutputWarp(ReadOnlySpan<double> costs, double power, double offset)
        : this(costs, Spread(costs), power, offset)
    {
    }

    private OutputWarp(ReadOnlySpan<double> costs, (double Best, double Unit) spread, double power, double offset)
    {
        ((best, unit), Power, Offset) = (spread, power, offset);
        (mean, deviation) = (0, 1);
        var sum = 0.0;
        foreach (var cost in costs)
        {
            sum += Map(cost);
        }

        var average = sum / costs.Length;
        sum = 0;
        foreach (var cost in costs)
        {
            var difference = Map(cost) - average;
            sum += difference * difference;
        }

        (mean, deviation) = (average, Math.Max(Math.Sqrt(sum / costs.Length), 1e-12));
    }

    /// <summary>Box and Cox's lambda.</summary>
    public double Power { get; }

    /// <summary>Added to t.</summary>
    public double Offset { get; }

    /// <summary>The best cost and the median's distance from it (where that is 0, the worst's; where that is 0 as well, 1).</summary>
    public static (double Best, double Unit) Spread(ReadOnlySpan<double> costs)
    {
        var sorted = costs.ToArray();
        Array.Sort(sorted);
        var unit = sorted[sorted.Length / 2] - sorted[0];
        unit = unit > 0 ? unit : sorted[^1] - sorted[0];
        return (sorted[0], unit > 0 && double.IsFinite(unit) ? unit : 1);
    }

    /// <summary>The output that stands for a cost.</summary>
    public double Map(double cost)
    {
        var t = (cost - best) / unit;
        var logarithm = PortableMath.Log(Math.Max(t, 0) + Offset);
        var value = PowerOf(logarithm);
        if (t < 0)
        {
            value += t * PortableMath.Exp((Power - 1) * logarithm);
        }

        return (value - mean) / deviation;
    }

    /// <summary>The logarithm of the map's slope at a cost, up to a constant of the costs.</summary>
    public double LogSlope(double cost) =>
        (Power - 1) * PortableMath.Log(Math.Max((cost - best) / unit, 0) + Offset) - PortableMath.Log(deviation);

    private double PowerOf(double logarithm)
    {
        var exponent = Power * logarithm;
        return Math.Abs(exponent) < 1e-4 ? logarithm * (1 + exponent * (0.5 + exponent / 6)) : (PortableMath.Exp(exponent) - 1) / Power;
    }
}
