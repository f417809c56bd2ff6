namespace ApproxCluster.Search;

/// <summary>
/// Virtual time, in <see cref="ApproxCluster.Trainer.TrialCost.WorkPerEpoch"/>. The trial that finishes next, smallest (finish, number), is decided next, whatever
/// the real order of arrivals.
/// </summary>
internal sealed class VirtualClock
{
    /// <summary>No sweep may last longer; leaves room for sums of two times.</summary>
    public const long End = 1L << 62;

    private readonly SortedSet<(long Finish, int Trial)> inFlight = [];

    /// <summary>Time of the last decision.</summary>
    public long Now { get; private set; }

    /// <summary>Trials in flight.</summary>
    public int Count => inFlight.Count;

    /// <summary>The trial that is decided next, or null.</summary>
    public int? Head => inFlight.Count == 0 ? null : inFlight.Min.Trial;

    /// <summary>Trials in flight in order of their finish.</summary>
    public IEnumerable<int> Trials => inFlight.Select(entry => entry.Trial);

    public bool Add(Trial trial) => inFlight.Add((trial.FinishesAt, trial.Number));

    public bool Contains(Trial trial) => inFlight.Contains((trial.FinishesAt, trial.Number));

    public bool Remove(Trial trial) => inFlight.Remove((trial.FinishesAt, trial.Number));

    /// <summary>Moves on to a decision.</summary>
    public void MoveTo(long time) => Now = Math.Max(Now, time);
}
