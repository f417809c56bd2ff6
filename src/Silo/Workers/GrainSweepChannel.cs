using ApproxCluster.Contracts;
using ApproxCluster.Engine;
using ApproxCluster.Search;
using ApproxCluster.Storage;

namespace ApproxCluster.Silo.Workers;

/// <summary>
/// A worker's way to a sweep's grain. Failing exchanges are the worker's to repeat: it keeps its results until a message with them is answered. The
/// trial grains and the curves are told on the side, where nothing waits for them.
/// </summary>
internal sealed class GrainSweepChannel(SweepInfo sweep, IGrainFactory grains, ISweepStore store, CancellationToken gone) : ISweepChannel
{
    private readonly ISweepGrain grain = grains.GetGrain<ISweepGrain>(sweep.Id);

    /// <inheritdoc />
    public SweepInfo Sweep => sweep;

    /// <inheritdoc />
    public async Task<WorkerReply> ExchangeAsync(WorkerMessage message, CancellationToken cancellationToken)
    {
        gone.ThrowIfCancellationRequested();
        var reply = await grain.Exchange(message, cancellationToken);
        foreach (var lease in reply.Leases)
        {
            Trial(lease.Trial).Started(lease, message.Worker, CancellationToken.None).Ignore();
        }

        return reply;
    }

    /// <inheritdoc />
    public async Task ProgressAsync(IReadOnlyList<TrialProgress> progress, CancellationToken cancellationToken)
    {
        gone.ThrowIfCancellationRequested();
        var epochs = progress.Select(epoch => new EpochProgress(epoch.Trial, epoch.Attempt, epoch.Report, epoch.Seconds)).ToArray();
        await grain.Progress(epochs, cancellationToken);
        foreach (var attempt in epochs.GroupBy(epoch => (epoch.Trial, epoch.Attempt)))
        {
            await Trial(attempt.Key.Trial).Advanced(attempt.Key.Attempt, [.. attempt], cancellationToken);
        }

        await store.SaveEpochsAsync(
            sweep.Id, [.. progress.Select(epoch => new EpochRow(epoch.Trial, epoch.Report, epoch.Seconds))], cancellationToken);
    }

    private ITrialGrain Trial(int trial) => grains.GetGrain<ITrialGrain>(TrialKey.Of(sweep.Id, trial));
}
