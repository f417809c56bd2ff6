namespace ApproxCluster.Trainer;

/// <summary>Ranges of what a caller writes by hand; sweep files have checks of their own.</summary>
internal static class NetworkChecks
{
    /// <summary>Most units of a layer, and outputs of a network.</summary>
    public const int WidthLimit = 1 << 20;

    private const int TaylorLimit = 64;
    private const int FourierLimit = 1024;

    /// <summary>Faults of a configuration to be trained, each with value, rule and what to do; sizes are <see cref="TrainerLimits"/>' matter.</summary>
    public static IEnumerable<string> Faults(TrialConfiguration configuration, int inputs, int outputs) =>
        Faults(configuration.Encoding, configuration.HiddenWidths, configuration.Activation, inputs, outputs)
            .Concat(Known("Loss", configuration.Loss))
            .Concat(Range("Epochs", configuration.Epochs, 1, int.MaxValue))
            .Concat(configuration.Earlier.Append(configuration.AsStretch(configuration.Epochs)).SelectMany(Faults))
            .Concat(TrainerLimits.TrainingFaults(configuration));

    /// <summary>Faults of a network.</summary>
    public static IEnumerable<string> Faults(
        EncodingConfiguration encoding, IReadOnlyList<int> hiddenWidths, ActivationConfiguration activation, int inputs, int outputs)
    {
        ArgumentNullException.ThrowIfNull(encoding);
        ArgumentNullException.ThrowIfNull(hiddenWidths);
        ArgumentNullException.ThrowIfNull(activation);
        var (least, most) = encoding.Kind switch
        {
            EncodingKind.Taylor => (1, TaylorLimit),
            EncodingKind.Fourier1d => (1, FourierLimit),
            _ => (0, 0),
        };
        return Range("Inputs", inputs, 1, TrainerLimits.Features)
            .Concat(Range("Outputs", outputs, 1, WidthLimit))
            .Concat(Known("Encoding", encoding.Kind))
            .Concat(Known("Scaler", encoding.Scaler))
            .Concat(Range($"Order of {encoding.Kind}", encoding.Order, least, most))
            .Concat(hiddenWidths.SelectMany((width, i) => Range(FormattableString.Invariant($"HiddenWidths[{i}]"), width, 1, WidthLimit)))
            .Concat(Known("Activation", activation.Kind))
            .Concat(Range("Slope", activation.Slope, 0, 1))
            .Concat(Range("Frequency", activation.Frequency, double.Epsilon, float.MaxValue));
    }

    private static IEnumerable<string> Faults(Stretch stretch)
    {
        ArgumentNullException.ThrowIfNull(stretch.Optimizer);
        ArgumentNullException.ThrowIfNull(stretch.Schedule);
        var schedule = stretch.Schedule;
        var faults = Known("Optimizer", stretch.Optimizer.Kind).Concat(Known("Schedule", schedule.Kind)).Concat(Range("Schedule.Every", schedule.Every, 1, int.MaxValue));
        return schedule.Kind == ScheduleKind.Step && schedule.Factor is not (> 0 and < 1)
            ? faults.Append(FormattableString.Invariant($"Schedule.Factor is {schedule.Factor}, but must be above 0 and below 1. Change it."))
            : faults;
    }

    private static IEnumerable<string> Known<T>(string name, T value)
        where T : struct, Enum
    {
        if (!Enum.IsDefined(value))
        {
            yield return $"{name} is {value}, but must be one of {string.Join(", ", Enum.GetNames<T>())}. Change it.";
        }
    }

    private static IEnumerable<string> Range(string name, double value, double least, double most)
    {
        if (!(value >= least && value <= most))
        {
            var rule = least < most ? FormattableString.Invariant($"{least} to {most}") : FormattableString.Invariant($"{least}");
            yield return FormattableString.Invariant($"{name} is {value}, but must be {rule}. Change it.");
        }
    }
}
