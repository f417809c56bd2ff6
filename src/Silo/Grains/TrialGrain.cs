using ApproxCluster.Contracts;
using ApproxCluster.Search;
using ApproxCluster.Storage;
using ApproxCluster.Trainer;
using Orleans.Placement;

namespace ApproxCluster.Silo.Grains;

/// <summary>
/// Knows of a trial what its slot has said since this activation woke up, and has the store for everything before. It keeps nothing that a lost
/// activation could lose.
/// </summary>
[GrainType("trial")]
[PreferLocalPlacement]
internal sealed class TrialGrain(ISweepStore store) : Grain, ITrialGrain
{
    private readonly SortedDictionary<int, EpochProgress> live = [];
    private TrialConfiguration? configuration;
    private string? worker;
    private int attempt;

    public Task Started(Lease lease, string worker, CancellationToken cancellationToken)
    {
        if (lease.Attempt >= attempt)
        {
            attempt = lease.Attempt;
            configuration = lease.Configuration;
            this.worker = worker;
        }

        return Task.CompletedTask;
    }

    public Task Advanced(int attempt, EpochProgress[] epochs, CancellationToken cancellationToken)
    {
        if (attempt >= this.attempt)
        {
            this.attempt = attempt;
            foreach (var epoch in epochs)
            {
                live[epoch.Report.Epoch] = epoch;
            }
        }

        return Task.CompletedTask;
    }

    public async Task<TrialView?> View(CancellationToken cancellationToken)
    {
        var (sweep, trial) = TrialKey.Parse(this.GetPrimaryKeyString());
        if (await store.FindTrialAsync(sweep, trial, cancellationToken) is not { } row)
        {
            return null;
        }

        var curves = new SortedDictionary<int, EpochProgress>(live);
        foreach (var epoch in await store.ListEpochsAsync(sweep, trial, cancellationToken))
        {
            curves[epoch.Report.Epoch] = new EpochProgress(trial, attempt, epoch.Report, epoch.Seconds);
        }

        var checkpoint = await store.FindCheckpointAsync(sweep, trial, cancellationToken);
        return new TrialView
        {
            Sweep = sweep,
            Trial = trial,
            State = row.State,
            Parameters = row.Parameters,
            Configuration = configuration,
            Attempt = Math.Max(attempt, checkpoint?.Attempt ?? 0),
            Worker = row.State.IsFinal() ? null : worker,
            Checkpoint = checkpoint is null
                ? null
                : new CheckpointReference(checkpoint.Attempt, checkpoint.Segment, checkpoint.EpochsDone, checkpoint.Data.Length),
            Epochs = [.. curves.Values],
        };
    }
}
