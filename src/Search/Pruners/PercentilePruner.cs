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
/// <para>
/// Of several objectives what is compared is the front: a trial is stopped when the one that its outcome so far would come to among the completed trials' costs after the same epoch
/// (<see cref="FrontLevels"/>) is beyond the percentile of theirs. So nothing is stopped that none of them dominates, which "worse than the median in one objective" would do, and no trial is
/// kept for the sake of one objective alone, as "worse in all" would do. A trial beyond a limit is stopped.
/// </para>
/// </summary>
public sealed class PercentilePruner : StoppingPruner
{
    private readonly PercentilePrunerSpec spec;
    private readonly int objectives;
    private readonly List<ITrialCurve> completed = [];

    // Sorted costs after an epoch, of the first so many completed trials: brought up to date when they are looked at.
    private readonly Dictionary<int, (List<double> Sorted, int Trials)> byEpoch = [];
    private readonly Dictionary<int, (FrontLevels Fronts, int Trials)> frontsByEpoch = [];

    /// <summary>Makes the pruner for one search.</summary>
    /// <param name="spec">Its parameters.</param>
    /// <param name="epochs">Epochs of a trial.</param>
    /// <param name="objectives">Objectives, at least 1.</param>
    public PercentilePruner(PercentilePrunerSpec spec, int epochs, int objectives = 1)
        : base(spec.WarmupEpochs, spec.IntervalEpochs, epochs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(spec.Percentile, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(spec.Percentile, 100);
        (this.spec, this.objectives) = (spec, objectives);
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

        if (objectives > 1)
        {
            return IsBehind(trial);
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

    private bool IsBehind(ITrialCurve trial)
    {
        if (trial.Violation > 0 || trial.FiniteOutcome() is not { } outcome)
        {
            return true;
        }

        var fronts = FrontsAt(trial.Costs.Count);
        var count = fronts.Points.Count;
        if (count == 0 || count < spec.MinTrials)
        {
            return false;
        }

        var place = spec.Percentile / 100 * (count - 1);
        var below = (int)Math.Floor(place);
        var (low, high) = (fronts.LevelAt(below), fronts.LevelAt(Math.Min(below + 1, count - 1)));
        return fronts.LevelOf(outcome) > low + (place - below) * (high - low);
    }

    private FrontLevels FrontsAt(int epoch)
    {
        var (fronts, trials) = frontsByEpoch.TryGetValue(epoch, out var known) ? known : (new(), 0);
        for (; trials < completed.Count; trials++)
        {
            double[] costs = [.. Enumerable.Range(0, objectives).Select(objective => completed[trials].CostAfter(objective, epoch))];
            if (Array.TrueForAll(costs, double.IsFinite))
            {
                fronts.Add(costs);
            }
        }

        frontsByEpoch[epoch] = (fronts, trials);
        return fronts;
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
