namespace ApproxCluster.Search;

/// <summary>
/// Stops a trial whose latest value is outside bounds: the (first) objective's, or the generalization gap's. As Optuna 4.9's ThresholdPruner (lower, upper, n_warmup_steps,
/// interval_steps), which knows the objective only; like there a latest objective that is not finite ends the trial. A gap that is not known breaks no bound.
/// </summary>
public sealed class ThresholdPruner : StoppingPruner
{
    private readonly ThresholdPrunerSpec spec;
    private readonly bool maximize;

    /// <summary>Makes the pruner for one search.</summary>
    /// <exception cref="ArgumentException">A lower bound is above its upper bound, or a bound is no number.</exception>
    public ThresholdPruner(ThresholdPrunerSpec spec, PrunerSettings settings)
        : base(spec.WarmupEpochs, spec.IntervalEpochs, settings.Epochs)
    {
        if (!(spec.Lower is null || spec.Upper is null || spec.Lower <= spec.Upper) || !(spec.GapLower is null || spec.GapUpper is null || spec.GapLower <= spec.GapUpper))
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"Bounds are {spec.Lower} to {spec.Upper} and {spec.GapLower} to {spec.GapUpper}, but lower ones must be at most upper ones. Swap them."), nameof(spec));
        }

        (this.spec, maximize) = (spec, settings.Maximize);
    }

    /// <inheritdoc />
    protected override bool IsHopeless(ITrialCurve trial)
    {
        var epoch = trial.Costs.Count;
        var value = maximize ? -trial.Costs[epoch - 1] : trial.Costs[epoch - 1];
        var gap = trial.GapAfter(epoch);
        return !double.IsFinite(value) || value < spec.Lower || value > spec.Upper || gap < spec.GapLower || gap > spec.GapUpper;
    }
}
