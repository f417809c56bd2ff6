using System.Diagnostics;

namespace ApproxCluster.Trainer;

/// <summary>How fast this machine trains a configuration, for estimates only; results never depend on it.</summary>
public static class MachineSpeed
{
    /// <summary>Floating-point operations per second of one slot, in the sense of <see cref="TrialCost.FlopsPerEpoch"/>; takes about a fifth of a second.</summary>
    public static double Measure(TrialConfiguration configuration, TargetShape shape)
    {
        var count = Math.Clamp(configuration.BatchSize * 8, 64, 4096);
        var small = shape with { TrainingSamples = count, ValidationSamples = 1 };
        using var run = TrainingRun.Start(configuration, new TargetData(small, ScalerKind.None, Make(small, count), Make(small, 1)), 1);
        run.TrainEpoch(CancellationToken.None);
        var clock = Stopwatch.StartNew();
        var epochs = 0;
        while (clock.ElapsedMilliseconds < 150 && !run.Diverged)
        {
            run.TrainEpoch(CancellationToken.None);
            epochs++;
        }

        return Math.Max(1, epochs) * (double)TrialCost.FlopsPerEpoch(configuration, small) / Math.Max(1e-3, clock.Elapsed.TotalSeconds);
    }

    private static Samples Make(TargetShape shape, int count)
    {
        var x = new float[count * shape.Inputs];
        for (var i = 0; i < x.Length; i++)
        {
            x[i] = i % 17 / 17f;
        }

        return shape.Task == TaskKind.Regression
            ? new Samples(shape.Inputs, x, shape.Outputs, new float[count * shape.Outputs])
            : new Samples(shape.Inputs, x, new int[count]);
    }
}
