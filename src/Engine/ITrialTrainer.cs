using ApproxCluster.Search;
using ApproxCluster.Trainer;

namespace ApproxCluster.Engine;

/// <summary>What trains the trials of one sweep on a worker's slots.</summary>
internal interface ITrialTrainer : IAsyncDisposable
{
    /// <summary>The work that a lease asks for.</summary>
    SegmentRequest SegmentOf(Lease lease);

    /// <summary>Lets go of what is kept of a trial between its segments: it has ended, or goes on elsewhere.</summary>
    void Forget(int trial);
}
