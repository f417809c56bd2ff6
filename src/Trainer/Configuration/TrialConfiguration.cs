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

    /// <summary>
    /// How the first epochs are trained, where another way than <see cref="Optimizer"/>, <see cref="Schedule"/> and <see cref="BatchSize"/>: weights, optimizer state and the count of steps go on from
    /// stretch to stretch. In order of their ends; default none.
    /// </summary>
    public IReadOnlyList<Stretch> Earlier { get; init; } = [];

    /// <summary>The present way of training as a stretch of its own.</summary>
    /// <param name="toEpoch">Its last epoch.</param>
    public Stretch AsStretch(int toEpoch) => new(toEpoch, Optimizer, Schedule, BatchSize);

    /// <summary>Whether this can go on from the weights and optimizer state of another: same network and loss, same kind of optimizer with as much state, clipping in both or in neither.</summary>
    public bool CanContinue(TrialConfiguration other) =>
        Encoding == other.Encoding && HiddenWidths.SequenceEqual(other.HiddenWidths) && Activation == other.Activation && Loss == other.Loss && Epochs == other.Epochs
            && CanContinue(other.Optimizer);

    internal bool CanContinue(OptimizerConfiguration other) =>
        Optimizer.Kind == other.Kind && Optimizer.Nesterov == other.Nesterov && UpdateRule.StateBlocks(Optimizer) == UpdateRule.StateBlocks(other) && Optimizer.ClipNorm > 0 == other.ClipNorm > 0;

    /// <summary>How an epoch, from 1, is trained.</summary>
    internal Stretch StretchOf(int epoch)
    {
        foreach (var stretch in Earlier)
        {
            if (epoch <= stretch.ToEpoch)
            {
                return stretch;
            }
        }

        return AsStretch(int.MaxValue);
    }
}

/// <summary>Epochs of a trial that are trained one way.</summary>
/// <param name="ToEpoch">The last of them, from 1.</param>
/// <param name="Optimizer">The update rule and its learning rate.</param>
/// <param name="Schedule">The learning-rate schedule, which counts epochs from the trial's first.</param>
/// <param name="BatchSize">Samples per step, at least 1.</param>
public sealed record Stretch(int ToEpoch, OptimizerConfiguration Optimizer, ScheduleConfiguration Schedule, int BatchSize);
