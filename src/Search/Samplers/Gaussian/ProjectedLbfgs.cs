namespace ApproxCluster.Search;

/// <summary>A function to minimize: writes its gradient and returns its value, which may be infinite or NaN (then the step is too long).</summary>
internal delegate double SmoothFunction(ReadOnlySpan<double> x, Span<double> gradient);

/// <summary>
/// Minimizes a smooth function in a box by limited-memory BFGS with projection: coordinates at a bound with a gradient that presses outward rest, the two-loop recursion
/// (Nocedal and Wright, "Numerical optimization", 2nd edition, algorithm 7.4) gives the direction of the others, and a step is halved until, clipped to the box, it
/// keeps Armijo's rule (Bertsekas, SIAM J. Control Optim. 20, 1982).
/// </summary>
internal sealed class ProjectedLbfgs
{
    private const int Memory = 8;
    private const double Decrease = 1e-4;

    private readonly List<(double[] Step, double[] Change, double Inverse)> pairs = [];

    /// <summary>Most steps. Default 40.</summary>
    public int MaximumSteps { get; init; } = 40;

    /// <summary>Ends when no coordinate's projected gradient is larger. Default 1e-3.</summary>
    public double GradientTolerance { get; init; } = 1e-3;

    /// <summary>Ends when a step gains less, of the value's own size or of 1. Default 1e-7.</summary>
    public double ValueTolerance { get; init; } = 1e-7;

    /// <summary>Longest first step, in the units of x: the curvature is not known yet. Default 0.5.</summary>
    public double FirstStep { get; init; } = 0.5;

    /// <summary>Goes down from x, which is left at the best point.</summary>
    /// <returns>The value there.</returns>
    public double Minimize(SmoothFunction function, Span<double> x, ReadOnlySpan<double> lower, ReadOnlySpan<double> upper)
    {
        pairs.Clear();
        var (gradient, direction) = (new double[x.Length], new double[x.Length]);
        var (next, nextGradient) = (new double[x.Length], new double[x.Length]);
        var value = function(x, gradient);
        for (var step = 0; step < MaximumSteps && double.IsFinite(value); step++)
        {
            if (Direct(x, gradient, direction, lower, upper) <= GradientTolerance)
            {
                break;
            }

            var length = 1.0;
            double found;
            while (true)
            {
                var slope = 0.0;
                for (var index = 0; index < x.Length; index++)
                {
                    next[index] = Math.Clamp(x[index] + length * direction[index], lower[index], upper[index]);
                    slope += gradient[index] * (next[index] - x[index]);
                }

                found = function(next, nextGradient);
                if (found <= value + Decrease * slope)
                {
                    break;
                }

                length *= 0.5;
                if (length < 1e-6)
                {
                    return value;
                }
            }

            Remember(x, next, gradient, nextGradient);
            var gain = value - found;
            value = found;
            next.CopyTo(x);
            nextGradient.CopyTo(gradient.AsSpan());
            if (gain <= ValueTolerance * Math.Max(1, Math.Abs(value)))
            {
                break;
            }
        }

        return value;
    }

    /// <summary>The direction to go; the largest coordinate of the projected gradient.</summary>
    private double Direct(Span<double> x, double[] gradient, double[] direction, ReadOnlySpan<double> lower, ReadOnlySpan<double> upper)
    {
        var largest = 0.0;
        var rests = new bool[x.Length];
        for (var index = 0; index < x.Length; index++)
        {
            rests[index] = (x[index] <= lower[index] && gradient[index] > 0) || (x[index] >= upper[index] && gradient[index] < 0);
            direction[index] = rests[index] ? 0 : -gradient[index];
            largest = Math.Max(largest, Math.Abs(direction[index]));
        }

        Recur(direction);
        var slope = 0.0;
        for (var index = 0; index < x.Length; index++)
        {
            direction[index] = rests[index] ? 0 : direction[index];
            slope += direction[index] * gradient[index];
        }

        if (!(slope < 0) || pairs.Count == 0)
        {
            pairs.Clear();
            var scale = FirstStep / Math.Max(largest, FirstStep);
            for (var index = 0; index < x.Length; index++)
            {
                direction[index] = rests[index] ? 0 : -gradient[index] * scale;
            }
        }

        return largest;
    }

    private void Recur(double[] direction)
    {
        var factors = new double[pairs.Count];
        for (var index = pairs.Count - 1; index >= 0; index--)
        {
            var (step, change, inverse) = pairs[index];
            factors[index] = inverse * Lanes.Dot(step, direction);
            Lanes.AddScaled(-factors[index], change, direction);
        }

        if (pairs.Count > 0)
        {
            var (step, change, _) = pairs[^1];
            var scale = Lanes.Dot(step, change) / Lanes.Dot(change, change);
            for (var index = 0; index < direction.Length; index++)
            {
                direction[index] *= scale;
            }
        }

        for (var index = 0; index < pairs.Count; index++)
        {
            var (step, change, inverse) = pairs[index];
            Lanes.AddScaled(factors[index] - inverse * Lanes.Dot(change, direction), step, direction);
        }
    }

    private void Remember(ReadOnlySpan<double> x, double[] next, double[] gradient, double[] nextGradient)
    {
        var (step, change) = (new double[x.Length], new double[x.Length]);
        for (var index = 0; index < x.Length; index++)
        {
            step[index] = next[index] - x[index];
            change[index] = nextGradient[index] - gradient[index];
        }

        var curvature = Lanes.Dot(step, change);
        if (curvature > 1e-12 * Lanes.Dot(change, change) && curvature > 0)
        {
            pairs.Add((step, change, 1 / curvature));
            if (pairs.Count > Memory)
            {
                pairs.RemoveAt(0);
            }
        }
    }
}
