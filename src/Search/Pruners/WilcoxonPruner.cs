namespace ApproxCluster.Search;

/// <summary>
/// Stops replicates of a configuration that a one-sided signed-rank test finds worse than the incumbent, paired replicate by replicate: those of the same number, each by
/// its best cost up to the epoch of the judgement. As Optuna 4.9's WilcoxonPruner (p_threshold, n_startup_steps), whose steps are problem instances as our
/// replicates are; like there a configuration with the better mean goes on whatever the test says. p-values are exact, also with ties
/// (<see cref="SignedRank"/>), so that nothing is stopped with fewer than 4 pairs at the default threshold of 0.1.
/// <para>
/// The incumbent is the configuration with the smallest mean over the replicates that it has completed, of which there must be
/// <see cref="WilcoxonPrunerSpec.StartupReplicates"/> and none without a finite cost; of equal ones the first. A replicate whose curve has no finite cost up to the epoch
/// counts as the worst. Of several objectives the first is tested, against each configuration with so many completed replicates that is no worse in the mean of any other objective. Judging again and again raises the share of wrong stops above the threshold: use an interval.
/// </para>
/// </summary>
public sealed class WilcoxonPruner : StoppingPruner
{
    private readonly WilcoxonPrunerSpec spec;
    private readonly List<SortedDictionary<int, (ITrialCurve Curve, int Reached)>> configurations = [];
    private readonly int objectives;

    // Mean outcomes of configurations with enough completed replicates; with several objectives only.
    private readonly SortedDictionary<int, double[]> means = [];
    private (double Mean, int Configuration)? incumbent;

    /// <summary>Makes the pruner for one search.</summary>
    /// <param name="spec">Its parameters.</param>
    /// <param name="epochs">Epochs of a trial.</param>
    /// <param name="objectives">Objectives, at least 1.</param>
    public WilcoxonPruner(WilcoxonPrunerSpec spec, int epochs, int objectives = 1)
        : base(spec.WarmupEpochs, spec.IntervalEpochs, epochs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(spec.PThreshold, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(spec.PThreshold, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(spec.StartupReplicates, 1);
        (this.spec, this.objectives) = (spec, objectives);
    }

    /// <inheritdoc />
    public override void Observe(ITrialCurve trial, bool diverged)
    {
        while (configurations.Count <= trial.Configuration)
        {
            configurations.Add([]);
        }

        configurations[trial.Configuration][trial.Replicate] = (trial, trial.Costs.Count);
    }

    /// <inheritdoc />
    public override void Ended(ITrialCurve trial)
    {
        if (trial.Costs.Count < Epochs || trial.Configuration >= configurations.Count)
        {
            return;
        }

        var (sum, count) = (0.0, 0);
        foreach (var (curve, reached) in configurations[trial.Configuration].Values)
        {
            if (reached >= Epochs)
            {
                sum += curve.BestCost;
                count++;
            }
        }

        var mean = sum / count;
        if (objectives > 1 && count >= spec.StartupReplicates)
        {
            Note(trial.Configuration, configurations[trial.Configuration].Values.Where(replicate => replicate.Reached >= Epochs));
        }

        if (incumbent is { } best && best.Configuration == trial.Configuration)
        {
            // Its own mean has changed; the others' have not, and whoever beats it now will say so when its next replicate completes.
            incumbent = double.IsFinite(mean) ? (mean, trial.Configuration) : null;
        }
        else if (count >= spec.StartupReplicates && double.IsFinite(mean) && (incumbent is not { } other || (mean, trial.Configuration).CompareTo(other) < 0))
        {
            incumbent = (mean, trial.Configuration);
        }
    }

    /// <inheritdoc />
    protected override bool IsHopeless(ITrialCurve trial)
    {
        if (objectives > 1)
        {
            var mine = MeanOutcome(configurations[trial.Configuration].Values);
            return mine is not null && means.Any(other => other.Key != trial.Configuration
                && Enumerable.Range(1, objectives - 1).All(objective => other.Value[objective] <= mine[objective]) && IsWorse(trial, other.Key));
        }

        return incumbent is { } best && best.Configuration != trial.Configuration && IsWorse(trial, best.Configuration);
    }

    private bool IsWorse(ITrialCurve trial, int configuration)
    {
        var epoch = trial.Costs.Count;
        var (mine, its) = (configurations[trial.Configuration], configurations[configuration]);
        var differences = new List<double>();
        var (sum, theirs) = (0.0, 0.0);
        foreach (var (replicate, (curve, reached)) in mine)
        {
            if (reached >= epoch && its.TryGetValue(replicate, out var pair) && pair.Reached >= epoch)
            {
                var (left, right) = (BestUpTo(curve, epoch), BestUpTo(pair.Curve, epoch));
                sum += left;
                theirs += right;
                differences.Add(left == right ? 0 : left - right);
            }
        }

        return differences.Count >= spec.StartupReplicates && sum > theirs && SignedRank.Greater(differences) < spec.PThreshold;
    }

    private void Note(int configuration, IEnumerable<(ITrialCurve Curve, int Reached)> replicates)
    {
        if (MeanOutcome(replicates) is { } mean)
        {
            means[configuration] = mean;
        }
        else
        {
            means.Remove(configuration);
        }
    }

    /// <summary>Means over replicates; null when one has no finite outcome or lies beyond a limit.</summary>
    private double[]? MeanOutcome(IEnumerable<(ITrialCurve Curve, int Reached)> replicates)
    {
        var outcomes = replicates.Select(replicate => replicate.Curve.Violation > 0 ? null : replicate.Curve.FiniteOutcome()).ToList();
        return outcomes.Count == 0 || outcomes.Contains(null) ? null : [.. Enumerable.Range(0, objectives).Select(objective => outcomes.Average(outcome => outcome![objective]))];
    }

    private static double BestUpTo(ITrialCurve curve, int epoch)
    {
        var best = double.PositiveInfinity;
        for (var index = 0; index < epoch; index++)
        {
            best = curve.Costs[index] < best ? curve.Costs[index] : best;
        }

        return best;
    }
}
