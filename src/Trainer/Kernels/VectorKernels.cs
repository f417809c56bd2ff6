using System.Runtime.CompilerServices;

namespace ApproxCluster.Trainer;

/// <summary>All kernels for one vector width.</summary>
internal sealed unsafe class VectorKernels<TSimd>(int vectorBits) : KernelSet
    where TSimd : unmanaged, ISimd<TSimd>
{
    // Rows of gradient that are summed before the update takes them: a multiple of both tile heights, 3 KiB.
    private const int GradientRows = 24;

    public override int VectorBits => vectorBits;

    public override void Forward(
        in DenseLayer layer, float* parameters, in Activation activation,
        float* x, nint xStride, float* y, nint yStride, float* derivative, int rows)
    {
        for (var column = 0; column < layer.Columns; column += DenseLayer.PanelWidth)
        {
            var width = layer.PanelColumns(column);
            var product = new TileOperands
            {
                Left = x,
                LeftStride = xStride,
                Right = parameters + layer.PanelOffset(column),
                RightStride = width,
                Depth = layer.Inputs,
                Initial = parameters + layer.BiasOffset + column,
                InitialStride = 0,
                Result = y + column,
                ResultStride = yStride,
            };
            MatrixProduct<TSimd, DepthAlongRow>.Run(product, rows, width);
            ActivationKernels<TSimd>.Forward(
                activation, y + column, yStride, rows, width, derivative == null ? null : derivative + column);
        }
    }

    public override void InputGradient(
        in DenseLayer layer, float* parameters, in Activation previous,
        float* delta, nint deltaStride, float* a, float* derivative, float* gradient, nint stride, int rows, float* scratch)
    {
        var zeros = stackalloc float[DenseLayer.PanelWidth];
        new Span<float>(zeros, DenseLayer.PanelWidth).Clear();
        var inputs = DenseLayer.Pad(layer.Inputs);
        for (var input = 0; input < inputs; input += DenseLayer.PanelWidth)
        {
            var width = Math.Min(DenseLayer.PanelWidth, inputs - input);
            TransposeWeights(layer, parameters, input, width, scratch);
            var product = new TileOperands
            {
                Left = delta,
                LeftStride = deltaStride,
                Right = scratch,
                RightStride = width,
                Depth = layer.Outputs,
                Initial = zeros,
                InitialStride = 0,
                Result = gradient + input,
                ResultStride = stride,
            };
            MatrixProduct<TSimd, DepthAlongRow>.Run(product, rows, width);
            ActivationKernels<TSimd>.Backward(
                previous, gradient + input, stride, a + input, derivative == null ? null : derivative + input, stride, rows, width);
        }
    }

    public override void WeightGradient(
        in DenseLayer layer, float* x, nint xStride, float* delta, nint deltaStride, int rows, UpdateRule rule, float* scratch)
    {
        var zeros = stackalloc float[DenseLayer.PanelWidth];
        new Span<float>(zeros, DenseLayer.PanelWidth).Clear();
        for (var column = 0; column < layer.Columns; column += DenseLayer.PanelWidth)
        {
            var width = layer.PanelColumns(column);
            var product = new TileOperands
            {
                LeftStride = xStride,
                Right = delta + column,
                RightStride = deltaStride,
                Depth = rows,
                Initial = zeros,
                InitialStride = 0,
                Result = scratch,
                ResultStride = width,
            };
            for (var input = 0; input < layer.Inputs; input += GradientRows)
            {
                var count = Math.Min(GradientRows, layer.Inputs - input);
                product.Left = x + input;
                MatrixProduct<TSimd, DepthOverRows>.Run(product, count, width);
                rule.Apply(layer.PanelOffset(column) + (nint)input * width, scratch, count * width);
            }

            BiasGradient(delta + column, deltaStride, rows, width, scratch);
            rule.Apply(layer.BiasOffset + column, scratch, width);
        }
    }

    public override UpdateRule CreateRule(OptimizerConfiguration configuration, float* parameters, float* first, float* second) =>
        configuration.Kind switch
        {
            OptimizerKind.Sgd when configuration.Momentum == 0 => new SgdRule<TSimd>(parameters),
            OptimizerKind.Sgd => new MomentumRule<TSimd>(configuration, parameters, first),
            OptimizerKind.Adam => new AdamRule<TSimd>(configuration, parameters, first, second),
            _ => new RmsPropRule<TSimd>(configuration, parameters, first),
        };

    public override void Scale(float* x, float* center, float* scale, float* result, int count) =>
        EncodingKernels<TSimd>.Scale(x, center, scale, result, count);

    public override void Fourier(float* frequency, float* x, float* sines, float* cosines, int count) =>
        EncodingKernels<TSimd>.Fourier(frequency, x, sines, cosines, count);

    public override void Softmax(
        float* z, nint stride, int rows, int outputs, float* probabilities, nint probabilityStride, float* largest, double* sums) =>
        SoftmaxKernel<TSimd>.Run(z, stride, rows, outputs, probabilities, probabilityStride, largest, sums);

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

    /// <summary>Adds the deltas of a panel over the samples in sequence.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void BiasGradient(float* delta, nint stride, int rows, int width, float* result)
    {
        for (var column = 0; column < width; column += TSimd.Lanes)
        {
            var sum = TSimd.Broadcast(0f);
            var row = delta + column;
            for (var sample = 0; sample < rows; sample++, row += stride)
            {
                sum += TSimd.Load(row);
            }

            TSimd.Store(sum, result + column);
        }
    }

    /// <summary>Lays the weights of 32 (or 16) inputs out as [outputs][inputs]; inputs that do not exist become 0.</summary>
    private static void TransposeWeights(in DenseLayer layer, float* parameters, int firstInput, int width, float* result)
    {
        var edge = stackalloc float[16 * 16];
        for (var column = 0; column < layer.Columns; column += DenseLayer.PanelWidth)
        {
            var panelWidth = layer.PanelColumns(column);
            for (var input = firstInput; input < firstInput + width; input += 16)
            {
                var panel = parameters + layer.PanelOffset(column) + (nint)input * panelWidth;
                for (var part = 0; part < panelWidth; part += 16)
                {
                    var to = result + (nint)(column + part) * width + (input - firstInput);
                    var missing = input + 16 - layer.Inputs;
                    if (missing <= 0)
                    {
                        TSimd.Transpose16(panel + part, panelWidth, to, width);
                        continue;
                    }

                    new Span<float>(edge, 16 * 16).Clear();
                    for (var row = 0; row < 16 - missing; row++)
                    {
                        new ReadOnlySpan<float>(panel + part + row * panelWidth, 16).CopyTo(new Span<float>(edge + row * 16, 16));
                    }

                    TSimd.Transpose16(edge, 16, to, width);
                }
            }
        }
    }
}
