namespace ApproxCluster.Trainer;

/// <summary>Samples and options as a target, all faults told at once and before anything is trained.</summary>
internal static class FitData
{
    private const int ReportedSamples = 1024;

    public static TargetData Of(TrialConfiguration configuration, Samples training, FitOptions options)
    {
        var (task, outputs) = configuration.Loss switch
        {
            LossKind.BinaryCrossEntropy => (TaskKind.BinaryClassification, 1),
            LossKind.SoftmaxCrossEntropy => (TaskKind.Classification, Classes(training, options)),
            _ => (TaskKind.Regression, training is { Count: > 0, Values: { } values } ? values.Length / training.Count : 1),
        };
        var faults = new List<string>(NetworkChecks.Faults(configuration, training.Inputs, outputs));
        Check("training", training, task, outputs, training.Inputs, faults);
        if (options.Validation is { } given)
        {
            Check("validation", given, task, outputs, training.Inputs, faults);
        }

        CheckOptions(options, task, training.Inputs, outputs, faults);
        var validation = options.Validation ?? First(training, ReportedSamples, outputs);
        var shape = new TargetShape(
            training.Inputs, outputs, task, task == TaskKind.Regression ? MetricKind.Rmse : MetricKind.Accuracy, training.Count, validation.Count, 0);
        if (faults.Count == 0)
        {
            faults.AddRange(TrainerLimits.Faults(configuration, shape));
        }

        return faults.Count == 0 ? new TargetData(shape, ScalerKind.ZScore, training, validation) : throw new ArgumentException(string.Join(" ", faults));
    }

    /// <summary>As many as were given, or as the labels need; within the limit, so that a label beyond it is told as one.</summary>
    private static int Classes(Samples training, FitOptions options) =>
        options.Classes > 0 ? options.Classes : (int)Math.Clamp((training.Labels ?? []).DefaultIfEmpty(1).Max() + 1L, 2, NetworkChecks.WidthLimit);

    private static void CheckOptions(FitOptions options, TaskKind task, int inputs, int outputs, List<string> faults)
    {
        var isAllowed = task switch
        {
            TaskKind.Classification => options.Classes is 0 or >= 2,
            TaskKind.BinaryClassification => options.Classes is 0 or 2,
            _ => options.Classes == 0,
        };
        if (!isAllowed)
        {
            var rule = task == TaskKind.Regression ? "0 for a regression" : task == TaskKind.BinaryClassification ? "0 or 2 for two classes" : "0 or at least 2";
            faults.Add(FormattableString.Invariant($"Classes are {options.Classes}, but must be {rule}. Leave them out, or change the loss."));
        }
        else if (options.Columns is { } columns)
        {
            faults.AddRange(columns.Faults(task, inputs, outputs));
        }

        if (options.Threads is < 1 or > TrainerLimits.Threads)
        {
            faults.Add(FormattableString.Invariant($"Threads are {options.Threads}, but must be 1 to {TrainerLimits.Threads}. Give the number of free cores at most."));
        }
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
            if (samples.Values is not { } values)
            {
                faults.Add($"The {split} samples have labels, but must have values for a mean squared error. Give values, or change the loss.");
                return;
            }

            if (values.Length != (long)samples.Count * outputs)
            {
                faults.Add(FormattableString.Invariant(
                    $"The {split} samples have {values.Length / samples.Count} values each, but must have {outputs}, as those that are trained on. Give as many."));
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
