namespace ApproxCluster.Search;

/// <summary>
/// Stops what overfits: a trial whose generalization gap is above a bound, or whose cost has for k epochs in a row been above its minimum by a tolerance
/// while its gap grew, that is, with a gap at the end of them above the gap at the best epoch and above the gap where they began. No peer's rule: the onset of overfitting
/// on the leaderboard (<see cref="TrialResult.OverfitOnset"/>) as it happens, with its tolerance as default; the criterion is of the family of
/// generalization-loss criteria in Prechelt, "Early stopping - but when?" (1998), sections 2.1 and 2.2.
/// <para>A cost that is not finite counts as above; where the gap is not known, neither rule applies. Epochs before the best one are never counted. Of several objectives it looks at the first and its gap.</para>
/// </summary>
public sealed class GapPruner : StoppingPruner
{
    private readonly GapPrunerSpec spec;

    /// <summary>Makes the pruner for one search.</summary>
    /// <param name="spec">Its parameters.</param>
    /// <param name="epochs">Epochs of a trial.</param>
    public GapPruner(GapPrunerSpec spec, int epochs)
        : base(spec.WarmupEpochs, spec.IntervalEpochs, epochs)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(spec.Tolerance);
        ArgumentOutOfRangeException.ThrowIfLessThan(spec.Patience, 1);
        this.spec = spec;
    }

    /// <inheritdoc />
    protected override bool IsHopeless(ITrialCurve trial)
    {
        var last = trial.Costs.Count;
        var gap = trial.GapAfter(last);
        if (gap > spec.MaxGap)
        {
            return true;
        }

        var first = last - spec.Patience + 1;
        if (first <= 1 || !double.IsFinite(trial.BestCost))
        {
            return false;
        }

        var bound = trial.BestCost + spec.Tolerance * Math.Abs(trial.BestCost);
        for (var epoch = first; epoch <= last; epoch++)
        {
            if (trial.Costs[epoch - 1] <= bound)
            {
                return false;
            }
        }

        var best = first - 1;
        while (trial.Costs[best - 1] != trial.BestCost)
        {
            best--;
        }

        return gap > trial.GapAfter(best) && (spec.Patience == 1 || gap > trial.GapAfter(first));
    }
}
