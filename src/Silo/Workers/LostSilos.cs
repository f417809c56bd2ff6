using ApproxCluster.Contracts;
using ApproxCluster.Storage;

namespace ApproxCluster.Silo.Workers;

/// <summary>
/// Tells the coordinators of unfinished sweeps at once when a silo is dead, so that nobody waits for its leases to run out. Every silo does: the
/// word is the same however often it comes, and leases that run out are what remains when it does not.
/// </summary>
internal sealed partial class LostSilos(
    IClusterMembershipService membership, ISweepStore store, IGrainFactory grains, TimeProvider time, ILogger<LostSilos> log)
    : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private const int Tries = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource stopping = new();
    private readonly HashSet<SiloAddress> told = [];
    private Task? watching;

    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(nameof(LostSilos), ServiceLifecycleStage.Active + 1, StartAsync, StopAsync);

    public void Dispose() => stopping.Dispose();

    private Task StartAsync(CancellationToken cancellationToken)
    {
        // Those that were dead before this silo came are old news.
        told.UnionWith(Dead(membership.CurrentSnapshot));
        watching = Task.Run(WatchAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    private async Task StopAsync(CancellationToken cancellationToken)
    {
        await stopping.CancelAsync();
        await (watching ?? Task.CompletedTask);
    }

    private async Task WatchAsync()
    {
        try
        {
            await foreach (var snapshot in membership.MembershipUpdates.WithCancellation(stopping.Token))
            {
                foreach (var silo in Dead(snapshot).Where(told.Add))
                {
                    await TellAsync(silo.ToParsableString());
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The silo leaves.
        }
    }

    private async Task TellAsync(string worker)
    {
        LogDead(worker);
        for (var attempt = 1; attempt <= Tries; attempt++)
        {
            try
            {
                foreach (var sweep in await store.ListSweepsAsync(unfinishedOnly: true, stopping.Token))
                {
                    await grains.GetGrain<ISweepGrain>(sweep.Id).WorkerLost(worker, stopping.Token);
                }

                return;
            }
            catch (Exception exception) when (!stopping.IsCancellationRequested)
            {
                LogNotTold(worker, attempt, exception);
                await Task.Delay(Pause, time, stopping.Token);
            }
        }
    }

    private static IEnumerable<SiloAddress> Dead(ClusterMembershipSnapshot snapshot) =>
        snapshot.Members.Values.Where(member => member.Status == SiloStatus.Dead).Select(member => member.SiloAddress);

    [LoggerMessage(Level = LogLevel.Information, Message = "Silo {Silo} is dead.")]
    private partial void LogDead(string silo);

    [LoggerMessage(Level = LogLevel.Information, Message = "Not every coordinator knows yet that silo {Silo} is dead (attempt {Attempt}).")]
    private partial void LogNotTold(string silo, int attempt, Exception exception);
}
