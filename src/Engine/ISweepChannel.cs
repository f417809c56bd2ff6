using ApproxCluster.Search;
using ApproxCluster.Trainer;

namespace ApproxCluster.Engine;

/// <summary>
/// A worker's way to the coordinator of one sweep: a direct call in <c>approx run</c>, grain calls on a silo. Messages are idempotent; a failed call is
/// sent again.
/// </summary>
public interface ISweepChannel
{
    /// <summary>The sweep.</summary>
    SweepInfo Sweep { get; }

    /// <summary>Tells news and takes work.</summary>
    Task<WorkerReply> ExchangeAsync(WorkerMessage message, CancellationToken cancellationToken);

    /// <summary>Epochs as they come, for live curves and metrics; losing some is harmless.</summary>
    Task ProgressAsync(IReadOnlyList<TrialProgress> progress, CancellationToken cancellationToken);
}

/// <summary>What a worker must know of a sweep.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Spec">The sweep.</param>
/// <param name="Shape">Sizes of its target.</param>
public sealed record SweepInfo(string Id, SweepSpec Spec, TargetShape Shape);

/// <summary>An epoch as it came.</summary>
public sealed record TrialProgress(int Trial, int Attempt, EpochReport Report, double Seconds);

/// <summary>Whoever shows a sweep live: told on the thread that knows, must be quick and thread-safe.</summary>
public interface ISweepObserver
{
    /// <summary>An epoch ended on this process's slots.</summary>
    void EpochDone(SweepInfo sweep, TrialProgress progress);

    /// <summary>The coordinator in this process has decided something.</summary>
    void Decided(SweepInfo sweep, SweepState state);
}
