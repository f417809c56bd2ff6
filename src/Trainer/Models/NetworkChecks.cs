namespace ApproxCluster.Trainer;

/// <summary>Ranges of what a caller writes by hand; sweep files have checks of their own.</summary>
internal static class NetworkChecks
{
    private const int WidthLimit = 1 << 20;
    private const int TaylorLimit = 64;
    private const int FourierLimit = 1024;

    /// <summary>Faults of a configuration to be trained, each with value, rule and what to do.</summary>
    public static IEnumerable<string> Faults(TrialConfiguration configuration, int inputs, int outputs)
    {
        var optimizer = configuration.Optimizer;
        return Faults(configuration.Encoding, configuration.HiddenWidths, configuration.Activation, inputs, outputs)
            .Concat(Range("Epochs", configuration.Epochs, 1, int.MaxValue))
            .Concat(Range("Momentum", optimizer.Momentum, 0, Math.BitDecrement(1)))
            .Concat(Range("Beta1", optimizer.Beta1, 0, Math.BitDecrement(1)))
            .Concat(Range("Beta2", optimizer.Beta2, 0, Math.BitDecrement(1)))
            .Concat(Range("Epsilon", optimizer.Epsilon, 0, 1))
            .Concat(Range("WeightDecay", optimizer.WeightDecay, 0, Math.BitDecrement(1 / Math.Max(optimizer.LearningRate, double.Epsilon))))
            .Concat(Range("ClipNorm", optimizer.ClipNorm, 0, float.MaxValue))
            .Concat(Range("Schedule.Every", configuration.Schedule.Every, 1, int.MaxValue));
    }

    /// <summary>Faults of a network.</summary>
    public static IEnumerable<string> Faults(
        EncodingConfiguration encoding, IReadOnlyList<int> hiddenWidths, ActivationConfiguration activation, int inputs, int outputs)
    {
        var (least, most) = encoding.Kind switch
        {
            EncodingKind.Taylor => (1, TaylorLimit),
            EncodingKind.Fourier1d => (1, FourierLimit),
            _ => (0, 0),
        };
        return Range("Inputs", inputs, 1, TrainerLimits.Features)
            .Concat(Range("Outputs", outputs, 1, WidthLimit))
            .Concat(Range($"Order of {encoding.Kind}", encoding.Order, least, most))
            .Concat(hiddenWidths.SelectMany((width, i) => Range(FormattableString.Invariant($"HiddenWidths[{i}]"), width, 1, WidthLimit)))
            .Concat(Range("Slope", activation.Slope, 0, 1))
            .Concat(Range("Frequency", activation.Frequency, double.Epsilon, float.MaxValue));
    }

    private static IEnumerable<string> Range(string name, double value, double least, double most)
    {
        if (!(value >= least && value <= most))
        {
            yield return FormattableString.Invariant($"{name} is {value}, but must be {least} to {most}. Change it.");
        }
    }
}
