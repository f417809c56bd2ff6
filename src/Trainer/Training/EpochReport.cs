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
    /// <summary>Generalization gap: validation loss minus training loss.</summary>
    public double Gap => ValidationLoss - TrainingLoss;

    /// <summary>False once any number has become NaN or infinite: the trial has diverged.</summary>
    public bool IsFinite => double.IsFinite(TrainingLoss) && double.IsFinite(ValidationLoss);
}

/// <summary>Loss and metric over a split.</summary>
/// <param name="Loss">Mean loss.</param>
/// <param name="Metric">The target's metric.</param>
public readonly record struct Evaluation(double Loss, double Metric);
