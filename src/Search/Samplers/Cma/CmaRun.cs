using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>
/// One run of CMA-ES in [0, 1]^d: x ~ m + sigma A N(0, C), A diagonal (the margin's, 1 without). Results may come in any order and from any distribution; lambda of them make a
/// generation. Steps longer than a draw of this distribution would be are shortened (Hansen, "Injecting external solutions into CMA-ES", arXiv:1110.4181, section 3).
/// </summary>
internal sealed class CmaRun
{
    private const double SmallestStep = 1e-9;
    private const double LargestCondition = 1e14;

    private readonly CmaConstants constants;
    private readonly double[][] thresholds;
    private readonly double[] mean;
    private readonly double[] scale;
    private readonly double[] stepPath;
    private readonly double[] path;
    private readonly double[,] covariance;
    private double[] lengths;
    private double[,] axes;
    private double sigma;
    private int generations;
    private int flat;

    /// <summary>Starts.</summary>
    /// <param name="constants">Dimension, population and what follows.</param>
    /// <param name="mean">m, in [0, 1].</param>
    /// <param name="sigma">First standard deviation.</param>
    /// <param name="thresholds">For each coordinate where its value changes, in rising order; empty for continuous ones.</param>
    public CmaRun(CmaConstants constants, double[] mean, double sigma, double[][] thresholds)
    {
        (this.constants, this.mean, this.sigma, this.thresholds) = (constants, mean, sigma, thresholds);
        var dimension = constants.Dimension;
        (stepPath, path, covariance) = (new double[dimension], new double[dimension], new double[dimension, dimension]);
        scale = [.. Enumerable.Repeat(1.0, dimension)];
        (lengths, axes) = ([.. scale], new double[dimension, dimension]);
        for (var index = 0; index < dimension; index++)
        {
            covariance[index, index] = axes[index, index] = 1;
        }
    }

    /// <summary>Results of a generation.</summary>
    public int Population => constants.Population;

    /// <summary>Whether it has converged, or cannot go on.</summary>
    public bool IsOver
    {
        get
        {
            var widest = Enumerable.Range(0, mean.Length).Max(index => sigma * scale[index] * Math.Sqrt(covariance[index, index]));
            return widest < SmallestStep || lengths.Max() > Math.Sqrt(LargestCondition) * lengths.Min() || flat > 10 + 30 * mean.Length / Population;
        }
    }

    /// <summary>Draws a point: again while it lies outside of [0, 1]^d, after some tries clipped to it.</summary>
    public double[] Draw(ref Philox random)
    {
        const int Tries = 100;
        var point = new double[mean.Length];
        for (var attempt = 1; attempt <= Tries; attempt++)
        {
            var normal = new double[mean.Length];
            for (var index = 0; index < normal.Length; index++)
            {
                normal[index] = lengths[index] * Normal.Quantile(random.NextDouble());
            }

            var inside = true;
            for (var row = 0; row < point.Length; row++)
            {
                var sum = 0.0;
                for (var column = 0; column < normal.Length; column++)
                {
                    sum += axes[row, column] * normal[column];
                }

                point[row] = mean[row] + sigma * scale[row] * sum;
                inside &= point[row] is >= 0 and <= 1;
            }

            if (inside)
            {
                return point;
            }
        }

        return [.. point.Select(number => Math.Clamp(number, 0, 1))];
    }

