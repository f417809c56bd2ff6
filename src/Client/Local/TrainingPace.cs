using ApproxCluster.Trainer;

namespace ApproxCluster.Client.Local;

/// <summary>How fast this machine trains, measured for a moment.</summary>
internal static class TrainingPace
{
    private const double WorkOfMeasuredEpoch = 2e8;
    private static readonly TimeSpan Measurement = TimeSpan.FromMilliseconds(400);

    /// <summary><see cref="TrialCost.WorkPerEpoch"/> in a second of one slot.</summary>
    /// <param name="configuration">A typical configuration of the sweep.</param>
    /// <param name="seed">Seed of the sweep.</param>
    /// <param name="target">The target.</param>
    /// <param name="time">The clock.</param>
    public static double Measure(TrialConfiguration configuration, ulong seed, ITarget target, TimeProvider time)
    {
        var data = Part(target.Load(), TrialCost.WorkPerEpoch(configuration, target.Shape), configuration.BatchSize);
        using var run = TrainingRun.Start(configuration, data, Seeds.Trial(seed, 0, 0));

        // The first epoch pays for compilation; it is not counted.
        run.TrainEpoch(CancellationToken.None);
        var begin = time.GetTimestamp();
        var work = 0.0;
        while (!run.Diverged && time.GetElapsedTime(begin) < Measurement && run.TrainEpoch(CancellationToken.None) is not null)
        {
            work += TrialCost.WorkPerEpoch(configuration, data.Shape);
        }

        var seconds = time.GetElapsedTime(begin).TotalSeconds;
        return work > 0 && seconds > 0 ? work / seconds : 1e9;
    }

    // As much of the data as takes a moment, training and validation in their true proportion.
    private static TargetData Part(TargetData data, long work, int batchSize)
    {
        var share = Math.Min(1, WorkOfMeasuredEpoch / work);
        var training = Part(data.Training, Math.Max(batchSize, (int)(share * data.Training.Count)));
        var validation = Part(data.Validation, Math.Max(1, (int)(share * data.Validation.Count)));
        return data with
        {
            Shape = data.Shape with { TrainingSamples = training.Count, ValidationSamples = validation.Count },
            Training = training,
            Validation = validation,
        };
    }

    private static Samples Part(Samples samples, int count)
    {
        count = Math.Min(count, samples.Count);
        var x = samples.X[..(count * samples.Inputs)];
        return samples.Labels is { } labels
            ? new Samples(samples.Inputs, x, labels[..count])
            : new Samples(samples.Inputs, x, samples.Values!.Length / samples.Count, samples.Values[..(count * (samples.Values.Length / samples.Count))]);
    }
}
