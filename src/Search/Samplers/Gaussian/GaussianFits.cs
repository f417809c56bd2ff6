namespace ApproxCluster.Search;

/// <summary>
/// Fits hyperparameters when enough has been added: at 2, 3, ... costs, and from 12 on whenever there are a twelfth more. A fit starts from the prior's mode and knows nothing of
/// earlier ones, so it is a function of the costs at its front of the order.
/// </summary>
internal sealed class GaussianFits(MaternKernel kernel)
{
    private int fitted;
    private GaussianHyperparameters? parameters;

    /// <summary>Only so many at the front are as they were.</summary>
    public void Forget(int unchanged) => fitted = unchanged < fitted ? 0 : fitted;

    /// <summary>The model of some data.</summary>
    public GaussianModel Model(GaussianData data, out double[] outputs)
    {
        var size = Size(data.Count);
        if (size != fitted)
        {
            parameters = Fit(data.Points, data.Costs.AsSpan(0, size));
            fitted = size;
            if (Knobs.D > 0) Console.WriteLine($"fit {size} l {string.Join(' ', parameters.Scales.Select(x => (1 / Math.Sqrt(x)).ToString("0.00")))} noise {parameters.Noise:0.0e+0} power {parameters.Power:0.00} off {parameters.Offset:0.0e+0}");
        }

        var warp = new OutputWarp(data.Costs.AsSpan(0, size), parameters!.Power, parameters.Offset);
        outputs = [.. data.Costs.Select(warp.Map)];
        var known = Factor(data.Points, 0, data.Count, new CholeskyFactor(data.Count));
        var factor = data.Points.Count == data.Count ? known : Factor(data.Points, data.Count, data.Points.Count, known.Copy(data.Points.Count));
        return new GaussianModel(kernel, parameters, data.Points, factor, outputs, known);
    }

    /// <summary>The largest size at or below a count at which there is a fit.</summary>
    private static int Size(int count)
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

    private GaussianHyperparameters Fit(PointSet points, ReadOnlySpan<double> costs)
    {
        var posterior = new GaussianPosterior(kernel, points, costs);
        var vector = GaussianPrior.Mode(kernel.Dimensions);
        var (lower, upper) = GaussianHyperparameters.Bounds(kernel.Dimensions);
        new ProjectedLbfgs { GradientTolerance = 0.02, ValueTolerance = 1e-4 }.Minimize(posterior.Value, vector, lower, upper);
        return new GaussianHyperparameters(vector);
    }

    private CholeskyFactor Factor(PointSet points, int from, int to, CholeskyFactor factor)
    {
        var padded = Lanes.Padded(to + 1);
        var (row, slopes, point) = (new double[padded], new double[padded], new double[kernel.Dimensions]);
        for (var index = from; index < to; index++)
        {
            points.CopyTo(index, point);
            kernel.Row(points, index, point, parameters!.Scales, row, slopes);
            row[index] = 1 + parameters.Noise;
            factor.Add(row.AsSpan(0, index + 1), 0.5 * GaussianHyperparameters.NoiseFloor);
        }

        return factor;
    }
}
