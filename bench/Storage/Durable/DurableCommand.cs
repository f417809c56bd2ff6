using System.Globalization;
using System.Text.Json;
using ApproxCluster.Testing;

namespace ApproxCluster.Bench.Storage;

/// <summary>
/// Measures what a sweep's bookkeeping costs when everything is committed before anybody is told, beside what was recorded of Optuna 4.9 elsewhere (random sampler, the
/// same ten parameters, PostgreSQL with fsync, two loaded cores). PostgreSQL waits for the disk at every commit; SQLite does not (see docs/storage.md).
/// </summary>
internal static class DurableCommand
{
    private const string Recorded =
        "Optuna 4.9, recorded elsewhere: PostgreSQL, 8 workers 20-49 trials/s, p50 142-380 ms, p99 497-740 ms a trial; 1 worker 36 trials/s; report and ASHA decision 3.6-9.4 ms "
        + "(SQLite 5.9 ms); PostgreSQL 2.3 KB of tables and indexes and 5.2-7.7 KB of log a trial, SQLite 1.9 KB.";

    /// <summary>All cases on all stores there are.</summary>
    /// <param name="trials">Trials of a sweep whose objective is free.</param>
    /// <param name="json">Whether to print JSON, an object a line.</param>
    public static async Task RunAsync(int trials, bool json)
    {
        var nap = TimeSpan.FromMilliseconds(50);
        (string Name, DurableCase Case, int Trials)[] cases =
        [
            ("free, 1 worker", new(1, 1, TimeSpan.Zero, 1), trials / 4),
            ("free, 8 workers", new(8, 1, TimeSpan.Zero, 1), trials),
            ("free, 8 workers of 4 slots", new(8, 4, TimeSpan.Zero, 1), trials),
            ("sleeping 50 ms, 1 worker", new(1, 1, nap, 1), 60),
            ("sleeping 50 ms, 8 workers", new(8, 1, nap, 1), 480),
            ("20 epochs, ASHA, 1 worker", new(1, 1, TimeSpan.Zero, 20), trials / 8),
            ("20 epochs, ASHA, 8 workers", new(8, 1, TimeSpan.Zero, 20), trials / 4),
            ("20 epochs, ASHA, 8 workers of 4 slots", new(8, 4, TimeSpan.Zero, 20), trials / 4),
            ("20 epochs, ASHA, 8 workers that tell them live", new(8, 1, TimeSpan.Zero, 20, Tells: true), trials / 4),
        ];
        if (!json)
        {
            Console.WriteLine("| store | case | trials/s | p50 ms | p99 ms | ms an epoch | CPU ms a trial | trials an append | bytes a trial | log bytes a trial |");
            Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|");
        }

        await OnStoresAsync(MeasureAsync);
        if (!json)
        {
            Console.WriteLine();
            Console.WriteLine(Recorded);
            Console.WriteLine(Machine());
        }

        async Task MeasureAsync(DurableStore store)
        {
            foreach (var (name, one, count) in cases)
            {
                var it = await one.RunAsync(store, count);
                Console.WriteLine(json
                    ? JsonSerializer.Serialize(new { store = store.Name, name, trials = count, figures = it })
                    : string.Create(
                        CultureInfo.InvariantCulture,
                        $"| {store.Name} | {name} | {it.Rate:0} | {it.Median:0.0} | {it.Tail:0.0} | {it.Step:0.000} | {it.Cpu:0.00} | {it.Share:0.0} | {it.Bytes:0} | {it.Log:0} |"));
            }
        }
    }

    /// <summary>Ours and Optuna's in turn, on all stores there are.</summary>
    /// <param name="optuna">Optuna's side.</param>
    /// <param name="trials">Trials of a sweep whose objective is free.</param>
    /// <param name="rounds">How often each takes its turn.</param>
    /// <param name="json">Whether to print JSON, an object a line.</param>
    public static async Task ContestAsync(OptunaPeer optuna, int trials, int rounds, bool json)
    {
        var version = await optuna.VersionAsync();
        if (!json)
        {
            Console.WriteLine($"| store | case | figure | ours | Optuna {version} | ratio |");
            Console.WriteLine("|---|---|---|---|---|---|");
        }

        await OnStoresAsync(store => DurableContest.RunAsync(store, optuna, trials, rounds, json));
        if (!json)
        {
            Console.WriteLine();
            Console.WriteLine(FormattableString.Invariant($"Medians of {rounds} rounds in turn. {Machine()}"));
        }
    }

    /// <summary>Opens one store after the other, with some trials run to warm up.</summary>
    private static async Task OnStoresAsync(Func<DurableStore, Task> measure)
    {
        await using (var sqlite = SqliteUnderTest.Open())
        {
            await WarmAsync(sqlite);
            await measure(sqlite);
        }

        if (PostgresServer.Missing is null)
        {
            await using var postgres = await PostgresUnderTest.OpenAsync();
            await WarmAsync(postgres);
            await measure(postgres);
        }

        static async Task WarmAsync(DurableStore store)
        {
            await store.Store.MigrateAsync(CancellationToken.None);
            await new DurableCase(8, 1, TimeSpan.Zero, 1).RunAsync(store, 400);
        }
    }

    private static string Machine() =>
        $"Load here: {(File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg") : "unknown").Trim()}, {Environment.ProcessorCount} processors.";
}
