using ApproxCluster.Contracts;
using ApproxCluster.Search;
using ApproxCluster.Silo.Workers;
using ApproxCluster.Storage;
using Orleans.Concurrency;
using Orleans.Runtime.Placement;

namespace ApproxCluster.Silo.Grains;

/// <summary>Answers for the cluster from the store and the membership, on the silo that was asked.</summary>
[GrainType("cluster")]
[StatelessWorker]
internal sealed class ClusterGrain(ISweepStore store, IClusterMembershipService membership, NewSweeps newSweeps) : Grain, IClusterGrain
{
    public async Task<SubmitReply> Submit(string sweep, string spec, CancellationToken cancellationToken)
    {
        var reply = await GrainFactory.GetGrain<ISweepGrain>(sweep).Create(spec, cancellationToken);
        if (reply.Outcome == SubmitOutcome.Accepted)
        {
            newSweeps.Announce();
        }

        return reply;
    }

    public async Task<SweepSummary[]> Sweeps(bool unfinishedOnly, CancellationToken cancellationToken) =>
        [.. (await store.ListSweepsAsync(unfinishedOnly, cancellationToken)).Select(SweepViews.Of)];

    public async Task<SweepSummary?> Sweep(string sweep, CancellationToken cancellationToken) =>
        await store.FindSweepAsync(sweep, cancellationToken) is { } row ? SweepViews.Of(row) : null;

    public async Task<JournalPage> Journal(string sweep, long from, int limit, CancellationToken cancellationToken)
    {
        var lines = new List<JournalLine>();
        await foreach (var entry in store.ReadAsync(sweep, from, cancellationToken))
        {
            var (type, payload) = EventCodec.Encode(entry.Event);
            lines.Add(new JournalLine(type, payload, entry.At));
            if (lines.Count >= Math.Clamp(limit, 1, JournalPage.Limit))
            {
                break;
            }
        }

        return new JournalPage(from, [.. lines]);
    }

    public async Task<SiloView[]> Silos(CancellationToken cancellationToken)
    {
        var views = membership.CurrentSnapshot.Members.Values
            .Where(member => member.Status == SiloStatus.Active)
            .Select(member => ViewAsync(member.SiloAddress, cancellationToken));
        return [.. (await Task.WhenAll(views)).OfType<SiloView>().OrderBy(view => view.Address, StringComparer.Ordinal)];
    }

    private async Task<SiloView?> ViewAsync(SiloAddress silo, CancellationToken cancellationToken)
    {
        // The grain of a silo that does not answer is no reason to say nothing of the others.
        try
        {
            RequestContext.Set(IPlacementDirector.PlacementHintKey, silo);
            return await GrainFactory.GetGrain<ISiloGrain>(silo.ToParsableString()).View(cancellationToken);
        }
        catch (Exception exception) when (exception is TimeoutException or OrleansException)
        {
            return null;
        }
        finally
        {
            RequestContext.Clear();
        }
    }
}
