namespace ApproxCluster.Search;

/// <summary>
/// How much lower the least posterior mean at a point tried is expected to be once another point has been tried, noise and all: the knowledge gradient for correlated beliefs (P. Frazier,
/// W. Powell and S. Dayanik, "The knowledge-gradient policy for correlated normal beliefs", INFORMS Journal on Computing 21, 2009, section 4), over the points tried and the new one (W. Scott,
/// P. Frazier and W. Powell, "The correlated knowledge gradient for simulation optimization of continuous parameters using Gaussian process regression", SIAM Journal on Optimization 21, 2011),
/// as its logarithm. The mean at a point moves by Z times its covariance with the new one over the new observation's deviation, Z standard normal; so the least mean is that of lines in Z.
/// Unlike there, what it is compared with leaves out the new point, which cannot be recommended before it is tried; so without noise it is the expected improvement.
/// </summary>
internal sealed class KnowledgeGradient : ISmoothAcquisition
{
    // Of the points tried, those with the least means, any of which may come to be the one.
    public const int Leaders = 20;

    private readonly GaussianModel model;
    private readonly double[][] rows;
    private readonly LineEnvelope lines;
    private readonly double[] means = new double[CholeskyFactor.Block];
    private readonly double[] variances = new double[CholeskyFactor.Block];
    private readonly double[] sums;
    private readonly double[] leaders;
    private readonly double[] heights;
    private readonly double[] slopes;
    private readonly double[] byHeight;
    private readonly double[] bySlope;
    private readonly double[] combined;
    private readonly double[][] gradients;

    /// <summary>Makes it for a model with noise.</summary>
    public KnowledgeGradient(GaussianModel model)
    {
        this.model = model;
        var best = model.Leaders(Leaders);
        leaders = [.. best.Select(index => model.Fitted[index])];
        rows = [.. best.Select(model.Influence)];
        var count = best.Count + 1;
        lines = new LineEnvelope(count);
        (heights, slopes, byHeight, bySlope) = (new double[count], new double[count], new double[count], new double[count]);
        sums = new double[best.Count * CholeskyFactor.Block];
        combined = new double[rows[0].Length];
        Lengths = model.Lengths;
        gradients = [.. Enumerable.Range(0, 3).Select(_ => new double[Lengths.Count])];
    }

    /// <inheritdoc />
    public IReadOnlyList<double> Lengths { get; }

    /// <summary>Variance of the noise, which also makes covariances of the sums with <see cref="GaussianModel.Influence"/>.</summary>
    private double NoiseVariance => model.Variance * model.Noise;

    /// <inheritdoc />
    public void Score(ReadOnlySpan<double> block, Span<double> scores)
    {
        model.Predict(block, means, variances, rows, sums);
        for (var lane = 0; lane < scores.Length; lane++)
        {
            for (var leader = 0; leader < leaders.Length; leader++)
            {
                slopes[leader] = sums[leader * CholeskyFactor.Block + lane];
            }

            Prepare(means[lane], variances[lane]);
            scores[lane] = lines.LogGain(heights, slopes, -leaders[0], [], []);
        }
    }

    /// <inheritdoc />
    public double Value(ReadOnlySpan<double> point, ReadOnlySpan<int> moving, Span<double> gradient)
    {
        var (mean, variance) = model.Predict(point, moving, gradients[0], gradients[1]);
        model.Sums(point, rows, slopes);
        var deviation = Prepare(mean, variance);
        var value = lines.LogGain(heights, slopes, -leaders[0], byHeight, bySlope);

        // Slopes are covariances over the deviation: of the point itself variance / deviation.
        var last = leaders.Length;
        var byDeviation = 0.0;
        combined.AsSpan().Clear();
        for (var line = 0; line <= last; line++)
        {
            byDeviation -= bySlope[line] * slopes[line] / deviation;
            if (line < last && bySlope[line] != 0)
            {
                Lanes.AddScaled(bySlope[line] * NoiseVariance / deviation, rows[line], combined);
            }
        }

        var byVariance = bySlope[last] / deviation + byDeviation / (2 * deviation);
        model.SumGradient(point, combined, moving, gradients[2]);
        for (var index = 0; index < moving.Length; index++)
        {
            gradient[index] = -byHeight[last] * gradients[0][index] + byVariance * gradients[1][index] + gradients[2][index];
        }

        return value;
    }

    /// <summary>Lines of minus the means, from the leaders' sums in the slopes; returns the deviation of the new observation.</summary>
    private double Prepare(double mean, double variance)
    {
        var deviation = Math.Sqrt(variance + NoiseVariance);
        for (var leader = 0; leader < leaders.Length; leader++)
        {
            heights[leader] = -leaders[leader];
            slopes[leader] = NoiseVariance * slopes[leader] / deviation;
        }

        (heights[^1], slopes[^1]) = (-mean, variance / deviation);
        return deviation;
    }
}
