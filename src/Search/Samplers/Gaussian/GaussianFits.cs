namespace ApproxCluster.Search;

/// <summary>
/// Fits hyperparameters when enough has been added: at 2, 3, ... costs, and from 24 on whenever there are a twelfth more. A fit starts from the prior's mode and knows nothing of
/// earlier ones, so it is a function of the costs at its front of the order.
/// </summary>
/// <param name="kernel">The kernel.</param>
/// <param name="shrinkage">A further prior of the length scales; default none.</param>
internal sealed class GaussianFits(MaternKernel kernel, LengthShrinkage? shrinkage = null)
{
    private int[] numbers = [];
    private double[] costs = [];
    private GaussianHyperparameters? parameters;
    private OutputWarp? warp;

    /// <summary>The model of some data.</summary>
    /// <param name="data">Everything that there is to learn from.</param>
    /// <param name="kept">Which of it the model is made from; default <see cref="GaussianData.Capped"/>.</param>
    public GaussianModel Model(GaussianData data, IReadOnlyList<int>? kept = null)
    {
        var size = Size(data.Count);
        if (!data.Numbers.AsSpan(0, size).SequenceEqual(numbers) || !data.Costs.AsSpan(0, size).SequenceEqual(costs))
        {
            var front = data.Front(size);
            parameters = Fit(kernel, front.Points, front.Costs, shrinkage);
            warp = new OutputWarp(front.Costs, parameters.Power, parameters.Offset);
            (numbers, costs) = (data.Numbers[..size], data.Costs[..size]);
        }

        return Condition(kernel, parameters!, warp!, kept is null ? data.Capped() : data.Only(kept));
    }

    /// <summary>The model of some data under hyperparameters.</summary>
    public static GaussianModel Condition(MaternKernel kernel, GaussianHyperparameters parameters, OutputWarp warp, GaussianData data)
    {
        var outputs = data.Costs.Select(warp.Map).ToArray();
        var known = Factor(kernel, parameters, data.Points, 0, data.Count, new CholeskyFactor(data.Count));
        var factor = data.Points.Count == data.Count
            ? known
            : Factor(kernel, parameters, data.Points, data.Count, data.Points.Count, known.Copy(data.Points.Count));
        return new GaussianModel(kernel, parameters, data, factor, outputs, known);
    }

    /// <summary>The largest size at or below a count at which there is a fit.</summary>
    public static int Size(int count)
    {
        var size = 2;
        while (true)
        {
            var next = size + Math.Max(1, size / 12);
            if (next > count)
            {
                return size;
            }

            size = next;
        }
    }

    /// <summary>The most probable hyperparameters.</summary>
    public static GaussianHyperparameters Fit(MaternKernel kernel, PointSet points, ReadOnlySpan<double> costs, LengthShrinkage? shrinkage = null)
    {
        var posterior = new GaussianPosterior(kernel, points, costs, shrinkage);
        var vector = GaussianPrior.Mode(kernel.Dimensions);
        var (lower, upper) = GaussianHyperparameters.Bounds(kernel.Dimensions);
        new ProjectedLbfgs { GradientTolerance = 0.02, ValueTolerance = 1e-4 }.Minimize(posterior.Value, vector, lower, upper);
        return new GaussianHyperparameters(vector);
    }

    private static CholeskyFactor Factor(MaternKernel kernel, GaussianHyperparameters parameters, PointSet points, int from, int to, CholeskyFactor factor)
    {
        var padded = Lanes.Padded(to + 1);
        var (row, slopes, point) = (new double[padded], new double[padded], new double[kernel.Dimensions]);
        for (var index = from; index < to; index++)
        {
            points.CopyTo(index, point);
            kernel.Row(points, index, point, parameters.Scales, row, slopes);
            row[index] = 1 + parameters.Noise;
            factor.Add(row.AsSpan(0, index + 1), 0.5 * GaussianHyperparameters.NoiseFloor);
        }

        return factor;
    }
}
