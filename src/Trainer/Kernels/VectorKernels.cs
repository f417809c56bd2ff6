using System.Runtime.CompilerServices;

namespace ApproxCluster.Trainer;

/// <summary>All kernels for one vector width.</summary>
internal sealed unsafe class VectorKernels<TSimd>(int vectorBits) : KernelSet
    where TSimd : unmanaged, ISimd<TSimd>
{
    public override int VectorBits => vectorBits;

    public override void Forward(
        in DenseLayer layer, float* parameters, in Activation activation,
        float* x, nint xStride, float* y, nint yStride, float* derivative, int rows)
    {
        if (layer.IsNarrow)
        {
            NarrowForward<TSimd>.Run(layer, parameters, x, xStride, y, yStride, rows);
            ActivationKernels<TSimd>.Forward(activation, y, yStride, rows, layer.Columns, derivative);
        }
        else
        {
            ForwardProduct<TSimd>.Run(layer, parameters, activation, x, xStride, y, yStride, derivative, rows);
        }
    }

    public override void InputGradient(in DenseLayer layer, in GradientOperands operands) => InputGradientProduct<TSimd>.Run(layer, operands);

    public override void WeightGradient(
        in DenseLayer layer, float* x, nint xStride, float* delta, nint deltaStride, int rows, UpdateRule rule, float* scratch)
    {
        if (layer.IsNarrow)
        {
            NarrowWeightGradient<TSimd>.Run(layer, x, xStride, delta, deltaStride, rows, rule, scratch);
        }
        else
        {
            WeightGradientProduct<TSimd>.Run(layer, x, xStride, delta, deltaStride, rows, rule, scratch);
        }
    }

    public override void Pad(float* matrix, nint stride, int rows, int width, float value) =>
        Padding<TSimd>.Write(matrix, stride, rows, width, value);

    public override UpdateRule CreateRule(OptimizerConfiguration configuration, float* parameters, float* first, float* second) =>
        configuration.Kind switch
        {
            OptimizerKind.Sgd when configuration.Momentum == 0 => new SgdRule<TSimd>(parameters),
            OptimizerKind.Sgd => new MomentumRule<TSimd>(configuration, parameters, first),
            OptimizerKind.Adam or OptimizerKind.AdamW => new AdamRule<TSimd>(configuration, parameters, first, second),
            _ => new RmsPropRule<TSimd>(configuration, parameters, first),
        };

    public override void Encode(in EncodingOperands operands) => EncodingKernels<TSimd>.Run(operands);

    public override void Softmax(
        float* z, nint stride, int rows, int outputs, float* probabilities, nint probabilityStride, float* largest, double* sums) =>
        SoftmaxKernel<TSimd>.Run(z, stride, rows, outputs, probabilities, probabilityStride, largest, sums);

    public override double SumOfSquares(float* values, nint count) => NormKernels<TSimd>.SumOfSquares(values, count);

    public override void Multiply(float* values, float factor, nint count) => NormKernels<TSimd>.Multiply(values, factor, count);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override bool AllFinite(float* values, nint count)
    {
        // x * 0 is 0 for a finite x and NaN otherwise; sums keep a NaN.
        var zero = TSimd.Broadcast(0f);
        var sum = zero;
        for (nint i = 0; i < count; i += TSimd.Lanes)
        {
            TSimd.FmaTo(ref sum, TSimd.Load(values + i), zero);
        }

        var lanes = stackalloc float[TSimd.Lanes];
        TSimd.Store(sum, lanes);
        var finite = true;
        for (var lane = 0; lane < TSimd.Lanes; lane++)
        {
            finite &= float.IsFinite(lanes[lane]);
        }

        return finite;
    }
}
