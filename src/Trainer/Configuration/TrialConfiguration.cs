namespace ApproxCluster.Trainer;

/// <summary>The loss that is minimized, computed from the linear outputs (logits).</summary>
public enum LossKind
{
    /// <summary>Mean over samples and outputs of the squared error.</summary>
    MeanSquaredError,

    /// <summary>Cross-entropy of softmax over the outputs, mean over samples, in nats.</summary>
    SoftmaxCrossEntropy,

    /// <summary>Cross-entropy of the sigmoid of the single output, mean over samples, in nats.</summary>
    BinaryCrossEntropy,
}

/// <summary>Everything about one trial but its target and seed: a trial is a pure function of the three.</summary>
public sealed record TrialConfiguration
{
    /// <summary>How inputs become features.</summary>
    public required EncodingConfiguration Encoding { get; init; }

    /// <summary>Width of every hidden layer, first to last; empty for a linear model.</summary>
    public required IReadOnlyList<int> HiddenWidths { get; init; }

    /// <summary>Activation of the hidden layers.</summary>
    public required ActivationConfiguration Activation { get; init; }

    /// <summary>The loss; it must suit the target's task.</summary>
    public required LossKind Loss { get; init; }

    /// <summary>The update rule and its learning rate.</summary>
    public required OptimizerConfiguration Optimizer { get; init; }

    /// <summary>The learning-rate schedule.</summary>
    public ScheduleConfiguration Schedule { get; init; } = new();

    /// <summary>Samples per step, at least 1; the last batch of an epoch may be smaller.</summary>
    public required int BatchSize { get; init; }

    /// <summary>Epochs of a trial that nothing stops, at least 1.</summary>
    public required int Epochs { get; init; }
}
