using System.Runtime.Intrinsics;

namespace ApproxCluster.Trainer;

/// <summary>
/// The seam between training and the machine: everything that touches many numbers. One virtual call does a whole layer, batch or
/// row block. Every set gives the same bits; they differ in speed. Widths are padded to 16, strides are in floats.
/// </summary>
internal abstract unsafe class KernelSet
{
    /// <summary>Environment variable that forces a width (128, 256 or 512), for tests and measurements.</summary>
    public const string WidthVariable = "APPROX_VECTOR_BITS";

    private static readonly Lazy<KernelSet> Chosen = new(() => Choose(Environment.GetEnvironmentVariable(WidthVariable)));

    /// <summary>The widest set that this machine is good at, or the one that <see cref="WidthVariable"/> asks for.</summary>
    public static KernelSet Best => Chosen.Value;

    /// <summary>Bits of a vector; 32 for the scalar oracle.</summary>
    public abstract int VectorBits { get; }

    /// <summary>Every set that this machine can run at full speed, widest first.</summary>
    public static IReadOnlyList<KernelSet> Available()
    {
        HardwareCheck.ThrowIfUnsupported();
        var sets = new List<KernelSet>();
        if (Vector512.IsHardwareAccelerated)
        {
            sets.Add(new VectorKernels<Simd512>(512));
        }

        if (Vector256.IsHardwareAccelerated)
        {
            sets.Add(new VectorKernels<Simd256>(256));
        }

        sets.Add(new VectorKernels<Simd128>(128));
        return sets;
    }

    /// <summary>The set of a width, or the widest for null; throws <see cref="PlatformNotSupportedException"/> when the machine lacks it.</summary>
    public static KernelSet Choose(string? bits)
    {
        var available = Available();
        if (string.IsNullOrEmpty(bits))
        {
            return available[0];
        }

        foreach (var set in available)
        {
            if (bits == FormattableString.Invariant($"{set.VectorBits}"))
            {
                return set;
            }
        }

        var known = string.Join(", ", available.Select(set => set.VectorBits));
        throw new PlatformNotSupportedException(
            $"{WidthVariable} is {bits}, but must be one of {known} on this machine. Leave it unset to use the widest.");
    }

    /// <summary>
    /// y = f(x W + b) for rows samples. <paramref name="derivative"/> (stride of y) takes f' where f keeps it; may be null. Every matrix of
    /// samples has room for rows rounded up to 16; a column of ones follows the last column of x.
    /// </summary>
    public abstract void Forward(
        in DenseLayer layer, float* parameters, in Activation activation,
        float* x, nint xStride, float* y, nint yStride, float* derivative, int rows);

    /// <summary>gradient = (delta W^T) * f'(previous layer), over the padded inputs of the layer.</summary>
    public abstract void InputGradient(in DenseLayer layer, in GradientOperands operands);

    /// <summary>Sums x^T delta and delta over the samples in sequence and hands the gradient, block by block, to the rule.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="x">Inputs, [rows][x stride], with a column of ones after the last.</param>
    /// <param name="xStride">Floats between two samples.</param>
    /// <param name="delta">Gradient with respect to the layer's sums; padding is 0.</param>
    /// <param name="deltaStride">Floats between two samples of it.</param>
    /// <param name="rows">Samples.</param>
    /// <param name="rule">Takes the gradient.</param>
    /// <param name="scratch">Scratch memory, <see cref="ScratchFloats"/>.</param>
    public abstract void WeightGradient(
        in DenseLayer layer, float* x, nint xStride, float* delta, nint deltaStride, int rows, UpdateRule rule, float* scratch);

    /// <summary>Writes a value into the column after the last and 0 into the rest of the padding.</summary>
    public abstract void Pad(float* matrix, nint stride, int rows, int width, float value);

    /// <summary>The update rule of a configuration, over parameters and up to two blocks of state of the same layout.</summary>
    public abstract UpdateRule CreateRule(OptimizerConfiguration configuration, float* parameters, float* first, float* second);

    /// <summary>Writes the features of a batch.</summary>
    public abstract void Encode(in EncodingOperands operands);

    /// <summary>
    /// Softmax of each row: probabilities over the padded width (0 in the padding); per row the largest logit and the sum over the outputs
    /// in sequence, in double, of e^(z - largest).
    /// </summary>
    public abstract void Softmax(
        float* z, nint stride, int rows, int outputs, float* probabilities, nint probabilityStride, float* largest, double* sums);

    /// <summary>Floats that <see cref="SumOfSquares"/> adds before it goes on in double.</summary>
    public const int NormBlock = 4096;

    /// <summary>Sum of squares of count floats, a multiple of 16: the sum, in sequence, of those of each <see cref="NormBlock"/>.</summary>
    public abstract double SumOfSquares(float* values, nint count);

    /// <summary>Multiplies count floats, a multiple of 16.</summary>
    public abstract void Multiply(float* values, float factor, nint count);

    /// <summary>True when all of the floats (a multiple of 16) are finite.</summary>
    public abstract bool AllFinite(float* values, nint count);

    /// <summary>Floats of scratch memory for layers with up to so many outputs.</summary>
    public static nint ScratchFloats(int outputs) =>
        Math.Max(
            InputGradientProduct<Simd128>.ScratchFloats(outputs),
            Math.Max(WeightGradientProduct<Simd128>.ScratchFloats, NarrowWeightGradient<Simd128>.ScratchFloats));
}
