using System.Globalization;
using System.Text;
using ApproxCluster.Bench.Trainer;
using ApproxCluster.Trainer;

// Usage: bench [--only a32,d] [--rounds N] [--results DIR]. Rates per second of processor time of one thread; the median of the rounds, which go
// through the workloads in turn.
string? Option(string name) => Array.IndexOf(args, name) is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : null;

var only = Option("--only")?.Split(',');
var rounds = int.Parse(Option("--rounds") ?? "5", CultureInfo.InvariantCulture);
var workloads = Workload.All.Where(workload => only is null || args.Contains("--kernels") || only.Contains(workload.Name)).ToList();
if (workloads.Count == 0)
{
    Console.Error.WriteLine($"--only is {Option("--only")}, but must name some of {string.Join(", ", Workload.All.Select(workload => workload.Name))}.");
    return 2;
}

HardwareCheck.ThrowIfUnsupported();
if (args.Contains("--kernels"))
{
    var contests = KernelShape.All.Where(shape => only is null || only.Contains(shape.Workload)).Select(shape => new KernelContest(shape, KernelSet.Best, args.Contains("--no-peers") ? null : GemmPeers.Load("../shared/bench/trainer"))).ToList();
    var most = FmaPeak.Measure(HardwareCheck.VectorBits);
    foreach (var contest in contests)
    {
        for (var round = 0; round < rounds; round++)
        {
            contest.Round();
        }
    }

    most = Math.Max(most, FmaPeak.Measure(HardwareCheck.VectorBits));
    foreach (var contest in contests)
    {
        var shape = contest.Shape;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {shape.Workload,-7} {shape.Rows}x{shape.Inputs}x{shape.Outputs} | {shape.Operation} | {contest.Gigaflops:0} {contest.Gigaflops / most:0.0 %} | best {contest.Best:0} {contest.Best / most:0.0 %} | target {shape.Target:0 %} | {contest.BestPeer?.Gigaflops:0} {contest.BestPeer?.Name} |"));
    }

    return 0;
}

var runs = workloads.Select(workload => new Measurement(workload)).ToList();
var peak = FmaPeak.Measure(HardwareCheck.VectorBits);
for (var round = 0; round < rounds; round++)
{
    foreach (var run in runs)
    {
        run.Round();
    }
}

peak = Math.Max(peak, FmaPeak.Measure(HardwareCheck.VectorBits));
var table = new StringBuilder();
table.AppendLine(CultureInfo.InvariantCulture, $"Processor: {Processor.Name}, {HardwareCheck.VectorBits}-bit vectors. FMA peak of one thread: {peak:0} GFLOP/s. Load: {Processor.Load}. Rounds: {rounds}.");
table.AppendLine();
table.AppendLine("| workload | what | samples/s | us a step | GFLOP/s | of peak |");
table.AppendLine("|---|---|---|---|---|---|");
foreach (var run in runs)
{
    table.AppendLine(CultureInfo.InvariantCulture, $"| {run.Workload.Name} | {run.Workload.Summary} | {run.SamplesPerSecond:0} | {run.MicrosecondsPerStep:0.0} | {run.Gigaflops:0.0} | {run.Gigaflops / peak:0 %} |");
}

Console.Write(table);
if (Option("--results") is { } folder)
{
    Directory.CreateDirectory(folder);
    var path = Path.Combine(folder, $"trainer-{Processor.FileName}.md");
    File.WriteAllText(path, $"# Trainer\n\nBy `dotnet run -c Release --project bench/Trainer`.\n\n{table}");
    Console.Error.WriteLine($"Written to {path}.");
}

foreach (var run in runs)
{
    run.Dispose();
}

return 0;
