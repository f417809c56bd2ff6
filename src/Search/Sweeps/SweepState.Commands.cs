namespace ApproxCluster.Search;

public sealed partial class SweepState
{
    /// <summary>Whether a trial has taken too many workers with it and is leased no more.</summary>
    internal static bool IsQuarantined(Trial trial) => trial.Losses >= SweepCoordinator.LossLimit;

    /// <summary>Whether a trial waits for the result of a segment, or of its scoring.</summary>
    internal bool Awaits(Trial trial) => !Status.IsFinal() && trial.Buffered is null && (clock.Contains(trial) || AwaitsScore(trial));

    /// <summary>Trials that wait for a result, with the order in which they should get a slot.</summary>
    internal IEnumerable<(Trial Trial, long Key)> Awaited() => contenders is not null
        ? contenders.Select((number, place) => (trials[number], (long)place)).Where(entry => IsAwaited(entry.Item1))
        : InFlight.Where(IsAwaited).Select(trial => (trial, trial.FinishesAt));

    /// <summary>Whether a result is the one that its trial waits for. All others are duplicates, late, or of attempts that were lost.</summary>
    internal bool Accepts(SegmentResult result) =>
        result.Trial >= 0 && result.Trial < trials.Count
        && trials[result.Trial] is var trial
        && result.Attempt == trial.Attempt && result.Segment == trial.Segment && Awaits(trial);

    /// <summary>An attempt is lost, if it is the present one of a trial that waits for its result.</summary>
    internal AttemptLost? DecideLost(TrialAttempt attempt, string worker, string reason) =>
        attempt.Trial >= 0 && attempt.Trial < trials.Count && trials[attempt.Trial] is var trial && trial.Attempt == attempt.Attempt && Awaits(trial)
            ? new(attempt.Trial, attempt.Attempt, worker, reason)
            : null;

    /// <summary>A pause or its end, if that changes anything.</summary>
    internal PauseChanged? DecidePause(bool pause) => created is null || Status.IsFinal() || pauseWanted == pause ? null : new(pause);

    /// <summary>The user's wish to end: nothing when it is over, scoring, or wished for already.</summary>
    internal StopRequested? DecideStop(bool cancel) =>
        created is null || Status.IsFinal() || cancelWanted || (!cancel && (stopWanted || contenders is not null)) ? null : new(cancel);

    /// <summary>After a stop: a trial in flight of which nothing has been trained and that nobody holds is not begun any more.</summary>
    internal static TrialEnded? DecideNotBegun(Trial trial, bool held) =>
        held || trial.Epochs.Count > 0 || trial.Buffered is not null
            ? null
            : new(trial.Number, TrialState.Cancelled, FailureReason.None, "stopped before it began");

    /// <summary>Notes who holds a trial's segment. It is not in the journal, so no decision may depend on it.</summary>
    internal void SetWorker(Trial trial, string? worker)
    {
        trial.Worker = worker;
        if (!trial.State.IsFinal() && clock.Contains(trial))
        {
            SetState(trial, worker is null && trial.Buffered is null ? TrialState.Queued : TrialState.Running);
        }
    }

    private bool IsAwaited(Trial trial) => Awaits(trial) && !IsQuarantined(trial);

    private bool AwaitsScore(Trial trial) => contenders is not null && Spec.Command is null && trial.Test is null && isContender.Contains(trial.Number);
}
