using System.Diagnostics;
using System.Globalization;
using ApproxCluster.Bench.Storage;
using ApproxCluster.Search;
using ApproxCluster.Storage;
using ApproxCluster.Testing;
using ApproxCluster.Trainer;

// Usage: bench [--events N] [--rounds N], or bench durable [--trials N] [--json] (see DurableCommand), with --peers DIR [--python FILE] [--rounds N] in turn with Optuna.
// The first: events of one-epoch trials appended per second of wall time, by events an append; the median of the rounds, which go through the cases in turn.
// PostgreSQL, where it is installed, is a server of the benchmark's own on the loopback interface, without fsync; with it for "durable".
int Option(string name, int otherwise) => Word(name) is { } word ? int.Parse(word, CultureInfo.InvariantCulture) : otherwise;

string? Word(string name) => Array.IndexOf(args, name) is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : null;

if (args.Contains("durable"))
{
    var (trials, json) = (Option("--trials", 4000), args.Contains("--json"));
    await (Word("--peers") is { } folder
        ? DurableCommand.ContestAsync(new OptunaPeer(folder, Word("--python") ?? "python3"), trials, Option("--rounds", 3), json)
        : DurableCommand.RunAsync(trials, json));
    return;
}

int[] sizes = [1, 8, 64];
var events = Option("--events", 8000);
var rounds = Option("--rounds", 5);
var journal = Enumerable.Range(0, events / 4).SelectMany(Trial).ToArray();
var files = Directory.CreateTempSubdirectory("approx-bench-");
await using var server = PostgresServer.Missing is null ? await PostgresServer.StartAsync() : null;
var stores = new List<(string Name, ISweepStore Store)> { ("SQLite", SweepStores.OpenSqlite(Path.Combine(files.FullName, "approx.db"), TimeProvider.System)) };
if (server is not null)
{
    stores.Add(("PostgreSQL", SweepStores.OpenPostgres(server.ConnectionString(), TimeProvider.System)));
}

var cases = stores.SelectMany(store => sizes.Select(size => (store.Name, store.Store, Size: size, Rates: new List<double>()))).ToList();
foreach (var (_, store) in stores)
{
    await store.MigrateAsync(CancellationToken.None);
}

for (var round = 0; round <= rounds; round++)
{
    foreach (var (_, store, size, rates) in cases)
    {
        var rate = await AppendAsync(store, $"sweep-{round}-{size}", size);
        if (round > 0)
        {
            rates.Add(rate);
        }
    }
}

Console.WriteLine("| store | events an append | events/s | us an append | of SQLite's rate |");
Console.WriteLine("|---|---|---|---|---|");
foreach (var (name, _, size, rates) in cases)
{
    var rate = Median(rates);
    var ratio = rate / Median(cases.First(other => other.Size == size).Rates);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {size} | {rate:0} | {1e6 * size / rate:0} | {ratio:0.00} |"));
}

foreach (var (_, store) in stores)
{
    await store.DisposeAsync();
}

files.Delete(recursive: true);

async Task<double> AppendAsync(ISweepStore store, string sweep, int size)
{
    const string Spec = """{"target":"curve","space":{"width":8},"objective":{"minimize":"validation.loss"}}""";
    await store.CreateSweepAsync(new SweepRow(sweep, sweep, Spec, DateTimeOffset.UnixEpoch), CancellationToken.None);
    var begin = Stopwatch.GetTimestamp();
    for (var at = 0; at < journal.Length; at += size)
    {
        await store.AppendAsync(sweep, at, new ArraySegment<SweepEvent>(journal, at, Math.Min(size, journal.Length - at)), CancellationToken.None);
    }

    return journal.Length / Stopwatch.GetElapsedTime(begin).TotalSeconds;
}

static double Median(List<double> rates) => rates.Order().ElementAt(rates.Count / 2);

static SweepEvent[] Trial(int number) =>
[
    new TrialCreated(
        number, number, 0, 12345678901234567UL + (ulong)number,
        new Assignment([new("width", ParameterValue.Of(8L)), new("depth", ParameterValue.Of(1L)), new("learning_rate", ParameterValue.Of(0.0123))])),
    new SegmentStarted(number, 0, 0, 1, 1000L * number, 1000L * number + 4000),
    new SegmentFinished(number, 0, [new EpochReport(1, 0.5 + 1.0 / (number + 1), 0.6 + 1.0 / (number + 1), 0.7, 0.8, 0.0123)], false, null),
    new TrialEnded(number, TrialState.Completed, FailureReason.None, null),
];
