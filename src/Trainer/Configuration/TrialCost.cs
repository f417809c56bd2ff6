namespace ApproxCluster.Trainer;

/// <summary>Costs that follow from a configuration and the shape of its target, before anything runs.</summary>
public static partial class TrialCost
{
    /// <summary>Trainable numbers: the sum over layers of (inputs + 1) * outputs.</summary>
    public static long Parameters(TrialConfiguration configuration, TargetShape shape)
    {
        long total = 0;
        foreach (var (inputs, outputs) in Layers(configuration, shape))
        {
            total = checked(total + (inputs + 1) * outputs);
        }

        return total;
    }

    /// <summary>
    /// Floating-point operations of one training epoch: 2 per weight and sample forward, 4 backward. A measure
    /// of a trial's size for people; how long it takes is better told by <see cref="WorkPerEpoch"/>.
    /// </summary>
    public static long FlopsPerEpoch(TrialConfiguration configuration, TargetShape shape) =>
        checked(6 * Math.Max(1, Parameters(configuration, shape)) * Math.Max(1, shape.TrainingSamples));

    /// <summary>
    /// Bytes of native memory that a run takes, exactly and all at once: weights, optimizer state, and features, activations and deltas of a batch. The split's
    /// order and other small things come to less than 64 bytes a training sample on top. The configuration must be within <see cref="TrainerLimits"/>.
    /// </summary>
    public static long Bytes(TrialConfiguration configuration, TargetShape shape) =>
        (long)new TrialMemory(configuration, shape).Floats * sizeof(float);

    /// <summary>Inputs and outputs of each layer, first to last.</summary>
    public static IEnumerable<(long Inputs, long Outputs)> Layers(TrialConfiguration configuration, TargetShape shape)
    {
        var inputs = configuration.Encoding.FeatureCount(shape.Inputs);
        foreach (var width in configuration.HiddenWidths)
        {
            yield return (inputs, width);
            inputs = width;
        }

        yield return (inputs, shape.Outputs);
    }
}
