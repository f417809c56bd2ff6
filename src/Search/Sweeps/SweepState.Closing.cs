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

    /// <summary>Trials of the contenders, best first, replicates in order.</summary>
    private List<int> ChooseContenders() =>
        [.. Contestants().SelectMany(entry => entry.Trials).Where(trial => trial.Value is not null).Select(trial => trial.Number)];

    /// <summary>The best configuration and those whose intervals overlap its own; with several objectives those on the front. Best first, at most <see cref="ContenderLimit"/>.</summary>
    private IEnumerable<ConfigurationEntry> Contestants()
    {
        if (Spec.Objective.Further.Count > 0)
        {
            return Leaderboard.Build(this).Where(row => row.ParetoRank == 1).Take(ContenderLimit).Select(row => configurations[row.Configuration]);
        }

        var sound = Ranking.Configurations.Select(number => configurations[number]).TakeWhile(entry => !entry.AnyFailed);
        var best = default(ConfigurationEntry);
        return sound.Where(entry => Interval.Of(entry).Overlaps(Interval.Of(best ??= entry)) && entry.Violation <= best.Violation).Take(ContenderLimit);
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
