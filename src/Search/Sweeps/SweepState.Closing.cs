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

        if (Spec.Confirm > 0 && !stopWanted && NextConfirmation() is { } fresh)
        {
            return fresh;
        }

        var chosen = ChooseContenders();
        var scores = Spec.Command is null ? chosen : [.. chosen.Where(number => ReportedTest(trials[number]) is not null)];
        return scores.Count > 0 ? new ScoringStarted(scores)
            : new SweepEnded(stopWanted ? SweepStatus.Stopped : chosen.Count > 0 ? SweepStatus.Finished : SweepStatus.Failed);
    }

    /// <summary>Trials of the contenders, best first, replicates in order; then, where overtuning is asked for, those of earlier incumbents.</summary>
    private List<int> ChooseContenders()
    {
        var finalists = Confirmed() is { Count: > 0 } confirmed ? confirmed.Where(entry => !IsBehindConfirmed(entry, confirmed[0])) : Finalists();
        var chosen = finalists.SelectMany(entry => entry.Trials.Concat(entry.Confirmation));
        if (Spec.Overtuning)
        {
            chosen = chosen.Concat(bests.SelectMany(number => configurations[number].Trials));
        }

        return [.. chosen.Where(trial => trial.Value is not null).Select(trial => trial.Number).Distinct()];
    }

    private SweepEvent? NextScore(IReadOnlyDictionary<int, SegmentResult> arrivals)
    {
        if (scored == contenders!.Count)
        {
            return new SweepEnded(stopWanted ? SweepStatus.Stopped : SweepStatus.Finished);
        }

        var trial = trials[contenders[scored]];
        if (Spec.Command is not null)
        {
            var (loss, metric) = ReportedTest(trial)!.Value;
            return new TestScored(trial.Number, trial.ToEpoch, loss, metric);
        }

        if (ResultOf(trial, arrivals) is { } result)
        {
            var test = result.Error is null && !result.Diverged ? result.Test : null;
            return new TestScored(trial.Number, trial.ToEpoch, test?.Loss ?? double.NaN, test?.Metric ?? double.NaN);
        }

        return IsQuarantined(trial) ? new TestScored(trial.Number, trial.ToEpoch, double.NaN, double.NaN) : null;
    }

    // A program says with each epoch how it does on its test split, if it has one; nothing reads that before all is decided.
    private static (double Loss, double Metric)? ReportedTest(Trial trial) =>
        trial.Epochs[trial.BestEpoch!.Value - 1].Figures is [.., var loss, var metric] && !(double.IsNaN(loss) && double.IsNaN(metric)) ? (loss, metric) : null;

    private SweepEvent NextCancellation()
    {
        var trial = unstarted ?? unjudged ?? (clock.Head is { } head ? trials[head] : paused.Count > 0 ? trials[paused.Min] : retries.Count > 0 ? trials[retries.Min] : null);
        return trial is null
            ? new SweepEnded(SweepStatus.Cancelled)
            : new TrialEnded(trial.Number, TrialState.Cancelled, FailureReason.None, null);
    }
}
