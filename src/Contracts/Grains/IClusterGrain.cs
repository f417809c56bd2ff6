using Orleans.Concurrency;

namespace ApproxCluster.Contracts;

/// <summary>The cluster as a whole, answered by whichever silo is asked; the key is 0.</summary>
[Alias("approx.cluster")]
public interface IClusterGrain : IGrainWithIntegerKey
{
    /// <summary>Starts a sweep under an identity that the client has chosen, so that asking again after a lost answer does not start another.</summary>
    /// <param name="sweep">Identity.</param>
    /// <param name="spec">Canonical text of the spec.</param>
    /// <param name="cancellationToken">Ends the wait; the sweep may exist nevertheless.</param>
    [Alias("submit")]
    [ResponseTimeout("00:02:00")]
    Task<SubmitReply> Submit(string sweep, string spec, CancellationToken cancellationToken);

    /// <summary>Sweeps, newest first.</summary>
    [Alias("sweeps")]
    Task<SweepSummary[]> Sweeps(bool unfinishedOnly, CancellationToken cancellationToken);

    /// <summary>A sweep, or null.</summary>
    [Alias("sweep")]
    Task<SweepSummary?> Sweep(string sweep, CancellationToken cancellationToken);

    /// <summary>Entries of a sweep's journal from a sequence number on; none when there are none yet.</summary>
    /// <param name="sweep">Identity.</param>
    /// <param name="from">First sequence number.</param>
    /// <param name="limit">Entries at most, 1..<see cref="JournalPage.Limit"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    [Alias("journal")]
    Task<JournalPage> Journal(string sweep, long from, int limit, CancellationToken cancellationToken);

    /// <summary>The silos that are up, by address, with their slots.</summary>
    [Alias("silos")]
    Task<SiloView[]> Silos(CancellationToken cancellationToken);
}

/// <summary>One silo, by its address as the key: answers only on that silo.</summary>
[Alias("approx.silo")]
public interface ISiloGrain : IGrainWithStringKey
{
    /// <summary>The silo and its slots; null when this activation is not on the silo that its key names.</summary>
    [Alias("view")]
    [AlwaysInterleave]
    Task<SiloView?> View(CancellationToken cancellationToken);
}
