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
    private readonly double noise;

    public CurveAcquisition(GaussianModel model, double incumbent, IReadOnlyList<(double Place, double Bound)> bounds)
    {
        (this.model, this.incumbent, this.bounds) = (model, incumbent, bounds);
        Lengths = [.. model.Lengths.SkipLast(1)];
        noise = model.Noise * model.Variance;
        extended = new double[(Lengths.Count + 1) * CholeskyFactor.Block];
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
                chances[lane] = Math.Min(chances[lane], LogChance(bound, means[lane], variances[lane]));
            }
        }

        last.Fill(1);
        model.Predict(extended, means, variances);
        for (var lane = 0; lane < scores.Length; lane++)
        {
            scores[lane] = LogExpectedImprovement.Value(incumbent, means[lane], variances[lane]).Value + chances[lane];
        }
    }

    private double LogChance(double bound, double mean, double variance)
    {
        var z = (bound - mean) / Math.Sqrt(variance + noise);
        return z > -1
            ? PortableMath.Log(0.5 * ErrorFunction.Complement(-z * RootHalf))
            : PortableMath.Log(0.5 * ErrorFunction.Scaled(-z * RootHalf)) - 0.5 * z * z;
    }
}
