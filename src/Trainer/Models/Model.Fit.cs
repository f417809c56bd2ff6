namespace ApproxCluster.Trainer;

/// <content>Fitting: a pure function of configuration, samples and seed, on the calling thread and the helpers that it asks for.</content>
public sealed partial class Model
{
    private const int ReportedSamples = 1024;

    /// <summary>Fits a regression; the configuration's loss is <see cref="LossKind.MeanSquaredError"/>.</summary>
    /// <param name="configuration">The network and how it is trained.</param>
    /// <param name="x">Inputs, unscaled and finite, [n x inputs], row-major.</param>
    /// <param name="inputs">Inputs of a sample, at least 1.</param>
    /// <param name="y">Values, finite, [n x outputs], row-major. They are fitted as they are: bring them near 0 with a spread near 1.</param>
    /// <param name="outputs">Values of a sample, at least 1.</param>
    /// <param name="options">Seed, validation, progress; null for the defaults.</param>
    /// <returns>The model.</returns>
    /// <exception cref="ArgumentException">Lengths do not fit, a number is out of its range (all faults in one message), or a limit is exceeded.</exception>
    /// <exception cref="ArithmeticException">Training diverged: a loss or weight became NaN or infinite.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static Model Fit(
        TrialConfiguration configuration, ReadOnlySpan<float> x, int inputs, ReadOnlySpan<float> y, int outputs, FitOptions? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
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
    /// <exception cref="ArgumentException">Lengths do not fit, a number is out of its range (all faults in one message), or a limit is exceeded.</exception>
    /// <exception cref="ArithmeticException">Training diverged: a loss or weight became NaN or infinite.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static Model Fit(TrialConfiguration configuration, ReadOnlySpan<float> x, int inputs, ReadOnlySpan<int> labels, FitOptions? options = null) =>
        Fit(configuration, new Samples(inputs, x.ToArray(), labels.ToArray()), options);

    /// <summary>Fits samples that are in arrays already, without copying them. See the other overloads.</summary>
    public static Model Fit(TrialConfiguration configuration, Samples training, FitOptions? options = null) => Fit(configuration, training, options, null);

    internal static Model Fit(TrialConfiguration configuration, Samples training, FitOptions? options, KernelSet? kernels)
    {
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

    /// <summary>Samples and options as a target, all faults told at once.</summary>
    private static class FitData
    {
        public static TargetData Of(TrialConfiguration configuration, Samples training, FitOptions options)
        {
            var (task, outputs) = configuration.Loss switch
            {
                LossKind.BinaryCrossEntropy => (TaskKind.BinaryClassification, 1),
                LossKind.SoftmaxCrossEntropy => (TaskKind.Classification, options.Classes > 0 ? options.Classes : Math.Max(2, (training.Labels ?? [1]).DefaultIfEmpty(1).Max() + 1)),
                _ => (TaskKind.Regression, training.Count > 0 ? (training.Values?.Length ?? 0) / training.Count : 1),
            };
            var faults = new List<string>(NetworkChecks.Faults(configuration, training.Inputs, outputs));
            Check("training", training, task, outputs, training.Inputs, faults);
            if (options.Validation is { } given)
            {
                Check("validation", given, task, outputs, training.Inputs, faults);
            }

            if (options.Threads is < 1 or > TrainerLimits.Threads)
            {
                faults.Add(FormattableString.Invariant($"Threads are {options.Threads}, but must be 1 to {TrainerLimits.Threads}. Give the number of free cores at most."));
            }

            if (faults.Count > 0)
            {
                throw new ArgumentException(string.Join(" ", faults));
            }

            var validation = options.Validation ?? First(training, ReportedSamples, outputs);
            var shape = new TargetShape(
                training.Inputs, outputs, task, task == TaskKind.Regression ? MetricKind.Rmse : MetricKind.Accuracy, training.Count, validation.Count, 0);
            return new TargetData(shape, ScalerKind.ZScore, training, validation);
        }

        private static void Check(string split, Samples samples, TaskKind task, int outputs, int inputs, List<string> faults)
        {
            if (samples.Count < 1 || samples.Inputs != inputs)
            {
                faults.Add(FormattableString.Invariant(
                    $"The {split} samples are {samples.Count} of {samples.Inputs} inputs, but must be at least 1 of {inputs}. Add samples, or check the inputs of a sample."));
                return;
            }

            CheckFinite($"Input of {split} sample", samples.X, samples.Inputs, faults);
            if (task == TaskKind.Regression)
            {
                if (samples.Values is not { } values || values.Length != (long)samples.Count * outputs)
                {
                    faults.Add(FormattableString.Invariant(
                        $"The {split} samples have {(samples.Values is null ? "labels" : "another number of values")}, but must have {outputs} values each for a mean squared error. Give values, or change the loss."));
                    return;
                }

                CheckFinite($"Value of {split} sample", values, outputs, faults);
                return;
            }

            if (samples.Labels is not { } labels)
            {
                faults.Add($"The {split} samples have values, but must have labels for a cross-entropy. Give labels, or change the loss.");
                return;
            }

            var classes = Math.Max(2, outputs);
            var wrong = Array.FindIndex(labels, label => label < 0 || label >= classes);
            if (wrong >= 0)
            {
                faults.Add(FormattableString.Invariant($"Label of {split} sample {wrong} is {labels[wrong]}, but must be 0 to {classes - 1}. Correct it, or give the number of classes."));
            }
        }

        private static void CheckFinite(string what, float[] numbers, int width, List<string> faults)
        {
            var wrong = Array.FindIndex(numbers, number => !float.IsFinite(number));
            if (wrong >= 0)
            {
                faults.Add(FormattableString.Invariant($"{what} {wrong / width} is {numbers[wrong]}, but must be finite. Correct it or leave the sample out."));
            }
        }

        private static Samples First(Samples samples, int count, int outputs) =>
            samples.Count <= count ? samples
            : samples.Labels is { } labels ? new Samples(samples.Inputs, samples.X[..(count * samples.Inputs)], labels[..count])
            : new Samples(samples.Inputs, samples.X[..(count * samples.Inputs)], outputs, samples.Values![..(count * outputs)]);
    }
}
