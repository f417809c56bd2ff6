namespace ApproxCluster.Search;

/// <summary>
/// Stops a trial that, by the extrapolation of its learning curve, becomes the best of the search with a probability below 1 - confidence: the predictive termination criterion
/// of Domhan, Springenberg, Hutter (IJCAI 2015, section 4; their delta is 1 - confidence), with the forecasts of <see cref="CurveForecast"/>. The incumbent is the smallest cost that any
/// trial has shown after any epoch that was judged; the trial that holds it is never stopped, nor is one with fewer than four finite costs.
/// <para>What the forecast knows are decays to a level: it gives no credit for curves that fall again after a plateau, such as after a step of the learning rate.</para>
/// </summary>
public sealed class CurvePruner : StoppingPruner
{
    private readonly CurvePrunerSpec spec;
    private double incumbent = double.PositiveInfinity;

    /// <summary>Makes the pruner for one search.</summary>
    /// <param name="spec">Its parameters.</param>
    /// <param name="epochs">Epochs of a trial.</param>
    public CurvePruner(CurvePrunerSpec spec, int epochs)
        : base(spec.WarmupEpochs, spec.IntervalEpochs, epochs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(spec.Confidence, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(spec.Confidence, 1);
        this.spec = spec;
    }

    /// <inheritdoc />
    public override void Observe(ITrialCurve trial, bool diverged) => incumbent = Math.Min(incumbent, trial.BestCost);

    /// <inheritdoc />
    protected override bool IsHopeless(ITrialCurve trial) =>
        trial.BestCost > incumbent
        && CurveForecast.Of(trial.Costs, Epochs) is { } forecast
        && forecast.ProbabilityBelow(incumbent) < 1 - spec.Confidence;
}
