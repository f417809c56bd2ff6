using System.Diagnostics;
using System.Globalization;
using ApproxCluster.Bench.Mnist;
using ApproxCluster.Trainer;

// Usage: bench --data DIR [--seeds 10] [--epochs 5] [--batch 32] [--python /usr/bin/python3] [--no-peers]
// MNIST by 784-512-512-10 and Adam: test accuracy over seeds and the time of whole trainings, ours and PyTorch's in turn on the same splits. Run it pinned to
// one core (taskset -c 1), on a quiet machine.
string? Option(string name) => Array.IndexOf(args, name) is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : null;
int Number(string name, int otherwise) =>
    Option(name) is not { } text ? otherwise : int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : 0;

if (Option("--data") is not { } folder)
{
    Console.Error.WriteLine("--data is missing. Name the folder that has mnist/.");
    return 2;
}

var (seeds, epochs, batch) = (Number("--seeds", 10), Number("--epochs", 5), Number("--batch", 32));
var target = TargetCatalog.Open(new TargetConfiguration("mnist", new Dictionary<string, string>()), seed: 1, folder);
var (data, test) = (target.Load(), target.LoadTest());
var configuration = new TrialConfiguration
{
    Encoding = new EncodingConfiguration(EncodingKind.Identity),
    HiddenWidths = [512, 512],
    Activation = new ActivationConfiguration(ActivationKind.Relu),
    Loss = LossKind.SoftmaxCrossEntropy,
    Optimizer = OptimizerConfiguration.Default(OptimizerKind.Adam, learningRate: 1e-3),
    BatchSize = batch,
    Epochs = epochs,
};

if (seeds < 1 || epochs < 1 || batch < 1)
{
    Console.Error.WriteLine("--seeds, --epochs and --batch must each be a whole number of at least 1. Change it, or leave it out.");
    return 2;
}

using var peer = args.Contains("--no-peers") ? null : Peer.Find(Option("--python") ?? "/usr/bin/python3", data, test);
if (peer is null && !args.Contains("--no-peers"))
{
    Console.Error.WriteLine("PyTorch is left out: the Python has no torch and numpy. Name another with --python.");
}

List<Outcome> ours = [];
List<Outcome> theirs = [];
for (var seed = 1; seed <= seeds; seed++)
{
    ours.Add(Train((ulong)seed));
    if (peer is not null)
    {
        theirs.Add(peer.Run((ulong)seed, epochs, batch));
    }

    Console.Error.WriteLine($"seed {seed}: {ours[^1]}{(peer is null ? "" : $" {theirs[^1]}")}");
}

Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"784-512-512-10, ReLU, Adam 1e-3, batch {batch}, {epochs} epochs, {seeds} seeds"));
Console.WriteLine();
Console.WriteLine("| | test accuracy, mean | sd | least | most | processor s a training, median | wall s |");
Console.WriteLine("|---|---|---|---|---|---|---|");
Print("ApproxCluster", ours);
if (peer is not null)
{
    Print(peer.Name, theirs);
    var ratios = ours.Zip(theirs, (our, their) => their.ProcessorSeconds / our.ProcessorSeconds).Order().ToArray();
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\nTime ratio, median of the rounds: {ratios[ratios.Length / 2]:0.00} (of {ratios[0]:0.00} to {ratios[^1]:0.00})"));
}

return 0;

Outcome Train(ulong seed)
{
    using var process = Process.GetCurrentProcess();
    using var run = TrainingRun.Start(configuration, data, seed);
    var (cpu, wall) = (process.TotalProcessorTime, Stopwatch.GetTimestamp());
    for (var epoch = 0; epoch < epochs; epoch++)
    {
        run.TrainEpoch(CancellationToken.None);
    }

    process.Refresh();
    var outcome = new Outcome(0, (process.TotalProcessorTime - cpu).TotalSeconds, Stopwatch.GetElapsedTime(wall).TotalSeconds);
    return outcome with { Accuracy = run.Evaluate(test).Metric };
}

static void Print(string name, List<Outcome> outcomes)
{
    var accuracies = outcomes.Select(outcome => outcome.Accuracy).Order().ToArray();
    var mean = accuracies.Average();
    var deviation = Math.Sqrt(accuracies.Sum(accuracy => (accuracy - mean) * (accuracy - mean)) / Math.Max(1, accuracies.Length - 1));
    var cpu = outcomes.Select(outcome => outcome.ProcessorSeconds).Order().ElementAt(outcomes.Count / 2);
    var wall = outcomes.Select(outcome => outcome.WallSeconds).Order().ElementAt(outcomes.Count / 2);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {mean:P2} | {deviation:P2} | {accuracies[0]:P2} | {accuracies[^1]:P2} | {cpu:0.0} | {wall:0.0} |"));
}
