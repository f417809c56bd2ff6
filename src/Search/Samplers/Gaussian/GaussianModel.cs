using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ApproxCluster.Search;

/// <summary>
/// A Gaussian process given points with costs, and points that are still tried. The latter count as if their outcome were the posterior mean (kriging believer: Ginsbourger,
/// Le Riche and Carraro, "Kriging is well-suited to parallelize optimization", 2010): the mean stays as it is and the variance shrinks around them.
/// </summary>
internal sealed class GaussianModel
{
    // From some 50 costs on there are as many pairs under noise, and the share is 0.6 to 2. Where a rough function is fitted as noise there mostly are not, or the share is less.
    private const int ClosePairs = 5;
    private const double CloseShare = 2.0 / 3;

    private readonly MaternKernel kernel;
    private readonly GaussianHyperparameters parameters;
    private readonly PointSet points;
    private readonly CholeskyFactor factor;
    private readonly double[] outputs;
    private readonly double[] weights;
    private readonly double mean;
    private readonly double[] values;
    private readonly double[] slopes;
    private readonly double[] whitened;
    private readonly double[] solved;
    private readonly double[] block;
    private InverseFactor? inverse;

    /// <summary>Conditions a process on points.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="parameters">Its scales and noise.</param>
    /// <param name="data">Points with costs, then points without.</param>
    /// <param name="factor">The factor of their correlations.</param>
    /// <param name="outputs">Outputs of the first points.</param>
    /// <param name="known">The factor of the first points alone.</param>
    public GaussianModel(MaternKernel kernel, GaussianHyperparameters parameters, GaussianData data, CholeskyFactor factor, double[] outputs, CholeskyFactor known)
    {
        (this.kernel, this.parameters, Data, points, this.factor, this.outputs) = (kernel, parameters, data, data.Points, factor, outputs);
        (var alpha, mean, var squares) = Regression.Solve(known, outputs);
        Variance = (squares + GaussianPosterior.PriorCount) / (outputs.Length + GaussianPosterior.PriorCount);
        var padded = Lanes.Padded(points.Count);
        weights = new double[padded];
        alpha.CopyTo(weights, 0);
        Fitted = [.. outputs.Select((output, index) => output - parameters.Noise * alpha[index])];
        (values, slopes, whitened, solved) = (new double[padded], new double[padded], new double[points.Count], new double[padded]);
        block = new double[Math.Max(1, points.Count) * CholeskyFactor.Block];
    }

    /// <summary>What it is made from.</summary>
    public GaussianData Data { get; }

    /// <summary>Posterior means at the points with outputs.</summary>
    public double[] Fitted { get; }

    /// <summary>The signal's variance.</summary>
    public double Variance { get; }

    /// <summary>Variance of the noise as a share of the signal's.</summary>
    public double Noise => parameters.Noise;

    /// <summary>Length scales.</summary>
    public IReadOnlyList<double> Lengths => [.. parameters.Scales.Select(scale => 1 / Math.Sqrt(scale))];

    /// <summary>Which of the points with outputs have the least posterior means, least first; of equal points the first only.</summary>
    /// <param name="count">How many at most.</param>
    public IReadOnlyList<int> Leaders(int count)
    {
        var leaders = new List<int>();
        foreach (var index in Enumerable.Range(0, Data.Count).OrderBy(index => Fitted[index]).ThenBy(index => index))
        {
            if (leaders.Count == count)
            {
                break;
            }

            if (!leaders.Exists(leader => Data.Point(leader).AsSpan().SequenceEqual(Data.Point(index))))
            {
                leaders.Add(index);
            }
        }

        return leaders;
    }

