using System.Runtime.Intrinsics;

namespace ApproxCluster.Search;

/// <summary>Log expected improvement on the best posterior mean at a point tried.</summary>
internal sealed class ImprovementAcquisition : ISmoothAcquisition
{
    private readonly GaussianModel model;
    private readonly double incumbent;
    private readonly double[] means = new double[CholeskyFactor.Block];
    private readonly double[] variances = new double[CholeskyFactor.Block];
    private readonly double[] values = new double[CholeskyFactor.Block];
    private readonly double[] meanGradient;
    private readonly double[] varianceGradient;

    public ImprovementAcquisition(GaussianModel model)
    {
        this.model = model;
        incumbent = model.Fitted.Min();
        Lengths = model.Lengths;
        (meanGradient, varianceGradient) = (new double[Lengths.Count], new double[Lengths.Count]);
    }

    /// <inheritdoc />
    public IReadOnlyList<double> Lengths { get; }

    /// <inheritdoc />
    public void Score(ReadOnlySpan<double> block, Span<double> scores)
    {
        model.Predict(block, means, variances);
        for (var lane = 0; lane < scores.Length; lane += Lanes.Count)
        {
            LogExpectedImprovement.Value(incumbent, Vector512.Create(means, lane), Vector512.Create(variances, lane)).CopyTo(values, lane);
        }

        values.AsSpan(0, scores.Length).CopyTo(scores);
    }

    /// <inheritdoc />
    public double Value(ReadOnlySpan<double> point, ReadOnlySpan<int> moving, Span<double> gradient)
    {
        var (mean, variance) = model.Predict(point, moving, meanGradient, varianceGradient);
        var (value, byMean, byVariance) = LogExpectedImprovement.Value(incumbent, mean, variance);
        for (var index = 0; index < moving.Length; index++)
        {
            gradient[index] = byMean * meanGradient[index] + byVariance * varianceGradient[index];
        }

        return value;
    }
}
