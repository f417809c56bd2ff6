namespace ApproxCluster.Search;

/// <summary>States of a trial. Completed, Pruned, Failed and Cancelled are final.</summary>
public enum TrialState
{
    /// <summary>Not a state.</summary>
    Invalid,

    /// <summary>In flight in virtual time, not yet leased to a slot.</summary>
    Queued,

    /// <summary>Leased to a slot, or waiting there for its turn in virtual time.</summary>
    Running,

    /// <summary>Waits at a rung for promotion.</summary>
    Paused,

    /// <summary>Trained to its last epoch.</summary>
    Completed,

    /// <summary>Stopped by the pruner.</summary>
    Pruned,

    /// <summary>Ended by a fault; see <see cref="FailureReason"/>.</summary>
    Failed,

    /// <summary>Ended by the user.</summary>
    Cancelled,
}

/// <summary>Why a trial failed.</summary>
public enum FailureReason
{
    /// <summary>It did not.</summary>
    None,

    /// <summary>A loss became NaN or infinite.</summary>
    Diverged,

    /// <summary>The trainer or the target reported an error.</summary>
    Error,

    /// <summary>Its slot was lost three times.</summary>
    LostTooOften,
}

/// <summary>States of a sweep. Finished, Stopped, Cancelled and Failed are final.</summary>
public enum SweepStatus
{
    /// <summary>Not a state.</summary>
    Invalid,

    /// <summary>Trials run.</summary>
    Running,

    /// <summary>The user paused it: nothing new starts.</summary>
    Paused,

    /// <summary>The user stopped it: running trials end, no new ones start.</summary>
    Stopping,

    /// <summary>The contenders are scored on the test split.</summary>
    Scoring,

    /// <summary>Done; its digest is final.</summary>
    Finished,

    /// <summary>Ended early by the user, with the results so far.</summary>
    Stopped,

    /// <summary>Cancelled by the user.</summary>
    Cancelled,

    /// <summary>No trial could be trained.</summary>
    Failed,
}

/// <summary>Facts of states.</summary>
public static class States
{
    /// <summary>Whether a trial in this state never changes again.</summary>
    public static bool IsFinal(this TrialState state) =>
        state is TrialState.Completed or TrialState.Pruned or TrialState.Failed or TrialState.Cancelled;

    /// <summary>Whether a sweep in this state never changes again.</summary>
    public static bool IsFinal(this SweepStatus status) =>
        status is SweepStatus.Finished or SweepStatus.Stopped or SweepStatus.Cancelled or SweepStatus.Failed;
}