    /// <summary>
    /// Whether close points differ as the noise says: of at least <see cref="ClosePairs"/> pairs whose correlation k differs from 1 by less than half the noise, the squared differences of the
    /// outputs sum to <see cref="CloseShare"/> or more of their expectation, 2 variance (noise + 1 - k). A fit may take for noise what is only rougher than its kernel; such a function's close
    /// points are alike.
    /// </summary>
    public bool ShowsNoise()
    {
        var (pairs, squares, expected) = (0, 0.0, 0.0);
        var point = new double[points.Dimensions];
        for (var index = 1; index < outputs.Length; index++)
        {
            points.CopyTo(index, point);
            kernel.Row(points, index, point, parameters.Scales, values, slopes);
            for (var other = 0; other < index; other++)
            {
                var apart = 1 - values[other];
                if (apart < 0.5 * Noise)
                {
                    var difference = outputs[index] - outputs[other];
                    (pairs, squares, expected) = (pairs + 1, squares + difference * difference, expected + 2 * Variance * (Noise + apart));
                }
            }
        }

        return pairs >= ClosePairs && squares >= CloseShare * expected;
    }

    /// <summary>Means of a block of points.</summary>
    public void Means(ReadOnlySpan<double> coordinates, Span<double> means)
    {
        kernel.Block(points, coordinates, parameters.Scales, block);
        WeightedSums(mean, weights, means);
    }

    /// <summary>Mean and variance (without noise) of a block of points, given as in <see cref="MaternKernel.Block"/>.</summary>
    public void Predict(ReadOnlySpan<double> coordinates, Span<double> means, Span<double> variances) => Predict(coordinates, means, variances, [], []);

    /// <summary>As the other, with sums of correlations too.</summary>
    /// <param name="coordinates">The block.</param>
    /// <param name="means">Its means.</param>
    /// <param name="variances">Its variances.</param>
    /// <param name="rows">Weights of the model's points, see <see cref="Influence"/>.</param>
    /// <param name="sums">For each row, the sum of weights times correlations with each point of the block.</param>
    public void Predict(ReadOnlySpan<double> coordinates, Span<double> means, Span<double> variances, ReadOnlySpan<double[]> rows, Span<double> sums)
    {
        Means(coordinates, means);
        for (var index = 0; index < rows.Length; index++)
        {
            WeightedSums(0, rows[index], sums[(index * CholeskyFactor.Block)..]);
        }

        factor.SolveBlock(block);
        ref var first = ref MemoryMarshal.GetReference(block.AsSpan());
        var (sum0, sum1, sum2, sum3) = (Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero);
        for (var row = 0; row < points.Count; row++)
        {
            var at = row * CholeskyFactor.Block;
            var (x0, x1, x2, x3) = (Lanes.Load(ref first, at), Lanes.Load(ref first, at + 8), Lanes.Load(ref first, at + 16), Lanes.Load(ref first, at + 24));
            sum0 = Vector512.FusedMultiplyAdd(x0, x0, sum0);
            sum1 = Vector512.FusedMultiplyAdd(x1, x1, sum1);
            sum2 = Vector512.FusedMultiplyAdd(x2, x2, sum2);
            sum3 = Vector512.FusedMultiplyAdd(x3, x3, sum3);
        }

        Rest(sum0).CopyTo(variances);
        Rest(sum1).CopyTo(variances[8..]);
        Rest(sum2).CopyTo(variances[16..]);
        Rest(sum3).CopyTo(variances[24..]);

        Vector512<double> Rest(Vector512<double> explained) => Vector512.Max(Vector512.Create(Variance) * (Vector512.Create(1.0) - explained), Vector512.Create(Variance * 1e-12));
    }

    /// <summary>
    /// The row of C^-1, C = K + noise, that belongs to a point with a cost: times the correlations k(x) with any x, times noise, it is the posterior correlation of that point and x, as
    /// K C^-1 = I - noise C^-1.
    /// </summary>
    public double[] Influence(int index)
    {
        var row = new double[points.Count];
        row[index] = 1;
        factor.SolveLower(row);
        factor.SolveUpper(row);
        return row;
    }

