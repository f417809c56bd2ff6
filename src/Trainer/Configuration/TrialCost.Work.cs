namespace ApproxCluster.Trainer;

/// <content>Virtual time.</content>
public static partial class TrialCost
{
    // Multiply-adds that take as long, fitted to epochs of 160 configurations on an EPYC of the Zen 5 family (bench/Determinism costs) and rounded. They are part of every
    // sweep's identity: other figures would be better on other machines, and give other leaderboards.
    private const long MultiplyAddsPerUnit = 32;
    private const long PerNarrowOutput = 125;
    private const long PerStep = 3000;
    private const long PerParameter = 28;
    private const long PerExponential = 30;
    private const long PerSine = 48;
    private const long PerSample = 900;
    private const long PerFeature = 42;

    /// <summary>
    /// Work of one training epoch with its report in units of 64 operations, the unit of virtual time: the matrix products as the kernels do them, widths padded to 16, and
    /// what else a step does, in operations that take as long. An integer of plain arithmetic, so every machine computes it alike. On the machine that it was fitted to, epochs
    /// of networks from 9 to 2,000,000 parameters take e^(+-0.3) times their share of it, where <see cref="FlopsPerEpoch"/> is off by e^(+-1.5).
    /// </summary>
    /// <exception cref="OverflowException">It does not fit 64 bits.</exception>
    public static long WorkPerEpoch(TrialConfiguration configuration, TargetShape shape)
    {
        checked
        {
            long samples = Math.Max(1, shape.TrainingSamples);
            var evaluated = shape.ValidationSamples + Math.Min(shape.ValidationSamples, samples);
            var steps = (samples + configuration.BatchSize - 1) / configuration.BatchSize;
            long products = 0;
            long inner = 0;
            long narrow = 0;
            var isFirst = true;
            foreach (var (inputs, outputs) in Layers(configuration, shape))
            {
                var isNarrow = outputs <= DenseLayer.NarrowOutputs;
                var size = Pad(inputs) * (isNarrow ? outputs : Pad(outputs));
                products += size;
                inner += isFirst ? 0 : size;
                narrow += isNarrow ? outputs : 0;
                isFirst = false;
            }

            var perEvaluated = PerSample + PerFeature * configuration.Encoding.FeatureCount(shape.Inputs) + PerUnit(configuration.Activation.Kind) * configuration.HiddenWidths.Sum(width => (long)width);
            var multiplyAdds = (2 * samples + evaluated) * (products + PerNarrowOutput * narrow) + samples * inner
                + (samples + evaluated) * perEvaluated + steps * (PerStep + PerParameter * Parameters(configuration, shape));
            return multiplyAdds / MultiplyAddsPerUnit + 1;
        }
    }

    private static long PerUnit(ActivationKind activation) => activation switch
    {
        ActivationKind.Tanh or ActivationKind.Sigmoid => PerExponential,
        ActivationKind.Sine => PerSine,
        _ => 0,
    };

    private static long Pad(long width) => checked(width + 15) & ~15L;
}
