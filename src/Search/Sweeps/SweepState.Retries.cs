namespace ApproxCluster.Search;

/// <content>Failed trials that the user has run again.</content>
public sealed partial class SweepState
{
    // Trials to be run again that have not started.
    private readonly SortedSet<int> retries = [];

    /// <summary>
    /// Numbers of the trials that failed by what another attempt may not meet: an error of trainer or target, or workers lost with it. Not of those that diverged, which they would do again, nor of
    /// configurations that cannot be trained, nor in a population, where another trial has taken the place.
    /// </summary>
    public IReadOnlyList<int> Retriable => population is not null ? [] :
    [
        .. trials.Where(trial => trial is { State: TrialState.Failed, Reason: FailureReason.Error or FailureReason.LostTooOften, Entry.Fault: null }).Select(trial => trial.Number),
    ];

    /// <summary>Runs all of them again, a sweep that has ended too; null when there are none, or the user has ended the sweep.</summary>
    internal TrialsRetried? DecideRetry() =>
        created is not null && !stopWanted && !cancelWanted && Retriable is { Count: > 0 } failed ? new(failed) : null;

    private void Apply(TrialsRetried it)
    {
        Require(!stopWanted && !cancelWanted && it.Trials.Count > 0, it, "trials are run again while the user has not ended the sweep");
        end = SweepStatus.Invalid;
        (contenders, scored) = (null, 0);
        foreach (var trial in isContender.Select(number => trials[number]))
        {
            (trial.Test, trial.Buffered, trial.Worker) = (null, null, null);
        }

        isContender.Clear();
        foreach (var number in it.Trials)
        {
            Retry(TrialOf(number, it), it);
        }
    }

    private void Retry(Trial trial, TrialsRetried it)
    {
        Require(trial.State == TrialState.Failed && trial.Reason != FailureReason.Diverged, it, "a trial is run again that has failed, and not by diverging");
        (trial.Reason, trial.Detail, trial.Losses) = (FailureReason.None, null, 0);
        trial.Attempt++;
        trial.Retries++;
        SetState(trial, TrialState.Queued);
        trial.Entry.Ended -= IsConfirming(trial) ? 0 : 1;
        if (trial.SameAs is not null)
        {
            trial.Clear();
            Await(trial);
        }
        else
        {
            retries.Add(trial.Number);
            if (!IsConfirming(trial))
            {
                Ranking.Update(trial.Entry.Earlier ?? trial.Entry);
            }
        }

        NoteHistory(trial.Entry);
    }
}
