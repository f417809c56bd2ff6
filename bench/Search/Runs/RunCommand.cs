using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ApproxCluster.Bench.Search;

/// <summary>Runs a method over functions and seeds, and sums it up.</summary>
internal static class RunCommand
{
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>All of it.</summary>
    public static void Run(Options options)
    {
        var functions = FunctionFile.Read(options.FunctionsFile ?? Path.Combine(options.Data, "spec", "functions.json"), new Tables(options.Data));
        var plans = RunPlan.Of(options, functions);
        using var output = options.Output is { } path ? new StreamWriter(path) { NewLine = "\n" } : StreamWriter.Null;
        output.WriteLine(RunLog.Head);
        var logs = new RunLog?[plans.Count * options.Seeds];
        var written = 0;
        var jobs = Partitioner.Create(Enumerable.Range(0, logs.Length), EnumerablePartitionerOptions.NoBuffering);
        Parallel.ForEach(jobs, new ParallelOptions { MaxDegreeOfParallelism = options.Threads }, job =>
        {
            var log = plans[job / options.Seeds].Run(options.FirstSeed + job % options.Seeds);
            lock (logs)
            {
                logs[job] = log;
                for (; written < logs.Length && logs[written] is { } next; written++)
                {
                    Write(output, next);
                    if (written % options.Seeds == options.Seeds - 1)
                    {
                        output.Flush();
                        Console.Error.WriteLine($"{next.Function.Name}: done");
                    }
                }
            }
        });
        output.Flush();
        var runs = plans.Select((plan, index) => (plan, logs[(index * options.Seeds)..((index + 1) * options.Seeds)])).ToList();
        var summary = RunSummary.Of(runs!, Peers.Read(options.Data));
        Console.Write(options.Json ? JsonSerializer.Serialize(summary, Format) + "\n" : SummaryText.Write(summary, runs!));
    }

    private static void Write(StreamWriter output, RunLog log)
    {
        foreach (var line in log.Lines())
        {
            output.WriteLine(line);
        }
    }
}
