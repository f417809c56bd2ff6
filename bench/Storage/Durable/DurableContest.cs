using System.Globalization;
using System.Text.Json;

namespace ApproxCluster.Bench.Storage;

/// <summary>The same work through ours and through Optuna in turn, on the same machine and the same server.</summary>
internal static class DurableContest
{
    /// <summary>Runs the rounds on a store and prints a row for each number of workers, and one for reports.</summary>
    public static async Task RunAsync(DurableStore store, OptunaPeer optuna, int trials, int rounds, bool json)
    {
        var place = await store.PeerPlaceAsync();
        foreach (var (workers, count) in new[] { (1, trials / 4), (8, trials) })
        {
            var ours = new List<DurableFigures>();
            var theirs = new List<PeerFigures>();
            for (var round = 0; round < rounds; round++)
            {
                ours.Add(await new DurableCase(workers, 1, TimeSpan.Zero, 1).RunAsync(store, count));
                if (await optuna.TrialsAsync(place, workers) is { } figures)
                {
                    theirs.Add(figures);
                }
            }

            var name = workers == 1 ? "free, 1 worker" : "free, 8 workers";
            Print(store, json, name, "trials/s", ours.Select(it => it.Rate), theirs.Select(it => it.Rate), isMoreBetter: true);
            Print(store, json, name, "p50 ms of a trial", ours.Select(it => it.Median), theirs.Select(it => it.Median));
            Print(store, json, name, "p99 ms of a trial", ours.Select(it => it.Tail), theirs.Select(it => it.Tail));
            Print(store, json, name, "bytes a trial", ours.Select(it => it.Bytes), theirs.Select(it => it.Bytes));
            Print(store, json, name, "log bytes a trial", ours.Select(it => it.Log).OfType<double>(), theirs.Select(it => it.Log).OfType<double>());
        }

        var (steps, reports) = (new List<double>(), new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            steps.Add((await new DurableCase(1, 1, TimeSpan.Zero, 20).RunAsync(store, trials / 8)).Step);
            if (await optuna.ReportAsync(place) is { } report)
            {
                reports.Add(report);
            }
        }

        Print(store, json, "20 epochs, ASHA, 1 worker", "ms an epoch", steps, reports);
    }

    private static void Print(DurableStore store, bool json, string name, string figure, IEnumerable<double> ours, IEnumerable<double> theirs, bool isMoreBetter = false)
    {
        if (Median(ours) is not { } own)
        {
            return;
        }

        var peer = Median(theirs);
        var ratio = isMoreBetter ? own / peer : peer / own;
        Console.WriteLine(json
            ? JsonSerializer.Serialize(new { store = store.Name, name, figure, ours = own, optuna = peer, ratio })
            : $"| {store.Name} | {name} | {figure} | {Number(own)} | {Number(peer)} | {Number(ratio)} |");
    }

    private static double? Median(IEnumerable<double> figures) => figures.Order().ToArray() is { Length: > 0 } sorted ? sorted[sorted.Length / 2] : null;

    private static string Number(double? figure) => figure?.ToString(figure < 1 ? "0.000" : figure < 100 ? "0.0" : "0", CultureInfo.InvariantCulture) ?? "-";
}
