using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>
/// Log expected hypervolume improvement for two objectives with independent models, in closed form (the strips of Emmerich, Yang, Deutz, Wang and Fonseca, "A multicriteria
/// generalization of Bayesian global optimization", 2016): where the front is (a_1, b_1), (a_2, b_2) ... with rising a, the region that no point dominates is strips from a_i to
/// a_(i+1) below b_i, b_0 and the last a being the reference's. Each gives (EI_1(a_(i+1)) - EI_1(a_i)) EI_2(b_i), where EI(t) is the expected improvement on t; all of it is
/// summed as logarithms, so that it is never lost to underflow.
/// </summary>
internal sealed class HypervolumeAcquisition : ISmoothAcquisition
{
    private readonly GaussianModel first;
    private readonly GaussianModel second;
    private readonly double[] edges;
    private readonly double[] heights;
    private readonly double[] logs;
    private readonly double[] logSlopes;
    private readonly double[] terms;
    private readonly double[] firstMeans = new double[CholeskyFactor.Block];
    private readonly double[] firstVariances = new double[CholeskyFactor.Block];
    private readonly double[] secondMeans = new double[CholeskyFactor.Block];
    private readonly double[] secondVariances = new double[CholeskyFactor.Block];
    private readonly double[][] gradients;

    /// <summary>Makes the acquisition for a front.</summary>
    /// <param name="first">Model of the first objective.</param>
    /// <param name="second">Model of the second.</param>
    /// <param name="front">Non-dominated outputs, by rising first one.</param>
    /// <param name="reference">A point that they all dominate.</param>
    public HypervolumeAcquisition(GaussianModel first, GaussianModel second, IReadOnlyList<double[]> front, double[] reference)
    {
        (this.first, this.second) = (first, second);
        edges = [.. front.Select(point => point[0]), reference[0]];
        heights = [reference[1], .. front.Select(point => point[1])];
        (logs, logSlopes, terms) = (new double[edges.Length], new double[edges.Length], new double[edges.Length]);
        Lengths = [.. first.Lengths.Zip(second.Lengths, Math.Min)];
        gradients = [.. Enumerable.Range(0, 4).Select(_ => new double[Lengths.Count])];
    }

    /// <inheritdoc />
    public IReadOnlyList<double> Lengths { get; }

    /// <inheritdoc />
    public void Score(ReadOnlySpan<double> block, Span<double> scores)
    {
        first.Predict(block, firstMeans, firstVariances);
        second.Predict(block, secondMeans, secondVariances);
        for (var lane = 0; lane < scores.Length; lane++)
        {
            scores[lane] = Sum(firstMeans[lane], firstVariances[lane], secondMeans[lane], secondVariances[lane]).Value;
        }
    }

    /// <inheritdoc />
    public double Value(ReadOnlySpan<double> point, ReadOnlySpan<int> moving, Span<double> gradient)
    {
        var (mean1, variance1) = first.Predict(point, moving, gradients[0], gradients[1]);
        var (mean2, variance2) = second.Predict(point, moving, gradients[2], gradients[3]);
        var (value, byMean1, byVariance1, byMean2, byVariance2) = Sum(mean1, variance1, mean2, variance2);
        for (var index = 0; index < moving.Length; index++)
        {
            gradient[index] = byMean1 * gradients[0][index] + byVariance1 * gradients[1][index] + byMean2 * gradients[2][index] + byVariance2 * gradients[3][index];
        }

        return value;
    }

    /// <summary>The logarithm of the sum over strips, and its derivatives by the four moments.</summary>
    internal (double Value, double ByMean1, double ByVariance1, double ByMean2, double ByVariance2) Sum(
        double mean1, double variance1, double mean2, double variance2)
    {
        var (deviation1, deviation2) = (Math.Sqrt(variance1), Math.Sqrt(variance2));
        var most = double.NegativeInfinity;
        for (var strip = 0; strip < edges.Length; strip++)
        {
            (logs[strip], logSlopes[strip]) = LogExpectedImprovement.LogH((edges[strip] - mean1) / deviation1);
            terms[strip] = Width(strip).Log + LogExpectedImprovement.LogH((heights[strip] - mean2) / deviation2).Value;
            most = Math.Max(most, terms[strip]);
        }

        if (double.IsNegativeInfinity(most))
        {
            return (most, 0, 0, 0, 0);
        }

        var (sum, m1, d1, m2, d2) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for (var strip = 0; strip < edges.Length; strip++)
        {
            var share = PortableMath.Exp(terms[strip] - most);
            if (share == 0)
            {
                continue;
            }

            // d ln h / dz = s, so by the mean -s / deviation, and d ln(deviation h) / d deviation = (1 - z s) / deviation.
            var (_, before) = Width(strip);
            var z = (edges[strip] - mean1) / deviation1;
            var (bySlope, bySpread) = (logSlopes[strip], 1 - z * logSlopes[strip]);
            if (before > 0)
            {
                var left = (edges[strip - 1] - mean1) / deviation1;
                bySlope = (bySlope - before * logSlopes[strip - 1]) / (1 - before);
                bySpread = (bySpread - before * (1 - left * logSlopes[strip - 1])) / (1 - before);
            }

            var height = (heights[strip] - mean2) / deviation2;
            var slope = LogExpectedImprovement.LogH(height).Slope;
            sum += share;
            m1 -= share * bySlope / deviation1;
            d1 += share * bySpread / deviation1;
            m2 -= share * slope / deviation2;
            d2 += share * (1 - height * slope) / deviation2;
        }

        var value = most + PortableMath.Log(sum) + PortableMath.Log(deviation1) + PortableMath.Log(deviation2);
        return (value, m1 / sum, d1 / (sum * 2 * deviation1), m2 / sum, d2 / (sum * 2 * deviation2));
    }

    /// <summary>ln (h_i - h_(i-1)), and h_(i-1) / h_i.</summary>
    private (double Log, double Before) Width(int strip)
    {
        if (strip == 0)
        {
            return (logs[0], 0);
        }

        var ratio = PortableMath.Exp(logs[strip - 1] - logs[strip]);
        return ratio < 1 ? (logs[strip] + PortableMath.Log(1 - ratio), ratio) : (double.NegativeInfinity, 0);
    }
}
