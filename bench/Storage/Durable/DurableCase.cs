using System.Collections.Concurrent;
using System.Diagnostics;
using ApproxCluster.Engine;
using ApproxCluster.Search;

namespace ApproxCluster.Bench.Storage;

/// <summary>A way to put load on a sweep.</summary>
/// <param name="Workers">Workers; each sends a message, waits for its answer, trains, and sends the next.</param>
/// <param name="Slots">Trials that a worker has at a time, told in one message.</param>
/// <param name="Sleep">How long a segment takes.</param>
/// <param name="Epochs">Epochs of a trial; above 1 with ASHA, a rung at 1, 3, 9 ...</param>
/// <param name="Tells">Whether workers tell epochs ahead of the journal as well, every 250 ms, as those of a sweep do; each epoch is then over long before.</param>
internal sealed record DurableCase(int Workers, int Slots, TimeSpan Sleep, int Epochs, bool Tells = false)
{
    /// <summary>Runs a sweep of a number of trials.</summary>
    public async Task<DurableFigures> RunAsync(DurableStore place, int trials)
    {
        var (size, log) = (await place.SizeAsync(), await place.LogAsync());
        var (host, journal) = await FreeSweep.StartAsync(place.Store, this, trials);
        await using var disposal = host;
        var latencies = new ConcurrentBag<double>();
        var spent = Environment.CpuUsage.TotalTime;
        var begin = Stopwatch.GetTimestamp();
        await using (var progress = new ProgressBuffer(host, TimeSpan.FromMilliseconds(250), TimeProvider.System))
        {
            await Task.WhenAll(Enumerable.Range(0, Workers).Select(number => Task.Run(() => WorkAsync($"w{number}", progress))));
        }

        var seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        spent = Environment.CpuUsage.TotalTime - spent;
        var after = await place.LogAsync();
        var steps = await host.ReadAsync(state => state.Trials.Sum(trial => trial.Epochs.Count), CancellationToken.None);
        return new(
            trials / seconds,
            Quantile(latencies, 0.5),
            Quantile(latencies, 0.99),
            1e3 * seconds / steps,
            spent.TotalMilliseconds / trials,
            (double)trials / journal.Appends,
            (double)(await place.SizeAsync() - size) / trials,
            (double?)(after - log) / trials);

        async Task WorkAsync(string name, ProgressBuffer progress)
        {
            var (leases, results) = (new List<Lease>(), new List<SegmentResult>());
            while (true)
            {
                var message = new WorkerMessage(name, Slots, [], results, []);
                var sent = Stopwatch.GetTimestamp();
                var reply = await host.ExchangeAsync(message, CancellationToken.None);
                if (results.Count > 0)
                {
                    latencies.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
                }

                if (reply.Status.IsFinal())
                {
                    return;
                }

                leases = [.. reply.Leases];
                if (leases.Count == 0 || Sleep > TimeSpan.Zero)
                {
                    await Task.Delay(leases.Count == 0 ? TimeSpan.FromMilliseconds(1) : Sleep);
                }

                results = [.. leases.Select(FreeSweep.Train)];
                foreach (var result in Tells ? results : [])
                {
                    foreach (var (report, seconds) in result.Epochs.Zip(result.Seconds!))
                    {
                        progress.Add(new TrialProgress(result.Trial, result.Attempt, report, seconds ?? 0));
                    }
                }
            }
        }
    }

    private static double Quantile(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToArray();
        return sorted[(int)(share * (sorted.Length - 1))];
    }
}

/// <summary>What a run has shown.</summary>
/// <param name="Rate">Trials a second.</param>
/// <param name="Median">Median of an exchange that brings a result and takes a lease, ms.</param>
/// <param name="Tail">Its 99th percentile.</param>
/// <param name="Step">Wall time by epochs, ms: report, decision and all else.</param>
/// <param name="Cpu">Processor time of this process by trials, ms; a server's is not in it.</param>
/// <param name="Share">Trials by appends to the journal.</param>
/// <param name="Bytes">Bytes of tables and indexes by trials.</param>
/// <param name="Log">Bytes of the log by trials.</param>
internal sealed record DurableFigures(double Rate, double Median, double Tail, double Step, double Cpu, double Share, double Bytes, double? Log);
