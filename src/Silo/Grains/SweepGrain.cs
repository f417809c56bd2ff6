using ApproxCluster.Contracts;
using ApproxCluster.Dashboard;
using ApproxCluster.Engine;
using ApproxCluster.Search;
using ApproxCluster.Storage;
using ApproxCluster.Trainer;
using Orleans.Placement;

namespace ApproxCluster.Silo.Grains;

/// <summary>Hosts one sweep's <see cref="SweepCoordinator"/> in the cluster. The fence is the journal: an activation that it refuses steps down.</summary>
[GrainType("sweep")]
[RandomPlacement]
internal sealed partial class SweepGrain(
    SweepDesk desk, IClusterMembershipService membership, SweepMetrics metrics, TimeProvider time, ILogger<SweepGrain> log)
    : Grain, ISweepGrain, IRemindable, IDisposable
{
    private readonly Dictionary<int, EpochProgress> newest = [];
    private SweepCoordinator? coordinator;

    private string Id => this.GetPrimaryKeyString();

    private SweepState State => (coordinator ?? throw NotFound()).State;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (await desk.LoadAsync(Id, cancellationToken) is { } loaded)
        {
            await TakeAsync(loaded);
            LogLoaded(Id, loaded.State.Sequence, loaded.State.Status);
        }
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        metrics.Forget(Id);
        return Task.CompletedTask;
    }

    public void Dispose() => turn.Dispose();

    public async Task<SubmitReply> Create(string spec, CancellationToken cancellationToken)
    {
        try
        {
            if (coordinator is null)
            {
                if (await desk.CreateAsync(Id, spec, cancellationToken) is not { } made)
                {
                    return new SubmitReply(SubmitOutcome.Taken);
                }

                await TakeAsync(made);
                LogCreated(Id);
            }

            return new SubmitReply(SweepDesk.IsOf(coordinator!, spec) ? SubmitOutcome.Accepted : SubmitOutcome.Taken);
        }
        catch (Exception exception) when (exception is TargetException or ProgramException or InvalidDataException or ArgumentException)
        {
            return new SubmitReply(SubmitOutcome.Rejected, exception.Message);
        }
        catch (Exception exception) when (exception is JournalConflictException or StorageException)
        {
            throw Unavailable(exception);
        }
    }

    public Task<SweepDescription> Describe(CancellationToken cancellationToken) =>
        Task.FromResult(new SweepDescription(Id, SweepFile.Canonical(State.Spec), State.Shape));

    public Task<WorkerReply> Exchange(WorkerMessage message, CancellationToken cancellationToken) =>
        (group ??= new(turn, ExchangeAllAsync)).ExchangeAsync(message, CancellationToken.None);

    public Task WorkerLost(string worker, CancellationToken cancellationToken)
    {
        LogWorkerLost(Id, worker);
        return CoordinateAsync((coordinator, now) => coordinator.WorkerLostAsync(worker, now, CancellationToken.None));
    }

    public Task Progress(EpochProgress[] epochs, CancellationToken cancellationToken)
    {
        foreach (var epoch in epochs)
        {
            newest[epoch.Trial] = epoch;
        }

        return Task.CompletedTask;
    }

    public Task<SweepView> View(CancellationToken cancellationToken) => Task.FromResult(SweepViews.Of(Id, State, newest));

    public Task<LeaderboardPage> Leaderboard(int offset, int limit, CancellationToken cancellationToken) =>
        Task.FromResult(SweepViews.Leaderboard(State, offset, limit));

    public Task<SweepView> Pause(CancellationToken cancellationToken) =>
        ChangeAsync((coordinator, _) => coordinator.PauseAsync(CancellationToken.None));

    public Task<SweepView> Resume(CancellationToken cancellationToken) =>
        ChangeAsync((coordinator, _) => coordinator.ResumeAsync(CancellationToken.None));

    public async Task<SweepView> Retry(CancellationToken cancellationToken)
    {
        await CoordinateAsync((coordinator, _) => coordinator.RetryAsync(CancellationToken.None));
        await KeepAwakeAsync();
        return SweepViews.Of(Id, State, newest);
    }

    public Task<SweepView> Stop(CancellationToken cancellationToken) =>
        ChangeAsync((coordinator, _) => coordinator.StopAsync(false, CancellationToken.None));

    public Task<SweepView> Cancel(CancellationToken cancellationToken) =>
        ChangeAsync((coordinator, _) => coordinator.StopAsync(true, CancellationToken.None));

    private SweepNotFoundException NotFound() => new($"There is no sweep '{Id}'.");
}