    /// <summary>Takes a generation's points from the best to the worst.</summary>
    /// <param name="points">Population points.</param>
    /// <param name="isFlat">Whether all were equally good.</param>
    public void Close(IReadOnlyList<double[]> points, bool isFlat)
    {
        var (dimension, c) = (mean.Length, constants);
        generations++;
        flat = isFlat ? flat + 1 : 0;
        double[][] steps = [.. points.Select(Step)];
        double[][] whitened = [.. steps.Select(Whiten)];
        Shorten(steps, whitened);

        double[] move = Weighted(steps), whiteMove = Weighted(whitened);
        var squared = 0.0;
        for (var index = 0; index < dimension; index++)
        {
            mean[index] = Math.Clamp(mean[index] + sigma * scale[index] * move[index], 0, 1);
            stepPath[index] = (1 - c.ForStep) * stepPath[index] + Math.Sqrt(c.ForStep * (2 - c.ForStep) * c.Better) * whiteMove[index];
            squared += stepPath[index] * stepPath[index];
        }

        var length = Math.Sqrt(squared);
        var fading = 1 - FastMath.Exp(2 * generations * FastMath.Log(1 - c.ForStep));
        var isSlow = length / Math.Sqrt(fading) < (1.4 + 2 / (dimension + 1.0)) * c.Length;
        for (var index = 0; index < dimension; index++)
        {
            path[index] = (1 - c.ForPath) * path[index] + (isSlow ? Math.Sqrt(c.ForPath * (2 - c.ForPath) * c.Better) * move[index] : 0);
        }

        Adapt(steps, whitened, isSlow ? 0 : c.ForPath * (2 - c.ForPath));
        sigma = Math.Min(1, sigma * FastMath.Exp(Math.Min(1, c.ForStep / c.Damping * (length / c.Length - 1))));
        Decompose();
        CmaMargin.Keep(mean, scale, index => sigma * Math.Sqrt(covariance[index, index]), thresholds, 1.0 / (dimension * Population));
    }

    private double[] Step(double[] point) => [.. point.Select((number, index) => (number - mean[index]) / (sigma * scale[index]))];

    /// <summary>C^(-1/2) y.</summary>
    private double[] Whiten(double[] step)
    {
        var dimension = step.Length;
        var white = new double[dimension];
        for (var axis = 0; axis < dimension; axis++)
        {
            var along = 0.0;
            for (var row = 0; row < dimension; row++)
            {
                along += axes[row, axis] * step[row];
            }

            along /= lengths[axis];
            for (var row = 0; row < dimension; row++)
            {
                white[row] += axes[row, axis] * along;
            }
        }

        return white;
    }

    private static void Shorten(double[][] steps, double[][] whitened)
    {
        for (var index = 0; index < steps.Length; index++)
        {
            double dimension = steps[index].Length;
            var length = Math.Sqrt(whitened[index].Sum(number => number * number));
            var longest = Math.Sqrt(dimension) + 2 * dimension / (dimension + 2);
            if (length > longest)
            {
                steps[index] = [.. steps[index].Select(number => number * longest / length)];
                whitened[index] = [.. whitened[index].Select(number => number * longest / length)];
            }
        }
    }

    private double[] Weighted(double[][] steps)
    {
        var sum = new double[mean.Length];
        for (var rank = 0; rank < steps.Length && constants.Weights[rank] > 0; rank++)
        {
            for (var index = 0; index < sum.Length; index++)
            {
                sum[index] += constants.Weights[rank] * steps[rank][index];
            }
        }

        return sum;
    }

    /// <summary>Equation 47: the covariance forgets, and takes the path and the steps, the worse ones with negative weights that cannot make it indefinite.</summary>
    private void Adapt(double[][] steps, double[][] whitened, double stalled)
    {
        var c = constants;
        double[] weights =
        [
            .. c.Weights.Select((weight, rank) => weight >= 0 ? weight : weight * mean.Length / (whitened[rank].Sum(number => number * number) + 1e-8)),
        ];
        var kept = 1 + c.ForRankOne * stalled - c.ForRankOne - c.ForRankMu * c.WeightSum;
        for (var row = 0; row < mean.Length; row++)
        {
            for (var column = 0; column <= row; column++)
            {
                var sum = 0.0;
                for (var rank = 0; rank < steps.Length; rank++)
                {
                    sum += weights[rank] * steps[rank][row] * steps[rank][column];
                }

                var value = kept * covariance[row, column] + c.ForRankOne * path[row] * path[column] + c.ForRankMu * sum;
                covariance[row, column] = covariance[column, row] = value;
            }
        }
    }

    private void Decompose()
    {
        const double Least = 1e-20;
        var (values, vectors) = SymmetricEigen.Of((double[,])covariance.Clone());
        (lengths, axes) = ([.. values.Select(value => Math.Sqrt(Math.Max(value, Least)))], vectors);
    }
}
