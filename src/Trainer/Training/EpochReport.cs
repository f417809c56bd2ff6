namespace ApproxCluster.Trainer;

/// <summary>
/// What one epoch ended with. Training figures are measured with the weights at the end of the epoch, on the first
/// min(training, validation) samples of the training split, so that the gap compares the same point in training.
/// Bit for bit a function of (configuration, target, seed).
/// </summary>
/// <param name="Epoch">1-based number.</param>
/// <param name="TrainingLoss">Loss on the training samples.</param>
/// <param name="ValidationLoss">Loss on the validation split.</param>
/// <param name="TrainingMetric">The target's metric on the training samples.</param>
/// <param name="ValidationMetric">The target's metric on the validation split.</param>
/// <param name="LearningRate">The rate during the epoch.</param>
public sealed record EpochReport(
    int Epoch,
    double TrainingLoss,
    double ValidationLoss,
    double TrainingMetric,
    double ValidationMetric,
    double LearningRate)
{
    /// <summary>
    /// For an epoch that a program reported: the further figures of the sweep, those of its further objectives in their order, then loss and metric on the test split; null for an epoch of the built-in
    /// trainer. A program reports what it has: what is absent is NaN, here as in the numbers above.
    /// </summary>
    public IReadOnlyList<double>? Figures { get; init; }

    /// <summary>Generalization gap: validation loss minus training loss.</summary>
    public double Gap => ValidationLoss - TrainingLoss;

    /// <summary>False once a loss has become NaN or infinite: the trial has diverged. Of a program's epoch its objective alone tells.</summary>
    public bool IsFinite => Figures is not null || (double.IsFinite(TrainingLoss) && double.IsFinite(ValidationLoss));

    /// <inheritdoc />
    public bool Equals(EpochReport? other) =>
        other is not null && Epoch == other.Epoch && Numbers.Equals(other.Numbers) && (Figures is null) == (other.Figures is null) && (Figures ?? []).SequenceEqual(other.Figures ?? []);

    /// <inheritdoc />
    public override int GetHashCode() => (Epoch, Numbers).GetHashCode();

    private (double, double, double, double, double) Numbers => (TrainingLoss, ValidationLoss, TrainingMetric, ValidationMetric, LearningRate);
}

/// <summary>Loss and metric over a split.</summary>
/// <param name="Loss">Mean loss.</param>
/// <param name="Metric">The target's metric.</param>
public readonly record struct Evaluation(double Loss, double Metric);
