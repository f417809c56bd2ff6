namespace ApproxCluster.Trainer;

/// <summary>
/// Writes features of raw samples. Order of columns for d inputs: identity x; Taylor x^1 of all inputs, x^2 of all, ... x^K; Fourier x, then sin(nx) for
/// n = 1..K (each of all inputs), then cos(nx) alike.
/// </summary>
internal sealed unsafe class Encoder
{
    private readonly KernelSet kernels;
    private readonly EncodingConfiguration configuration;
    private readonly Scaler scaler;
    private readonly int inputs;
    private readonly float[] frequencies;
    private readonly float[] repeated;

    public Encoder(KernelSet kernels, EncodingConfiguration configuration, TargetData data)
        : this(kernels, configuration, Scaler.Fit(configuration, data), data.Shape.Inputs)
    {
    }

    public Encoder(KernelSet kernels, EncodingConfiguration configuration, Scaler scaler, int inputs)
    {
        (this.kernels, this.configuration, this.scaler, this.inputs) = (kernels, configuration, scaler, inputs);
        Features = (int)configuration.FeatureCount(inputs);
        var waves = configuration.Kind == EncodingKind.Fourier1d ? inputs * configuration.Order : 0;
        frequencies = new float[waves];
        repeated = new float[waves];
        for (var i = 0; i < waves; i++)
        {
            frequencies[i] = 1 + i / inputs;
        }
    }

    /// <summary>Features of a sample.</summary>
    public int Features { get; }

    /// <summary>Encodes one sample.</summary>
    public void Encode(ReadOnlySpan<float> raw, float* features)
    {
        fixed (float* x = raw, center = scaler.Center, scale = scaler.Scale)
        {
            kernels.Scale(x, center, scale, features, inputs);
        }

        switch (configuration.Kind)
        {
            case EncodingKind.Taylor:
                for (var i = inputs; i < Features; i++)
                {
                    features[i] = features[i - inputs] * features[i % inputs];
                }

                break;
            case EncodingKind.Fourier1d:
                var scaled = new ReadOnlySpan<float>(features, inputs);
                for (var copy = 0; copy < configuration.Order; copy++)
                {
                    scaled.CopyTo(repeated.AsSpan(copy * inputs));
                }

                fixed (float* n = frequencies, x = repeated)
                {
                    kernels.Fourier(n, x, features + inputs, features + inputs + frequencies.Length, frequencies.Length);
                }

                break;
        }
    }
}
