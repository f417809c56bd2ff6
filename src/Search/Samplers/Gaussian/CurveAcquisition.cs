using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>
/// Log expected improvement at the last epoch, plus the logarithm of the probability of coming so far: of the epochs at which trials are stopped, that of the one
/// that is hardest to pass (the outcomes at neighbouring epochs are too much alike to be multiplied). As in constrained expected improvement (J. Gardner et al., ICML 2014).
/// </summary>
internal sealed class CurveAcquisition : IAcquisition
{
    private const double RootHalf = 0.70710678118654752440;

    private readonly GaussianModel model;
    private readonly double incumbent;
    private readonly IReadOnlyList<(double Place, double Bound)> bounds;
    private readonly double[] means = new double[CholeskyFactor.Block];
    private readonly double[] variances = new double[CholeskyFactor.Block];
    private readonly double[] chances = new double[CholeskyFactor.Block];
    private readonly double[] extended;
    private readonly double[] point;
    private readonly double[] meanGradient;
    private readonly double[] varianceGradient;
    private readonly double noise;

    public CurveAcquisition(GaussianModel model, double incumbent, IReadOnlyList<(double Place, double Bound)> bounds)
    {
        (this.model, this.incumbent, this.bounds) = (model, incumbent, bounds);
        Lengths = [.. model.Lengths.SkipLast(1)];
        noise = model.Noise * model.Variance;
        extended = new double[(Lengths.Count + 1) * CholeskyFactor.Block];
        point = new double[Lengths.Count + 1];
        (meanGradient, varianceGradient) = (new double[Lengths.Count], new double[Lengths.Count]);
    }

    /// <inheritdoc />
    public IReadOnlyList<double> Lengths { get; }

    /// <inheritdoc />
    public void Score(ReadOnlySpan<double> block, Span<double> scores)
    {
        block[..(Lengths.Count * CholeskyFactor.Block)].CopyTo(extended);
        chances.AsSpan().Clear();
        var last = extended.AsSpan(Lengths.Count * CholeskyFactor.Block);
        foreach (var (place, bound) in bounds)
        {
            last.Fill(place);
            model.Predict(extended, means, variances);
            for (var lane = 0; lane < scores.Length; lane++)
            {
                chances[lane] = Math.Min(chances[lane], LogChance(bound, means[lane], variances[lane]).Value);
            }
        }

        last.Fill(1);
        model.Predict(extended, means, variances);
        for (var lane = 0; lane < scores.Length; lane++)
        {
            scores[lane] = LogExpectedImprovement.Value(incumbent, means[lane], variances[lane]).Value + chances[lane];
        }
    }

    /// <inheritdoc />
    public double Value(ReadOnlySpan<double> at, ReadOnlySpan<int> moving, Span<double> gradient)
    {
        at.CopyTo(point);
        point[^1] = 1;
        var (mean, variance) = model.Predict(point, moving, meanGradient, varianceGradient);
        var (value, byMean, byVariance) = LogExpectedImprovement.Value(incumbent, mean, variance);
        for (var index = 0; index < moving.Length; index++)
        {
            gradient[index] = byMean * meanGradient[index] + byVariance * varianceGradient[index];
        }

        var least = 0.0;
        Span<double> slope = stackalloc double[moving.Length];
        slope.Clear();
        foreach (var (place, bound) in bounds)
        {
            point[^1] = place;
            (mean, variance) = model.Predict(point, moving, meanGradient, varianceGradient);
            var (chance, meanSlope, varianceSlope) = LogChance(bound, mean, variance);
            if (chance < least)
            {
                least = chance;
                for (var index = 0; index < moving.Length; index++)
                {
                    slope[index] = meanSlope * meanGradient[index] + varianceSlope * varianceGradient[index];
                }
            }
        }

        for (var index = 0; index < moving.Length; index++)
        {
            gradient[index] += slope[index];
        }

        return value + least;
    }

    private (double Value, double ByMean, double ByVariance) LogChance(double bound, double mean, double variance)
    {
        var deviation = Math.Sqrt(variance + noise);
        var z = (bound - mean) / deviation;
        double value, mills;
        if (z > -1)
        {
            var share = 0.5 * ErrorFunction.Complement(-z * RootHalf);
            (value, mills) = (PortableMath.Log(share), PortableMath.Exp(-0.5 * z * z - Normal.LogRootTwoPi) / share);
        }
        else
        {
            var scaled = 0.5 * ErrorFunction.Scaled(-z * RootHalf);
            (value, mills) = (PortableMath.Log(scaled) - 0.5 * z * z, PortableMath.Exp(-Normal.LogRootTwoPi) / scaled);
        }

        return (value, -mills / deviation, -mills * z / (2 * (variance + noise)));
    }
}
