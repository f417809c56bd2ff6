using System.Diagnostics;
using System.Globalization;
using ApproxCluster.Trainer;

namespace ApproxCluster.Bench.Trainer;

/// <summary>What a fresh process pays for compilation: its first 100 steps, against 100 steps later on; in seconds of the thread's processor time.</summary>
/// <param name="First">Seconds of the first 100 steps.</param>
/// <param name="Steady">Seconds of 100 steps after 500.</param>
internal sealed record FirstSteps(double First, double Steady)
{
    private const int Steps = 100;

    /// <summary>Runs a child process for a workload.</summary>
    public static FirstSteps Of(Workload workload)
    {
        var start = PeerEnvironment.Itself("--first-steps", workload.Name);
        start.RedirectStandardOutput = true;
        using var process = Process.Start(start)!;
        var numbers = process.StandardOutput.ReadToEnd().Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        process.WaitForExit();
        return new FirstSteps(numbers[0], numbers[1]);
    }

    /// <summary>The child: prints both times.</summary>
    public static int Measure(string name)
    {
        var workload = Workload.All.Single(one => one.Name == name);
        var data = workload.Draw();
        using var run = TrainingRun.Start(workload.Configuration, data, 1);
        var first = Time(run);
        for (var i = 0; i < 4; i++)
        {
            run.TrainBatches(Steps, []);
        }

        Console.Write(string.Create(CultureInfo.InvariantCulture, $"{first:R} {Time(run):R}"));
        return 0;
    }

    private static double Time(TrainingRun run)
    {
        var begin = ThreadClock.Seconds;
        run.TrainBatches(Steps, []);
        return ThreadClock.Seconds - begin;
    }
}
