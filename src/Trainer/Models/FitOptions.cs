namespace ApproxCluster.Trainer;

/// <summary>How to fit, beside the configuration.</summary>
public sealed record FitOptions
{
    /// <summary>Seed of starting weights and of the order of samples; default 0. Equal seeds give equal models, bit for bit.</summary>
    public ulong Seed { get; init; }

    /// <summary>Samples that are not trained on, at least 1; default none. Their loss picks the epoch when <see cref="KeepBest"/> is set.</summary>
    public Samples? Validation { get; init; }

    /// <summary>
    /// With <see cref="Validation"/>: keep the weights of the epoch with the smallest validation loss (the first of equals); otherwise those of the last. A fit that
    /// diverges later on then gives what it has kept instead of an error. Default true.
    /// </summary>
    public bool KeepBest { get; init; } = true;

    /// <summary>
    /// Multi-class: number of classes, 2 to 1,048,576; give it where the training labels may lack the last ones. Default 0: the largest training label and 1, at least 2. Two classes: 0 or 2. Regression: 0.
    /// </summary>
    public int Classes { get; init; }

    /// <summary>Names and units; default <see cref="ModelColumns.Default"/>.</summary>
    public ModelColumns? Columns { get; init; }

    /// <summary>
    /// Called after every epoch, on the fitting thread; what it throws ends the fit. Without <see cref="Validation"/> both losses are those of the first 1,024 training samples.
    /// </summary>
    public Action<EpochReport>? OnEpoch { get; init; }

    /// <summary>
    /// Threads that train together, 1..<see cref="TrainerLimits.Threads"/>; default 1. The model is the same, bit for bit. Steps of less than about 4 million operations (6 a parameter
    /// and sample) stay on one thread, as helpers would come too late.
    /// </summary>
    public int Threads { get; init; } = 1;

    /// <summary>Ends the fit at the next batch with an <see cref="OperationCanceledException"/>; no model is left. Cancelled after the last batch it does nothing.</summary>
    public CancellationToken CancellationToken { get; init; }
}
