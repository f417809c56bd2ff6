using ApproxCluster.Engine;
using ApproxCluster.Search;

namespace ApproxCluster.Client.Local;

/// <summary>How fast a local run went: wall time, trials in it, and when each thousand of them was done.</summary>
internal sealed class RunStatistics(TimeProvider time) : ISweepObserver
{
    private const int Mark = 1000;

    private readonly long begin = time.GetTimestamp();
    private readonly List<double> marks = [];
    private int endedBefore = -1;
    private int ended;

    /// <summary>Wall time since the beginning.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(begin);

    /// <summary>Trials that ended in this process.</summary>
    public int Ended => Math.Max(0, Volatile.Read(ref ended) - Math.Max(0, endedBefore));

    /// <summary>Trials per second in the first and the last full thousand; null with fewer than two of them, or where thousands of repeats ended at one moment.</summary>
    public (double First, double Last)? Thousands
    {
        get
        {
            lock (marks)
            {
                return marks.Count < 2 || marks[0] <= 0 || marks[^1] <= marks[^2] ? null : (Mark / marks[0], Mark / (marks[^1] - marks[^2]));
            }
        }
    }

    /// <inheritdoc />
    public void EpochDone(SweepInfo sweep, TrialProgress progress)
    {
    }

    /// <inheritdoc />
    public void Decided(SweepInfo sweep, SweepState state)
    {
        var now = state.Progress.Ended;
        if (endedBefore < 0)
        {
            endedBefore = now;
        }

        Volatile.Write(ref ended, now);
        var at = Elapsed.TotalSeconds;
        lock (marks)
        {
            while ((marks.Count + 1) * Mark <= now - endedBefore)
            {
                marks.Add(at);
            }
        }
    }
}
