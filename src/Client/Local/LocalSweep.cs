using ApproxCluster.Client.Commands;
using ApproxCluster.Client.Rendering;
using ApproxCluster.Engine;
using ApproxCluster.Search;
using ApproxCluster.Storage;
using ApproxCluster.Trainer;

namespace ApproxCluster.Client.Local;

/// <summary>Runs a hosted sweep in this process until it ends or somebody interrupts it, and shows it meanwhile.</summary>
internal sealed class LocalSweep(SweepHost host, ISweepStore store, SweepData data, RunSettings settings, TimeProvider time)
{
    private static readonly TimeSpan ViewInterval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromSeconds(3);

    /// <summary>Serves the run, or null.</summary>
    public LocalServer? Server { get; init; }

    /// <summary>
    /// Trains until the sweep's status is final (true) or <paramref name="stop"/> is cancelled: then checkpoints are saved and leases given back
    /// (false). Faults of the store end it likewise and are thrown.
    /// </summary>
    public async Task<bool> RunAsync(IProgressView view, ISweepObserver observer, Action<string> warn, CancellationToken stop)
    {
        var options = new SlotWorkerOptions
        {
            Name = "local",
            Slots = settings.Slots,
            ThreadsPerTrial = settings.ThreadsPerTrial,
            DataFolder = data.Folder,
            WorkFolder = data.WorkFolder,
            OpenTarget = (_, _) => data.Target!,
            GiveUpAfter = GiveUpAfter,
            Warn = warn,
        };
        using var viewing = new CancellationTokenSource();
        var showing = ShowAsync(view, viewing.Token);
        try
        {
            await using var worker = new SlotWorker(options, store, time, observer);
            Server?.UseSlots(worker);
            await worker.RunAsync(Server?.Watch(host) ?? host, stop);
        }
        finally
        {
            await viewing.CancelAsync();
            await showing;
        }

        return await host.ReadAsync(state => state.Status.IsFinal(), CancellationToken.None);
    }

    private Task ShowAsync(IProgressView view, CancellationToken cancellationToken) => view.RunAsync(async show =>
    {
        var watcher = new SweepWatcher(view.TopRows);
        using var timer = new PeriodicTimer(ViewInterval, time);
        try
        {
            do
            {
                show(await host.ReadAsync(watcher.Look, cancellationToken));
            }
            while (await timer.WaitForNextTickAsync(cancellationToken));
        }
        catch (OperationCanceledException)
        {
            // The last look, after the end.
            show(await host.ReadAsync(watcher.Look, CancellationToken.None));
        }
    });
}

/// <summary>What a sweep trains with on this machine.</summary>
/// <param name="Target">Its target, loaded; null where a program trains.</param>
/// <param name="Folder">Folder of its data or its program.</param>
/// <param name="WorkFolder">Folder for what its programs keep.</param>
internal sealed record SweepData(ITarget? Target, string Folder, string WorkFolder);
