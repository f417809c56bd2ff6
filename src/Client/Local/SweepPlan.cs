using ApproxCluster.Search;
using ApproxCluster.Trainer;

namespace ApproxCluster.Client.Local;

/// <summary>What a sweep would run, and how long, worked out from a sample of its configurations and a short measurement.</summary>
/// <param name="Configurations">Configurations.</param>
/// <param name="Trials">Trials: configurations times replicates.</param>
/// <param name="Rungs">Epochs at which the pruner decides; empty without one.</param>
/// <param name="FewestParameters">Smallest network.</param>
/// <param name="MostParameters">Largest network.</param>
/// <param name="Flops">Operations of training, expected ones with a pruner.</param>
/// <param name="FlopsPerSecond">Measured pace of one slot.</param>
internal sealed record SweepPlan(
    long Configurations, long Trials, IReadOnlyList<int> Rungs, long FewestParameters, long MostParameters, double Flops, double FlopsPerSecond)
{
    private const int SampleLimit = 1000;
    private const double FlopsOfMeasuredEpoch = 2e8;
    private static readonly TimeSpan Measurement = TimeSpan.FromMilliseconds(400);

    /// <summary>Works it out.</summary>
    public static SweepPlan Of(SweepSpec spec, ITarget target, TimeProvider time)
    {
        var sampler = SamplerFactory.Create(spec);
        var configurations = Math.Min(spec.Trials, sampler.Size ?? long.MaxValue);
        var sample = new List<TrialConfiguration>();
        for (var number = 0; number < Math.Min(SampleLimit, configurations) && sampler.Suggest(number, []) is { } point; number++)
        {
            sample.Add(Search.Configurations.Create(point, target.Shape, spec.Epochs));
        }

        if (sample.Count == 0)
        {
            return new SweepPlan(0, 0, [], 0, 0, 0, 1);
        }

        var sizes = sample.Select(configuration => TrialCost.Parameters(configuration, target.Shape)).ToList();
        var epochFlops = sample.Average(configuration => (double)TrialCost.FlopsPerEpoch(configuration, target.Shape));
        var trials = configurations * spec.Replicates;
        var typical = sample.OrderBy(configuration => TrialCost.FlopsPerEpoch(configuration, target.Shape)).ElementAt(sample.Count / 2);
        var rungs = RungsOf(spec);
        return new SweepPlan(
            configurations, trials, rungs, sizes.Min(), sizes.Max(), epochFlops * trials * EpochsPerTrial(spec, rungs), Pace(typical, spec, target, time));
    }

    // ASHA's rungs as Li et al. have them: r, r*eta, r*eta^2, ... below the last epoch.
    private static List<int> RungsOf(SweepSpec spec)
    {
        var rungs = new List<int>();
        if (spec.Pruner is AshaPrunerSpec asha)
        {
            for (long epochs = asha.MinEpochs; epochs < spec.Epochs; epochs *= asha.ReductionFactor)
            {
                rungs.Add((int)epochs);
            }
        }

        return rungs;
    }

    // One in eta goes on at each rung.
    private static double EpochsPerTrial(SweepSpec spec, IReadOnlyList<int> rungs)
    {
        if (spec.Pruner is not AshaPrunerSpec asha)
        {
            return spec.Epochs;
        }

        double epochs = 0, share = 1;
        var from = 0;
        foreach (var rung in rungs.Append(spec.Epochs))
        {
            epochs += share * (rung - from);
            share /= asha.ReductionFactor;
            from = rung;
        }

        return epochs;
    }

    // Trains on as much of the data as takes a moment, training and validation in their true proportion.
    private static double Pace(TrialConfiguration configuration, SweepSpec spec, ITarget target, TimeProvider time)
    {
        var data = Part(target.Load(), TrialCost.FlopsPerEpoch(configuration, target.Shape), configuration.BatchSize);
        using var run = TrainingRun.Start(configuration, data, Seeds.Trial(spec.Seed, 0, 0));

        // The first epoch pays for compilation; it is not counted.
        run.TrainEpoch(CancellationToken.None);
        var begin = time.GetTimestamp();
        var flops = 0.0;
        while (!run.Diverged && time.GetElapsedTime(begin) < Measurement && run.TrainEpoch(CancellationToken.None) is not null)
        {
            flops += TrialCost.FlopsPerEpoch(configuration, data.Shape);
        }

        var seconds = time.GetElapsedTime(begin).TotalSeconds;
        return flops > 0 && seconds > 0 ? flops / seconds : 1e9;
    }

    private static TargetData Part(TargetData data, long flops, int batchSize)
    {
        var share = Math.Min(1, FlopsOfMeasuredEpoch / flops);
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
