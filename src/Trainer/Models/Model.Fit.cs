namespace ApproxCluster.Trainer;

/// <content>Fitting: a pure function of configuration, samples and seed, on the calling thread and the helpers that it asks for.</content>
public sealed partial class Model
{
    /// <summary>Fits a regression; the configuration's loss is <see cref="LossKind.MeanSquaredError"/>.</summary>
    /// <param name="configuration">The network and how it is trained.</param>
    /// <param name="x">Inputs, unscaled and finite, [n x inputs], row-major.</param>
    /// <param name="inputs">Inputs of a sample, at least 1.</param>
    /// <param name="y">Values, finite, [n x outputs], row-major. They are fitted as they are: bring them near 0 with a spread near 1.</param>
    /// <param name="outputs">Values of a sample, at least 1.</param>
    /// <param name="options">Seed, validation, progress; null for the defaults.</param>
    /// <returns>The model.</returns>
    /// <exception cref="ArgumentException">Lengths do not fit, a number is out of its range or a limit is exceeded: all faults in one message, before anything is trained.</exception>
    /// <exception cref="ArithmeticException">
    /// Training diverged: a loss or weight became NaN or infinite. Not where <see cref="FitOptions.KeepBest"/> has kept an earlier epoch, which is returned then.
    /// </exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static Model Fit(
        TrialConfiguration configuration, ReadOnlySpan<float> x, int inputs, ReadOnlySpan<float> y, int outputs, FitOptions? options = null)
    {
        Samples.CheckLengths(inputs, x.Length, outputs, y.Length, nameof(y));
        return Fit(configuration, new Samples(inputs, x.ToArray(), outputs, y.ToArray()), options);
    }

    /// <summary>
    /// Fits a classifier: of two classes where the configuration's loss is <see cref="LossKind.BinaryCrossEntropy"/>, of any number where it is
    /// <see cref="LossKind.SoftmaxCrossEntropy"/>.
    /// </summary>
    /// <param name="configuration">The network and how it is trained.</param>
    /// <param name="x">Inputs, unscaled and finite, [n x inputs], row-major.</param>
    /// <param name="inputs">Inputs of a sample, at least 1.</param>
    /// <param name="labels">Classes, counted from 0, [n].</param>
    /// <param name="options">Seed, validation, progress; null for the defaults.</param>
    /// <returns>The model.</returns>
    /// <exception cref="ArgumentException">Lengths do not fit, a number is out of its range or a limit is exceeded: all faults in one message, before anything is trained.</exception>
    /// <exception cref="ArithmeticException">
    /// Training diverged: a loss or weight became NaN or infinite. Not where <see cref="FitOptions.KeepBest"/> has kept an earlier epoch, which is returned then.
    /// </exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static Model Fit(TrialConfiguration configuration, ReadOnlySpan<float> x, int inputs, ReadOnlySpan<int> labels, FitOptions? options = null) =>
        Fit(configuration, new Samples(inputs, x.ToArray(), labels.ToArray()), options);

    /// <summary>Fits samples that are in arrays already, without copying them: a regression where they have values, a classifier where they have labels.</summary>
    /// <param name="configuration">The network and how it is trained.</param>
    /// <param name="training">Inputs, unscaled and finite, with values or labels; at least 1 sample. Not to be changed meanwhile.</param>
    /// <param name="options">Seed, validation, progress; null for the defaults.</param>
    /// <returns>The model.</returns>
    /// <exception cref="ArgumentException">A number is out of its range or a limit is exceeded: all faults in one message, before anything is trained.</exception>
    /// <exception cref="ArithmeticException">
    /// Training diverged: a loss or weight became NaN or infinite. Not where <see cref="FitOptions.KeepBest"/> has kept an earlier epoch, which is returned then.
    /// </exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static Model Fit(TrialConfiguration configuration, Samples training, FitOptions? options = null) => Fit(configuration, training, options, null);

    internal static Model Fit(TrialConfiguration configuration, Samples training, FitOptions? options, KernelSet? kernels)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(training);
        options ??= new FitOptions();
        var data = FitData.Of(configuration, training, options);
        using var team = options.Threads > 1 ? new Team(options.Threads) : null;
        using var run = TrainingRun.Start(configuration, data, options.Seed, kernels);
        run.JoinTeam(team);
        var columns = options.Columns;
        var chooses = options is { Validation: not null, KeepBest: true };
        var least = double.PositiveInfinity;
        Model? best = null;
        while (run.EpochsDone < configuration.Epochs)
        {
            var report = run.TrainEpoch(options.CancellationToken) ?? throw new OperationCanceledException(options.CancellationToken);
            options.OnEpoch?.Invoke(report);
            if (run.Diverged)
            {
                return best ?? throw new ArithmeticException(FormattableString.Invariant(
                    $"Training diverged in epoch {report.Epoch}: a loss or weight became NaN or infinite. Lower the learning rate, {configuration.Optimizer.LearningRate}, or bring values near 0."));
            }

            if (chooses && report.ValidationLoss < least)
            {
                (least, best) = (report.ValidationLoss, run.ToModel(columns));
            }
        }

        return best ?? run.ToModel(columns);
    }
}
