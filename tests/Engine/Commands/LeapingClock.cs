using ApproxCluster.Search;

namespace ApproxCluster.Engine.Tests;

/// <summary>A clock that goes an hour ahead when a program's report is taken, so that limits are exceeded then and not before, however slow the machine.</summary>
internal sealed class LeapingClock(int epoch) : TimeProvider, ISweepObserver
{
    private long ahead;

    public override long GetTimestamp() => base.GetTimestamp() + Interlocked.Read(ref ahead);

    public void EpochDone(SweepInfo sweep, TrialProgress progress)
    {
        if (progress.Report.Epoch == epoch)
        {
            Interlocked.Exchange(ref ahead, 3600 * TimestampFrequency);
        }
    }

    public void Decided(SweepInfo sweep, SweepState state)
    {
    }
}
