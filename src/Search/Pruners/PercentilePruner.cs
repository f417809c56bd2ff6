namespace ApproxCluster.Search;

/// <summary>
/// Stops a trial whose best cost so far is above a percentile of the costs that the completed trials had after the same epoch. With the 50th this is the
/// median rule of Golovin, Solnik, Moitra, Kochanski, Karro, Sculley, "Google Vizier: a service for black-box optimization" (KDD 2017, section 3.2.2) as Optuna 4.9's MedianPruner
/// and PercentilePruner have it: against values at the epoch, not against running averages. Percentiles lie between neighbours in proportion (NumPy's "linear").
/// <para>
/// Optuna's n_startup_trials, n_min_trials, n_warmup_steps and interval_steps are <see cref="PercentilePrunerSpec.StartupTrials"/>,
/// <see cref="PercentilePrunerSpec.MinTrials"/>, <see cref="PercentilePrunerSpec.WarmupEpochs"/> and <see cref="PercentilePrunerSpec.IntervalEpochs"/>. Completed are
/// trials that ended with all their epochs; epochs without a finite value are left out. A trial without any finite value is stopped once the rule applies; ties go on.
/// </para>
/// </summary>
public sealed class PercentilePruner : StoppingPruner
{
    private readonly PercentilePrunerSpec spec;
    private readonly List<ITrialCurve> completed = [];

    // Sorted costs after an epoch, of the first so many completed trials: brought up to date when they are looked at.
    private readonly Dictionary<int, (List<double> Sorted, int Trials)> byEpoch = [];

    /// <summary>Makes the pruner for one search.</summary>
    /// <param name="spec">Its parameters.</param>
    /// <param name="epochs">Epochs of a trial.</param>
    public PercentilePruner(PercentilePrunerSpec spec, int epochs)
        : base(spec.WarmupEpochs, spec.IntervalEpochs, epochs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(spec.Percentile, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(spec.Percentile, 100);
        this.spec = spec;
    }

    /// <inheritdoc />
    public override void Ended(ITrialCurve trial)
    {
        if (trial.Costs.Count >= Epochs)
        {
            completed.Add(trial);
        }
    }

    /// <inheritdoc />
    protected override bool IsHopeless(ITrialCurve trial)
    {
        if (completed.Count == 0 || completed.Count < spec.StartupTrials)
        {
            return false;
        }

        if (!double.IsFinite(trial.BestCost))
        {
            return true;
        }

        var costs = At(trial.Costs.Count);
        return costs.Count > 0 && costs.Count >= spec.MinTrials && trial.BestCost > Percentile(costs, spec.Percentile);
    }

    /// <summary>The percentile of sorted numbers, of which there is at least one.</summary>
    internal static double Percentile(List<double> costs, double percent)
    {
        var place = percent / 100 * (costs.Count - 1);
        var below = (int)Math.Floor(place);
        var above = Math.Min(below + 1, costs.Count - 1);
        return costs[below] + (place - below) * (costs[above] - costs[below]);
    }

    private List<double> At(int epoch)
    {
        var (sorted, trials) = byEpoch.TryGetValue(epoch, out var known) ? known : ([], 0);
        for (; trials < completed.Count; trials++)
        {
            var cost = completed[trials].Costs[epoch - 1];
            if (double.IsFinite(cost))
            {
                var place = sorted.BinarySearch(cost);
                sorted.Insert(place < 0 ? ~place : place, cost);
            }
        }

        byEpoch[epoch] = (sorted, trials);
        return sorted;
    }
}
