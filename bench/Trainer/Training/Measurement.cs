using ApproxCluster.Trainer;

namespace ApproxCluster.Bench.Trainer;

/// <summary>Rounds of one workload.</summary>
internal sealed class Measurement : IDisposable
{
    private const double SecondsPerRound = 0.4;

    private readonly TrainingRun run;
    private readonly TargetShape shape;
    private readonly List<double> secondsPerEpoch = [];

    /// <summary>Starts the trial and trains one epoch, which pays for compilation.</summary>
    public Measurement(Workload workload)
    {
        Workload = workload;
        var data = workload.Draw();
        shape = data.Shape;
        run = TrainingRun.Start(workload.Configuration, data, 1);
        run.TrainEpoch(CancellationToken.None);
    }

    /// <summary>What is measured.</summary>
    public Workload Workload { get; }

    /// <summary>Training samples per second, the median of the rounds.</summary>
    public double SamplesPerSecond => shape.TrainingSamples / Median;

    /// <summary>Microseconds from one update to the next.</summary>
    public double MicrosecondsPerStep => 1e6 * Workload.BatchSize / SamplesPerSecond;

    /// <summary>Floating-point operations, of training and of measuring, in 10^9 per second.</summary>
    public double Gigaflops => Workload.EpochFlops() / Median / 1e9;

    private double Median => secondsPerEpoch.Order().ElementAt(secondsPerEpoch.Count / 2);

    /// <summary>Trains whole epochs for a while.</summary>
    public void Round()
    {
        var epochs = 0;
        var begin = ThreadClock.Seconds;
        double passed;
        do
        {
            run.TrainEpoch(CancellationToken.None);
            epochs++;
            passed = ThreadClock.Seconds - begin;
        }
        while (passed < SecondsPerRound);

        secondsPerEpoch.Add(passed / epochs);
    }

    /// <inheritdoc />
    public void Dispose() => run.Dispose();
}
