using ApproxCluster.Contracts;
using ApproxCluster.Silo.Workers;

namespace ApproxCluster.Silo.Grains;

/// <summary>Speaks for the silo it is on. Callers place it there by hint; one that ended up elsewhere knows and leaves.</summary>
[GrainType("silo")]
internal sealed class SiloGrain(ILocalSiloDetails silo, SiloWorker worker) : Grain, ISiloGrain
{
    public Task<SiloView?> View(CancellationToken cancellationToken)
    {
        var address = silo.SiloAddress.ToParsableString();
        if (address != this.GetPrimaryKeyString())
        {
            DeactivateOnIdle();
            return Task.FromResult<SiloView?>(null);
        }

        var (count, busy) = worker.Slots;
        return Task.FromResult<SiloView?>(new SiloView(silo.Name, address, count, busy, [.. worker.Sweeps]));
    }
}
