using System.Runtime.CompilerServices;

namespace ApproxCluster.Trainer;

/// <summary>
/// Writes features of raw samples. Order of columns for d inputs: identity x; Taylor x^1 of all inputs, x^2 of all, ... x^K; Fourier x, then sin(nx) for
/// n = 1..K (each of all inputs), then cos(nx) alike.
/// </summary>
internal sealed unsafe class Encoder
{
    private readonly KernelSet kernels;
    private readonly EncodingOperands operands;

    /// <summary>Fits the scaler and writes the constants, <see cref="ConstantFloats"/> of them, which stay the caller's.</summary>
    public Encoder(KernelSet kernels, EncodingConfiguration configuration, TargetData data, float* constants)
        : this(kernels, configuration, Scaler.Fit(configuration, data), data.Shape.Inputs, constants)
    {
    }

    /// <summary>The same with a scaler that has been fitted.</summary>
    public Encoder(KernelSet kernels, EncodingConfiguration configuration, Scaler scaler, int inputs, float* constants)
    {
        var waves = Waves(configuration, inputs);
        this.kernels = kernels;
        Features = (int)configuration.FeatureCount(inputs);
        operands = new EncodingOperands
        {
            Kind = configuration.Kind,
            Order = configuration.Order,
            Inputs = inputs,
            Center = constants,
            Scale = constants + DenseLayer.Pad(inputs),
            Frequencies = constants + 2 * DenseLayer.Pad(inputs),
        };
        scaler.Center.CopyTo(new Span<float>(operands.Center, inputs));
        scaler.Scale.CopyTo(new Span<float>(operands.Scale, inputs));
        for (var i = 0; i < waves; i++)
        {
            operands.Frequencies[i] = 1 + i / inputs;
        }
    }

    /// <summary>Features of a sample.</summary>
    public int Features { get; }

    /// <summary>Floats of the constants: center and scale of each input, frequency of each wave.</summary>
    public static nint ConstantFloats(EncodingConfiguration configuration, int inputs) => 2 * DenseLayer.Pad(inputs) + DenseLayer.Pad(Waves(configuration, inputs));

    /// <summary>Encodes consecutive samples into rows of a matrix.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Encode(ReadOnlySpan<float> raw, float* features, nint stride)
    {
        fixed (float* x = raw)
        {
            Encode(x, null, raw.Length / operands.Inputs, features, stride);
        }
    }

    /// <summary>Encodes samples picked by number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Encode(ReadOnlySpan<float> raw, ReadOnlySpan<int> picked, float* features, nint stride)
    {
        fixed (float* x = raw)
        {
            fixed (int* numbers = picked)
            {
                Encode(x, numbers, picked.Length, features, stride);
            }
        }
    }

    private static int Waves(EncodingConfiguration configuration, int inputs) => configuration.Kind == EncodingKind.Fourier1d ? inputs * configuration.Order : 0;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Encode(float* x, int* picked, int rows, float* features, nint stride)
    {
        // A copy: several threads may encode, each its own rows.
        var batch = operands;
        batch.X = x;
        batch.Picked = picked;
        batch.Rows = rows;
        batch.Features = features;
        batch.Stride = stride;
        kernels.Encode(batch);
    }
}
