using ApproxCluster.Search;
using ApproxCluster.Trainer;

namespace ApproxCluster.Engine;

/// <summary>What trains the trials of one sweep on a worker's slots.</summary>
internal interface ITrialTrainer : IAsyncDisposable
{
    /// <summary>The work that a lease asks for.</summary>
    SegmentRequest SegmentOf(Lease lease);

    /// <summary>Lets go of what is kept of a trial between its segments; quick.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="isOver">Whether it has ended or goes on elsewhere, so that nothing of it will be needed here again.</param>
    void Forget(int trial, bool isOver);

    /// <summary>The sweep has ended: nothing of it will be needed here again.</summary>
    void SweepOver();
}