    /// <summary>For each row of weights, the sum of weights times correlations with a point.</summary>
    public void Sums(ReadOnlySpan<double> point, ReadOnlySpan<double[]> rows, Span<double> sums)
    {
        kernel.Row(points, points.Count, point, parameters.Scales, values, slopes);
        for (var index = 0; index < rows.Length; index++)
        {
            sums[index] = Lanes.Dot(values.AsSpan(0, points.Count), rows[index]);
        }
    }

    /// <summary>The derivatives of such a sum along some numeric dimensions.</summary>
    public void SumGradient(ReadOnlySpan<double> point, ReadOnlySpan<double> row, ReadOnlySpan<int> dimensions, Span<double> gradient)
    {
        kernel.Row(points, points.Count, point, parameters.Scales, values, slopes);
        values.AsSpan().Clear();
        for (var index = 0; index < points.Count; index++)
        {
            values[index] = slopes[index] * row[index];
        }

        for (var index = 0; index < dimensions.Length; index++)
        {
            var dimension = dimensions[index];
            gradient[index] = 2 * parameters.Scales[dimension] * MaternKernel.WeightedDifference(points, dimension, point[dimension], values);
        }
    }

    /// <summary>Mean and variance of a point, and their derivatives along some numeric dimensions.</summary>
    public (double Mean, double Variance) Predict(ReadOnlySpan<double> point, ReadOnlySpan<int> dimensions, Span<double> meanGradient, Span<double> varianceGradient)
    {
        var count = points.Count;
        kernel.Row(points, count, point, parameters.Scales, values, slopes);
        var average = mean + Lanes.Dot(values.AsSpan(0, count), weights.AsSpan(0, count));
        inverse ??= new InverseFactor(factor);
        inverse.Lower(values, whitened);
        var variance = Variance * (1 - Lanes.Dot(whitened, whitened));
        inverse.Upper(whitened, solved);

        // From here on: slope of the mean, and of the variance, by each point's correlation.
        for (var index = 0; index < count; index++)
        {
            values[index] = slopes[index] * weights[index];
            solved[index] *= slopes[index];
        }

        values.AsSpan(count).Clear();
        solved.AsSpan(count).Clear();
        for (var index = 0; index < dimensions.Length; index++)
        {
            var dimension = dimensions[index];
            var scale = 2 * parameters.Scales[dimension];
            meanGradient[index] = scale * MaternKernel.WeightedDifference(points, dimension, point[dimension], values);
            varianceGradient[index] = -2 * Variance * scale * MaternKernel.WeightedDifference(points, dimension, point[dimension], solved);
        }

        return (average, Math.Max(variance, Variance * 1e-12));
    }

    /// <summary>A number plus the weighted sums of the block's correlations, for each of its points.</summary>
    private void WeightedSums(double start, double[] rows, Span<double> sums)
    {
        ref var first = ref MemoryMarshal.GetReference(block.AsSpan());
        var (sum0, sum1, sum2, sum3) = (Vector512.Create(start), Vector512.Create(start), Vector512.Create(start), Vector512.Create(start));
        for (var row = 0; row < points.Count; row++)
        {
            var (weight, at) = (Vector512.Create(rows[row]), row * CholeskyFactor.Block);
            sum0 = Vector512.FusedMultiplyAdd(weight, Lanes.Load(ref first, at), sum0);
            sum1 = Vector512.FusedMultiplyAdd(weight, Lanes.Load(ref first, at + 8), sum1);
            sum2 = Vector512.FusedMultiplyAdd(weight, Lanes.Load(ref first, at + 16), sum2);
            sum3 = Vector512.FusedMultiplyAdd(weight, Lanes.Load(ref first, at + 24), sum3);
        }

        sum0.CopyTo(sums);
        sum1.CopyTo(sums[8..]);
        sum2.CopyTo(sums[16..]);
        sum3.CopyTo(sums[24..]);
    }
}
