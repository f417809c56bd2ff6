using System.Collections.Concurrent;
using ApproxCluster.Contracts;
using ApproxCluster.Dashboard;
using ApproxCluster.Engine;
using ApproxCluster.Search;
using ApproxCluster.Silo.Options;
using ApproxCluster.Storage;

namespace ApproxCluster.Silo.Workers;

/// <summary>
/// The silo's <see cref="SlotWorker"/>: takes part in every unfinished sweep of the store, so that sweeps go on after any restart without anybody
/// asking. It starts when the silo is active and drains before the silo leaves.
/// </summary>
internal sealed partial class SiloWorker(
    IGrainFactory grains,
    ISweepStore store,
    ILocalSiloDetails silo,
    SiloSettings settings,
    NewSweeps newSweeps,
    SweepMetrics metrics,
    TimeProvider time,
    ILogger<SiloWorker> log) : ILifecycleParticipant<ISiloLifecycle>, IAsyncDisposable
{
    private static readonly TimeSpan LookPeriod = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan HoldOff = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, Task> sweeps = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource stopping = new();
    private readonly CancellationTokenSource gone = new();
    private SlotWorker? worker;
    private Task? looking;

    /// <summary>Slots, and how many train now.</summary>
    public (int Count, int Busy) Slots => worker?.Slots ?? (0, 0);

    /// <summary>Sweeps that this silo takes part in.</summary>
    public IEnumerable<string> Sweeps => sweeps.Keys.Order(StringComparer.Ordinal);

    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe(nameof(SiloWorker), ServiceLifecycleStage.Active + 1, StartAsync, StopAsync);

    public async ValueTask DisposeAsync()
    {
        await gone.CancelAsync();
        await StopAsync(CancellationToken.None);
    }

    private Task StartAsync(CancellationToken cancellationToken)
    {
        worker = new SlotWorker(
            new SlotWorkerOptions
            {
                Name = silo.SiloAddress.ToParsableString(),
                Slots = settings.Slots,
                ThreadsPerTrial = settings.ThreadsPerTrial,
                DataFolder = settings.DataFolder,
                WorkFolder = settings.WorkFolder,
                AllowsCommands = settings.AllowCommands,
                Warn = LogWarning,
            },
            store,
            time,
            metrics);
        metrics.UseSlots(() => worker.Slots);
        looking = Task.Run(LookAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    private async Task StopAsync(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            // No time to part in order: the others find out from the membership.
            await gone.CancelAsync();
        }

        await stopping.CancelAsync();
        if (worker is not null)
        {
            await worker.DisposeAsync();
            await looking!;
            await Task.WhenAll(sweeps.Values);
        }
    }

    private async Task LookAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                foreach (var row in await store.ListSweepsAsync(unfinishedOnly: true, stopping.Token))
                {
                    if (!sweeps.ContainsKey(row.Id))
                    {
                        sweeps[row.Id] = Task.Run(() => TakePartAsync(row.Id), CancellationToken.None);
                    }
                }

                await newSweeps.WaitAsync(LookPeriod, time, stopping.Token);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                LogLookFailed(exception);
                await HoldAsync(LookPeriod);
            }
        }
    }

    private async Task TakePartAsync(string sweep)
    {
        try
        {
            var description = await grains.GetGrain<ISweepGrain>(sweep).Describe(stopping.Token);
            var spec = SweepFile.Parse(description.Spec, sweep).Spec
                ?? throw new InvalidDataException($"Sweep {sweep} was described in words that this version does not know. Use one version everywhere.");
            var channel = new GrainSweepChannel(new SweepInfo(sweep, spec, description.Shape), grains, store, gone.Token);
            LogJoined(sweep);
            await worker!.RunAsync(metrics.Watch(channel), stopping.Token);
            LogLeft(sweep);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Stopped before it began.
        }
        catch (Exception exception)
        {
            LogFailed(sweep, HoldOff, exception);
            await HoldAsync(HoldOff);
        }
        finally
        {
            sweeps.TryRemove(sweep, out _);
        }
    }

    private async Task HoldAsync(TimeSpan period)
    {
        try
        {
            await Task.Delay(period, time, stopping.Token);
        }
        catch (OperationCanceledException)
        {
            // Stopped meanwhile.
        }
    }
}
