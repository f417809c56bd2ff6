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

    /// <summary>The same, of costs of which the <see cref="Spread"/> is known.</summary>
    public OutputWarp(ReadOnlySpan<double> costs, (double Best, double Unit) spread, double power, double offset)
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

    /// <summary>
    /// The derivatives by the power and by the logarithm of the offset of the sum of weighted outputs minus the sum of <see cref="LogSlope"/>, over the costs that it is fitted to. With z = (v - mean) / deviation
    /// the outputs' derivatives are (dv - mean of dv) / deviation - z c, where c = mean of z dv / deviation is that of the deviation's logarithm.
    /// </summary>
    public (double ByPower, double ByOffset) Derivatives(ReadOnlySpan<double> costs, ReadOnlySpan<double> outputs, ReadOnlySpan<double> weights)
    {
        var (power, offset) = (default(WarpSums), default(WarpSums));
        for (var i = 0; i < costs.Length; i++)
        {
            var sum = Math.Max((costs[i] - best) / unit, 0) + Offset;
            var logarithm = PortableMath.Log(sum);
            var exponent = Power * logarithm;
            var raised = PortableMath.Exp(exponent);
            var byPower = Math.Abs(exponent) < 1e-4 ? logarithm * logarithm * (0.5 + exponent / 3) : (raised * logarithm - PowerOf(logarithm)) / Power;
            power.Add(byPower, outputs[i], weights[i], logarithm);
            offset.Add(raised / sum * Offset, outputs[i], weights[i], (Power - 1) * Offset / sum);
        }

        return (power.Derivative(costs.Length, deviation), offset.Derivative(costs.Length, deviation));
    }

    private double PowerOf(double logarithm)
    {
        var exponent = Power * logarithm;
        return Math.Abs(exponent) < 1e-4 ? logarithm * (1 + exponent * (0.5 + exponent / 6)) : (PortableMath.Exp(exponent) - 1) / Power;
    }

    /// <summary>The sums that a derivative is made of.</summary>
    private struct WarpSums
    {
        private double all;
        private double weighted;
        private double byOutput;
        private double weights;
        private double outputs;
        private double slopes;

        /// <summary>Adds the derivative of v and of the slope's logarithm but for the deviation's, at a cost with an output and a weight.</summary>
        public void Add(double derivative, double output, double weight, double slope)
        {
            (all, weighted, byOutput) = (all + derivative, weighted + weight * derivative, byOutput + output * derivative);
            (weights, outputs, slopes) = (weights + weight, outputs + weight * output, slopes + slope);
        }

        /// <summary>What they come to.</summary>
        public readonly double Derivative(int count, double deviation)
        {
            var byDeviation = byOutput / (count * deviation);
            return (weighted - all / count * weights) / deviation - byDeviation * outputs - (slopes - count * byDeviation);
        }
    }
}
