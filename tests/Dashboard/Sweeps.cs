using ApproxCluster.Engine;
using ApproxCluster.Search;
using ApproxCluster.Storage;
using ApproxCluster.Trainer;

namespace ApproxCluster.Dashboard.Tests;

/// <summary>Sweeps for tests: files, real runs, waiting.</summary>
internal static class Sweeps
{
    /// <summary>A sweep of many small trials that lasts until it is told to stop, with words, whole and real parameters.</summary>
    public static SweepSpec Endless => Parse(Text(trials: 100_000, parallel: 8, epochs: 54, samples: 4000));

    /// <summary>A sweep that is over in a second.</summary>
    public static SweepSpec Short => Parse(Text(trials: 12, parallel: 4, epochs: 6));

    /// <summary>The file of a sweep over spirals.</summary>
    public static string Text(int trials, int parallel, int epochs, int samples = 400) => $$"""
        name: spirals
        target: {kind: points, shape: spirals, samples: {{samples}}, noise: 0.05}
        space:
          encoding: { choice: [identity, {fourier1d: {order: {int: [1, 4]} } }] }
          width: {int: [4, 16], log: true}
          depth: {int: [1, 2]}
          activation: {choice: [relu, tanh]}
          learning_rate: {float: [1e-3, 1e-1], log: true}
        objective: {maximize: validation.accuracy}
        pruner: {asha: {min_epochs: 2, reduction_factor: 3} }
        trials: {{trials}}
        parallel: {{parallel}}
        epochs: {{epochs}}
        """;

    public static SweepSpec Parse(string text)
    {
        var result = SweepFile.Parse(text, "test.yaml");
        Assert.Empty(result.Faults);
        return result.Spec!;
    }

    /// <summary>Waits for a condition, asking often; fails with what was waited for after a generous time.</summary>
    public static async Task<T> UntilAsync<T>(string what, Func<Task<T?>> ask, TimeSpan? patience = null)
        where T : class
    {
        var began = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(began) < (patience ?? TimeSpan.FromSeconds(60)))
        {
            if (await ask() is { } answer)
            {
                return answer;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }

        Assert.Fail($"Waited in vain: {what}");
        return null!;
    }

    /// <summary>A store in a folder of its own.</summary>
    public static async Task<ISweepStore> StoreAsync(TemporaryFolder folder)
    {
        var store = SweepStores.OpenSqlite(Path.Combine(folder.Path, "approx.db"), TimeProvider.System);
        await store.MigrateAsync(CancellationToken.None);
        return store;
    }

    /// <summary>Runs a sweep to its end.</summary>
    public static async Task<string> RunAsync(SweepSpec spec, ISweepStore store, SweepMetrics? metrics, CancellationToken cancellationToken, int slots = 2)
    {
        await using var host = await SweepHost.CreateAsync(spec, "", metrics?.Watch(store) ?? store, TimeProvider.System, metrics, cancellationToken);
        await using var worker = new SlotWorker(new SlotWorkerOptions { Name = "local", Slots = slots, DataFolder = "", IdlePoll = TimeSpan.FromMilliseconds(10) }, store, TimeProvider.System, metrics);
        metrics?.UseSlots(() => worker.Slots);
        await worker.RunAsync(metrics?.Watch(host) ?? host, cancellationToken);
        return host.Sweep.Id;
    }
}

/// <summary>A folder that goes with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("approx-dashboard-").FullName;

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // Somebody still writes there; the system's temporary folder is swept anyway.
        }
    }
}

/// <summary>Shapes and reports by hand.</summary>
internal static class Made
{
    public static readonly TargetShape Shape = new(2, 10, TaskKind.Classification, MetricKind.Accuracy, 100, 50, 50);

    public static EpochReport Epoch(int number, double accuracy = 0.5) => new(number, 0.5, 0.75, accuracy + 0.1, accuracy, 0.01);
}
