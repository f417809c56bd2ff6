namespace ApproxCluster.Search;

public sealed partial class SweepState
{
    private static readonly IReadOnlyDictionary<int, SegmentResult> Nothing = new Dictionary<int, SegmentResult>();

    // Nothing is in flight and nothing can begin.
    private SweepEvent NextClosing()
    {
        if (!stopWanted && pruner!.Promotion(closing: true) is { } promoted)
        {
            return Start(trials[promoted]);
        }

        if (paused.Count > 0)
        {
            return Pruned(trials[paused.Min]);
        }

        var chosen = ChooseContenders();
        return chosen.Count > 0 ? new ScoringStarted(chosen) : new SweepEnded(stopWanted ? SweepStatus.Stopped : SweepStatus.Failed);
    }

    /// <summary>Trials of the best configuration and of those whose intervals overlap its own, best first, replicates in order.</summary>
    private List<int> ChooseContenders()
    {
        var chosen = new List<int>();
        var best = default(Interval?);
        var taken = 0;
        foreach (var number in Ranking.Configurations)
        {
            var entry = configurations[number];
            if (entry.AnyFailed || taken == ContenderLimit)
            {
                break;
            }

            var interval = Interval.Of(entry);
            if (best is null || interval.Overlaps(best.Value))
            {
                best ??= interval;
                taken++;
                chosen.AddRange(entry.Trials.Where(trial => trial.Value is not null).Select(trial => trial.Number));
            }
        }

        return chosen;
    }

    private SweepEvent? NextScore(IReadOnlyDictionary<int, SegmentResult> arrivals)
    {
        if (scored == contenders!.Count)
        {
            return new SweepEnded(stopWanted ? SweepStatus.Stopped : SweepStatus.Finished);
        }

        var trial = trials[contenders[scored]];
        if (ResultOf(trial, arrivals) is { } result)
        {
            var test = result.Error is null && !result.Diverged ? result.Test : null;
            return new TestScored(trial.Number, trial.ToEpoch, test?.Loss ?? double.NaN, test?.Metric ?? double.NaN);
        }

        return IsQuarantined(trial) ? new TestScored(trial.Number, trial.ToEpoch, double.NaN, double.NaN) : null;
    }

    private SweepEvent NextCancellation()
    {
        var trial = unstarted ?? unjudged ?? (clock.Head is { } head ? trials[head] : paused.Count > 0 ? trials[paused.Min] : null);
        return trial is null
            ? new SweepEnded(SweepStatus.Cancelled)
            : new TrialEnded(trial.Number, TrialState.Cancelled, FailureReason.None, null);
    }
}
