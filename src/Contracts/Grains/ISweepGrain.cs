using ApproxCluster.Search;
using Orleans.Concurrency;

namespace ApproxCluster.Contracts;

/// <summary>
/// One sweep's coordinator; the key is the sweep's identity. It lives on any silo and is rebuilt from the journal wherever it wakes up. Calls fail with
/// <see cref="SweepNotFoundException"/> when there is no such sweep, and with <see cref="SweepUnavailableException"/> when the journal has gone to
/// another activation or cannot be written: call again.
/// </summary>
[Alias("approx.sweep")]
public interface ISweepGrain : IGrainWithStringKey
{
    /// <summary>Registers and starts the sweep. Asking again with the same spec is answered alike.</summary>
    /// <param name="spec">Canonical text of the spec.</param>
    /// <param name="cancellationToken">Ends the wait; the sweep may exist nevertheless.</param>
    [Alias("create")]
    [ResponseTimeout("00:02:00")]
    Task<SubmitReply> Create(string spec, CancellationToken cancellationToken);

    /// <summary>What a worker must know before it takes part.</summary>
    [Alias("describe")]
    [AlwaysInterleave]
    Task<SweepDescription> Describe(CancellationToken cancellationToken);

    /// <summary>Takes a worker's news and answers with work. Those that come while the journal is written are handled together.</summary>
    [Alias("exchange")]
    [AlwaysInterleave]
    Task<WorkerReply> Exchange([Immutable] WorkerMessage message, CancellationToken cancellationToken);

    /// <summary>A worker is known to be gone: what it had is leased again at once.</summary>
    [Alias("worker_lost")]
    Task WorkerLost(string worker, CancellationToken cancellationToken);

    /// <summary>Epochs as they come, for <see cref="View"/>. Losing some is harmless, so nobody waits for it.</summary>
    [Alias("progress")]
    [OneWay]
    [AlwaysInterleave]
    Task Progress([Immutable] EpochProgress[] epochs, CancellationToken cancellationToken);

    /// <summary>How the sweep stands.</summary>
    [Alias("view")]
    [AlwaysInterleave]
    Task<SweepView> View(CancellationToken cancellationToken);

    /// <summary>A page of the leaderboard.</summary>
    /// <param name="offset">Rows to leave out at the top, at least 0.</param>
    /// <param name="limit">Rows at most, 1..1000.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    [Alias("leaderboard")]
    [AlwaysInterleave]
    Task<LeaderboardPage> Leaderboard(int offset, int limit, CancellationToken cancellationToken);

    /// <summary>Nothing new starts; what runs goes on to the end of its segment.</summary>
    [Alias("pause")]
    Task<SweepView> Pause(CancellationToken cancellationToken);

    /// <summary>Undoes a pause.</summary>
    [Alias("resume")]
    Task<SweepView> Resume(CancellationToken cancellationToken);

    /// <summary>Runs the failed trials again that another attempt may mend, those of a sweep that has ended too; nothing where there are none or the user has ended it.</summary>
    [Alias("retry")]
    Task<SweepView> Retry(CancellationToken cancellationToken);

    /// <summary>Ends the sweep early, when the trials in flight have ended.</summary>
    [Alias("stop")]
    Task<SweepView> Stop(CancellationToken cancellationToken);

    /// <summary>Ends the sweep and its trials at once.</summary>
    [Alias("cancel")]
    Task<SweepView> Cancel(CancellationToken cancellationToken);
}
