using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using ApproxCluster.Trainer;

namespace ApproxCluster.Bench.Trainer;

/// <summary>What a fresh process pays for compilation: its first 100 steps, against 100 steps later on; in seconds of the thread's processor time.</summary>
/// <param name="WarmUp">Seconds of the warm-up before; 0 without.</param>
/// <param name="WarmUpCompiling">Seconds of it that went into compilation.</param>
/// <param name="First">Seconds of the first 100 steps.</param>
/// <param name="Compiling">Seconds of them that went into compilation.</param>
/// <param name="Steady">Seconds of 100 steps after 500.</param>
internal sealed record FirstSteps(double WarmUp, double WarmUpCompiling, double First, double Compiling, double Steady)
{
    private const int Steps = 100;

    /// <summary>Runs a child process for a workload.</summary>
    public static FirstSteps Of(Workload workload, bool warmUp)
    {
        var start = PeerEnvironment.Itself("--first-steps", workload.Name, warmUp ? "warm" : "cold");
        start.RedirectStandardOutput = true;
        using var process = Process.Start(start)!;
        var numbers = process.StandardOutput.ReadToEnd().Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        process.WaitForExit();
        return new FirstSteps(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);
    }

    /// <summary>The child: prints the times.</summary>
    public static int Measure(string name, bool warmUp)
    {
        var workload = Workload.All.Single(one => one.Name == name);
        var data = workload.Draw();
        _ = ThreadClock.Seconds;
        var (warm, warmCompiling) = warmUp ? Time(() => ApproxCluster.Trainer.WarmUp.Run(workload.Configuration, data.Shape)) : (0, 0);
        if (warmUp)
        {
            // What counts the steps is no part of the trainer.
            var (small, shape) = ApproxCluster.Trainer.WarmUp.StandIn(workload.Configuration, data.Shape);
            using var other = TrainingRun.Start(small, ApproxCluster.Trainer.WarmUp.Draw(shape), 1);
            other.TrainBatches(1, []);
        }

        using var run = TrainingRun.Start(workload.Configuration, data, 1);
        var (first, compiling) = Time(() => run.TrainBatches(Steps, []));
        run.TrainBatches(4 * Steps, []);
        var steady = Enumerable.Range(0, 3).Min(_ => Time(() => run.TrainBatches(Steps, [])).Seconds);
        Console.Write(string.Create(CultureInfo.InvariantCulture, $"{warm:R} {warmCompiling:R} {first:R} {compiling:R} {steady:R}"));
        return 0;
    }

    private static (double Seconds, double Compiling) Time(Action work)
    {
        var compiled = JitInfo.GetCompilationTime(currentThread: true);
        var begin = ThreadClock.Seconds;
        work();
        return (ThreadClock.Seconds - begin, (JitInfo.GetCompilationTime(currentThread: true) - compiled).TotalSeconds);
    }
}
