namespace ApproxCluster.Engine;

/// <summary>
/// Shares the slots of one worker among its sweeps: how many segments each may ask for. Segments that last microseconds are asked for ahead, so
/// that slots do not wait for an exchange after each; long ones never, so that no machine hoards work that another could do.
/// </summary>
internal sealed class SlotPlan(int slots)
{
    private const double SecondsAhead = 0.02;
    private const int MostAheadPerSlot = 32;

    private readonly Lock gate = new();
    private int claimed;
    private double meanSeconds = 1;

    /// <summary>Segments leased and not ended, over all sweeps.</summary>
    public int Claimed
    {
        get
        {
            lock (gate)
            {
                return claimed;
            }
        }
    }

    /// <summary>Claims what is free, for one exchange; what comes back unused is released.</summary>
    public int Claim()
    {
        lock (gate)
        {
            var ahead = Math.Min(MostAheadPerSlot, (int)(SecondsAhead / meanSeconds));
            var free = Math.Max(0, slots * (1 + ahead) - claimed);
            claimed += free;
            return free;
        }
    }

    /// <summary>Gives back segments that ended or were not leased.</summary>
    public void Release(int segments)
    {
        lock (gate)
        {
            claimed -= segments;
        }
    }

    /// <summary>Learns how long segments last.</summary>
    public void Ended(double seconds)
    {
        lock (gate)
        {
            meanSeconds += (Math.Max(seconds, 1e-5) - meanSeconds) / 16;
        }
    }
}
