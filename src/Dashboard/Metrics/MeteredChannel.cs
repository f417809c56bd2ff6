using System.Collections.Concurrent;
using ApproxCluster.Engine;
using ApproxCluster.Search;
using ApproxCluster.Trainer;

namespace ApproxCluster.Dashboard;

/// <summary>A channel that counts what passes.</summary>
internal sealed class MeteredChannel(ISweepChannel inner, SweepMetrics metrics) : ISweepChannel
{
    private readonly ConcurrentDictionary<int, long> flopsOfEpoch = [];

    /// <inheritdoc />
    public SweepInfo Sweep => inner.Sweep;

    /// <inheritdoc />
    public async Task<WorkerReply> ExchangeAsync(WorkerMessage message, CancellationToken cancellationToken)
    {
        var began = metrics.Time.GetTimestamp();
        WorkerReply reply;
        try
        {
            reply = await inner.ExchangeAsync(message, cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            metrics.Process.ExchangeFaults.Add(1);
            throw;
        }
        finally
        {
            metrics.Process.ExchangeDuration.Record(metrics.Time.GetElapsedTime(began).TotalSeconds);
        }

        foreach (var result in message.Results)
        {
            Count(result);
        }

        foreach (var lease in reply.Leases)
        {
            if (lease.Configuration is { } configuration)
            {
                flopsOfEpoch[lease.Trial] = TrialCost.FlopsPerEpoch(configuration, Sweep.Shape);
            }
        }

        metrics.Exchanged(Sweep, message, reply);
        return reply;
    }

    /// <inheritdoc />
    public Task ProgressAsync(IReadOnlyList<TrialProgress> progress, CancellationToken cancellationToken) =>
        inner.ProgressAsync(progress, cancellationToken);

    private void Count(SegmentResult result)
    {
        metrics.Process.Segments.Add(
            1,
            result.Error is not null ? SegmentOutcomes.Error : result.Diverged ? SegmentOutcomes.Diverged : SegmentOutcomes.Done);
        if (flopsOfEpoch.TryRemove(result.Trial, out var flops))
        {
            metrics.Process.Flops.Add(flops * result.Epochs.Count);
        }
    }
}
