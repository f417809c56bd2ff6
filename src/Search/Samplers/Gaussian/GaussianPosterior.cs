using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>
/// Minus the logarithm of the posterior density of hyperparameters given points and costs, with gradient (Rasmussen and Williams, "Gaussian processes for machine learning",
/// equations 2.30 and 5.9). The constant mean is the generalized least squares one, the signal's variance the best under an inverse gamma prior (1, 1), both
/// in closed form, so neither adds to the gradient.
/// </summary>
internal sealed class GaussianPosterior
{
    /// <summary>What the variance's prior adds: 2a to the count, 2b to the squares.</summary>
    public const double PriorCount = 2;

    private readonly MaternKernel kernel;
    private readonly LengthShrinkage? shrinkage;
    private readonly PointSet points;
    private readonly double[] costs;
    private readonly (double Best, double Unit) spread;
    private readonly double[] outputs;
    private readonly int count;
    private readonly int stride;
    private readonly CholeskyFactor factor;
    private readonly double[] slopes;
    private readonly double[] inverse;
    private readonly double[] row;
    private readonly double[] point;

    /// <summary>Takes the points and their costs.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="points">The points.</param>
    /// <param name="costs">Costs of the first of them.</param>
    /// <param name="shrinkage">A further prior of the length scales; default none.</param>
    public GaussianPosterior(MaternKernel kernel, PointSet points, ReadOnlySpan<double> costs, LengthShrinkage? shrinkage = null)
    {
        (this.kernel, this.shrinkage, this.points, this.costs, count) = (kernel, shrinkage, points, costs.ToArray(), costs.Length);
        (spread, outputs) = (OutputWarp.Spread(costs), new double[count]);
        stride = Lanes.Padded(count + 1);
        factor = new CholeskyFactor(count);
        (slopes, inverse) = (new double[count * stride], new double[count * stride]);
        (row, point) = (new double[stride], new double[kernel.Dimensions]);
    }

    /// <summary>The value at a vector (see <see cref="GaussianHyperparameters"/>) and its gradient.</summary>
    public double Value(ReadOnlySpan<double> vector, Span<double> gradient)
    {
        var dimensions = kernel.Dimensions;
        var parameters = new GaussianHyperparameters(vector);
        gradient.Clear();
        Factor(parameters);
        var warp = new OutputWarp(costs, spread, parameters.Power, parameters.Offset);
        var (value, weights, variance) = Likelihood(warp);
        factor.Invert(inverse, stride);
        var noise = 0.0;
        for (var i = 0; i < count; i++)
        {
            // C^-1 - alpha alpha^T / variance, times dk / d(r^2), left of the diagonal.
            var weight = weights[i] / variance;
            var share = inverse.AsSpan(i * stride, stride);
            noise += share[i] - weight * weights[i];
            Lanes.AddScaled(-weight, weights.AsSpan(0, i), share[..i]);
            var slope = slopes.AsSpan(i * stride, i);
            for (var j = 0; j < i; j++)
            {
                share[j] *= slope[j];
            }

            share[i..].Clear();
            points.CopyTo(i, point);
            kernel.AddSquares(points, i, point, share, gradient[..dimensions]);
        }

        for (var dimension = 0; dimension < dimensions; dimension++)
        {
            gradient[dimension] *= parameters.Scales[dimension];
        }

        gradient[dimensions] = 0.5 * parameters.Noise * noise;
        for (var i = 0; i < count; i++)
        {
            weights[i] /= variance;
        }

        (gradient[dimensions + 1], gradient[dimensions + 2]) = warp.Derivatives(costs, outputs, weights);
        return value + GaussianPrior.Penalty(vector, gradient) + (shrinkage?.Penalty(count, vector, gradient) ?? 0);
    }

    private void Factor(GaussianHyperparameters parameters)
    {
        factor.Clear(count);
        for (var i = 0; i < count; i++)
        {
            points.CopyTo(i, point);
            kernel.Row(points, i, point, parameters.Scales, row, slopes.AsSpan(i * stride, stride));
            row[i] = 1 + parameters.Noise;
            factor.Add(row.AsSpan(0, i + 1), 0.5 * GaussianHyperparameters.NoiseFloor);
        }
    }

    /// <summary>Writes the outputs; the likelihood's part, alpha = C^-1 (z - mean) and the signal's variance.</summary>
    private (double Value, double[] Weights, double Variance) Likelihood(OutputWarp warp)
    {
        var value = 0.0;
        for (var i = 0; i < count; i++)
        {
            outputs[i] = warp.Map(costs[i]);
            value += PortableMath.Log(factor.Pivot(i)) - warp.LogSlope(costs[i]);
        }

        var (weights, _, squares) = Regression.Solve(factor, outputs);
        return (value + 0.5 * (count + PriorCount) * PortableMath.Log(squares + PriorCount), weights, (squares + PriorCount) / (count + PriorCount));
    }
}
