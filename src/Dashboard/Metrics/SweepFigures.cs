using ApproxCluster.Search;

namespace ApproxCluster.Dashboard;

/// <summary>Figures of a sweep as its coordinator last decided. Guarded by the sweep's lock.</summary>
internal sealed class SweepFigures(TimeProvider time)
{
    private readonly int[] counts = new int[(int)TrialState.Cancelled + 1];
    private long startedAt;
    private double? startedWith;

    public SweepStatus Status { get; private set; }

    /// <summary>Trials there will be.</summary>
    public long Planned { get; private set; }

    /// <summary>Share of the work that is done, 0..1.</summary>
    public double Progress { get; private set; }

    public double VirtualTime { get; private set; }

    public double? BestValue { get; private set; }

    public double? BestGap { get; private set; }

    public int? BestTrial { get; private set; }

    /// <summary>Trials in a state.</summary>
    public int Count(TrialState state) => counts[(int)state];

    /// <summary>Seconds left at the rate since this process took the sweep up; null before there is one.</summary>
    public double? SecondsLeft()
    {
        var elapsed = startedWith is null ? 0 : time.GetElapsedTime(startedAt).TotalSeconds;
        var done = Progress - (startedWith ?? 0);
        return Status.IsFinal() ? 0 : done > 0 && elapsed > 0 ? elapsed * (1 - Progress) / done : null;
    }

    /// <summary>Looks again; costs the same whatever the number of trials.</summary>
    public void Update(SweepState state)
    {
        var progress = state.Progress;
        (Status, Planned, Progress, VirtualTime) = (progress.Status, progress.Planned, progress.Share, state.VirtualTime);
        for (var trialState = TrialState.Queued; trialState <= TrialState.Cancelled; trialState++)
        {
            counts[(int)trialState] = state.Count(trialState);
        }

        if (progress.Best is { } best)
        {
            (BestValue, BestTrial) = (best.Value, best.Trial);
            BestGap = state.Spec.Objective.GapOf(state.Trials[best.Trial].Epochs[best.Epoch - 1]);
        }

        if (startedWith is null)
        {
            startedAt = time.GetTimestamp();
            startedWith = Progress;
        }
    }
}
