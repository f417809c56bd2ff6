namespace ApproxCluster.Trainer;

/// <summary>Bounds checked before memory is taken.</summary>
public static class TrainerLimits
{
    /// <summary>Features of an encoding.</summary>
    public const int Features = 262_144;

    /// <summary>Trainable numbers of a network: 1 GiB of weights, three times that with Adam's state.</summary>
    public const long Parameters = 1L << 28;

    /// <summary>Bytes of native memory of a run: see <see cref="TrialCost.Bytes"/>.</summary>
    public const long Bytes = 16L << 30;

    /// <summary>Threads that train one trial.</summary>
    public const int Threads = 1024;

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
        else if (configuration.BatchSize > 0 && shape.TrainingSamples > 0 && TrialCost.Bytes(configuration, shape) is var bytes && bytes > Bytes)
        {
            yield return FormattableString.Invariant($"Memory is {bytes} bytes, but must be at most {Bytes}. Lower width, depth, order or batch size.");
        }

        if (shape.TrainingSamples < 1 || shape.ValidationSamples < 1)
        {
            yield return FormattableString.Invariant(
                $"Splits have {shape.TrainingSamples} training and {shape.ValidationSamples} validation samples, but must have at least 1 each. Enlarge the data.");
        }

        foreach (var fault in TrainingFaults(configuration))
        {
            yield return fault;
        }

        if (configuration.Loss != Loss(shape.Task))
        {
            yield return $"Loss is {configuration.Loss}, but must be {Loss(shape.Task)} for {shape.Task}. Change it.";
        }
    }

    /// <summary>The faults of how it is trained, whatever the network and the data.</summary>
    internal static IEnumerable<string> TrainingFaults(TrialConfiguration configuration)
    {
        if (configuration.BatchSize < 1)
        {
            yield return FormattableString.Invariant($"Batch size is {configuration.BatchSize}, but must be at least 1. Raise it.");
        }

        foreach (var fault in configuration.Earlier.Select(stretch => stretch.Optimizer).Append(configuration.Optimizer).SelectMany(Faults))
        {
            yield return fault;
        }

        foreach (var (index, stretch) in configuration.Earlier.Index())
        {
            var after = index == 0 ? 0 : configuration.Earlier[index - 1].ToEpoch;
            if (stretch.ToEpoch <= after || stretch.ToEpoch >= configuration.Epochs || stretch.BatchSize < 1 || !configuration.CanContinue(stretch.Optimizer))
            {
                yield return FormattableString.Invariant(
                    $"Stretch {index} is {stretch}, but must end after epoch {after} and before {configuration.Epochs}, with a batch size of at least 1 and an optimizer of the same kind, state and clipping as the last. Change it.");
            }
        }
    }

    private static IEnumerable<string> Faults(OptimizerConfiguration optimizer)
    {
        if (!double.IsFinite(optimizer.LearningRate) || optimizer.LearningRate <= 0)
        {
            yield return FormattableString.Invariant($"Learning rate is {optimizer.LearningRate}, but must be above 0. Raise it.");
        }

        foreach (var (name, value) in new[] { ("Momentum", optimizer.Momentum), ("Beta1", optimizer.Beta1), ("Beta2", optimizer.Beta2) })
        {
            if (value is not (>= 0 and < 1))
            {
                yield return FormattableString.Invariant($"{name} is {value}, but must be at least 0 and below 1. Change it.");
            }
        }

        if (!double.IsFinite(optimizer.Epsilon) || optimizer.Epsilon <= 0)
        {
            yield return FormattableString.Invariant($"Epsilon is {optimizer.Epsilon}, but must be above 0. Raise it.");
        }

        if (!double.IsFinite(optimizer.ClipNorm) || optimizer.ClipNorm < 0)
        {
            yield return FormattableString.Invariant($"Clip norm is {optimizer.ClipNorm}, but must be at least 0. Use 0 for no clipping.");
        }

        if (optimizer.Nesterov && (optimizer.Kind != OptimizerKind.Sgd || optimizer.Momentum == 0))
        {
            yield return $"Nesterov is on, but must be off for {optimizer.Kind} without momentum. Turn it off, or use SGD with momentum.";
        }

        if (optimizer.Kind != OptimizerKind.AdamW ? optimizer.WeightDecay != 0 : !(optimizer.WeightDecay >= 0 && optimizer.WeightDecay * optimizer.LearningRate < 1))
        {
            yield return FormattableString.Invariant(
                $"Weight decay is {optimizer.WeightDecay}, but must be 0, or for AdamW at least 0 and below 1 / learning rate. Change it.");
        }
    }

    private static LossKind Loss(TaskKind task) => task switch
    {
        TaskKind.Classification => LossKind.SoftmaxCrossEntropy,
        TaskKind.BinaryClassification => LossKind.BinaryCrossEntropy,
        _ => LossKind.MeanSquaredError,
    };
}
