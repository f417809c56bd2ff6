namespace ApproxCluster.Trainer;

/// <summary>Bounds checked before memory is taken.</summary>
public static class TrainerLimits
{
    /// <summary>Features of an encoding.</summary>
    public const int Features = 262_144;

    /// <summary>Trainable numbers of a network: 1 GiB of weights, three times that with Adam's state.</summary>
    public const long Parameters = 1L << 28;

    /// <summary>Throws <see cref="ArgumentException"/>, naming every fault, when a configuration cannot be trained on a target.</summary>
    public static void Check(TrialConfiguration configuration, TargetShape shape)
    {
        var faults = Faults(configuration, shape).ToList();
        if (faults.Count > 0)
        {
            throw new ArgumentException(string.Join(" ", faults));
        }
    }

    /// <summary>The faults, each with value, rule and what to do.</summary>
    public static IEnumerable<string> Faults(TrialConfiguration configuration, TargetShape shape)
    {
        var features = configuration.Encoding.FeatureCount(shape.Inputs);
        if (features is < 1 or > Features)
        {
            yield return FormattableString.Invariant($"Features are {features}, but must be 1 to {Features}. Lower the order of the encoding.");
        }
        else if (TrialCost.Parameters(configuration, shape) is var parameters && parameters > Parameters)
        {
            yield return FormattableString.Invariant($"Parameters are {parameters}, but must be at most {Parameters}. Lower width, depth or order.");
        }

        if (shape.TrainingSamples < 1 || shape.ValidationSamples < 1)
        {
            yield return FormattableString.Invariant(
                $"Splits have {shape.TrainingSamples} training and {shape.ValidationSamples} validation samples, but must have at least 1 each. Enlarge the data.");
        }

        if (configuration.BatchSize < 1)
        {
            yield return FormattableString.Invariant($"Batch size is {configuration.BatchSize}, but must be at least 1. Raise it.");
        }

        if (!double.IsFinite(configuration.Optimizer.LearningRate) || configuration.Optimizer.LearningRate <= 0)
        {
            yield return FormattableString.Invariant($"Learning rate is {configuration.Optimizer.LearningRate}, but must be above 0. Raise it.");
        }

        if (configuration.Loss != Loss(shape.Task))
        {
            yield return $"Loss is {configuration.Loss}, but must be {Loss(shape.Task)} for {shape.Task}. Change it.";
        }
    }

    private static LossKind Loss(TaskKind task) => task switch
    {
        TaskKind.Classification => LossKind.SoftmaxCrossEntropy,
        TaskKind.BinaryClassification => LossKind.BinaryCrossEntropy,
        _ => LossKind.MeanSquaredError,
    };
}
