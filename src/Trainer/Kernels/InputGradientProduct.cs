using System.Runtime.CompilerServices;

namespace ApproxCluster.Trainer;

/// <summary>
/// gradient[s][i] = f'(previous) * (delta[s][0] W[i][0] + delta[s][1] W[i][1] + ... in sequence). What is cheaper to transpose is
/// transposed: 32 inputs of the weights at a time, or, in a small batch, 32 samples of delta and of the result. Both give the same bits.
/// </summary>
internal static unsafe class InputGradientProduct<TSimd>
    where TSimd : unmanaged, ISimd<TSimd>
{
    private const int SliceDepth = 512;
    private const int Side = 16;
    private const int TileRows = 8;

    /// <summary>Floats of scratch memory.</summary>
    public static nint ScratchFloats(int outputs) => (nint)(DenseLayer.Pad(outputs) + 32) * DenseLayer.PanelWidth;

    public static void Run(in DenseLayer layer, in GradientOperands operands)
    {
        switch (operands.Previous.Kind)
        {
            case ActivationKind.Linear:
                Run<NoEpilogue<TSimd>>(layer, operands);
                break;
            case ActivationKind.Relu:
                Run<ReluGradient<TSimd>>(layer, operands);
                break;
            case ActivationKind.LeakyRelu:
                Run<LeakyReluGradient<TSimd>>(layer, operands);
                break;
            case ActivationKind.Tanh:
                Run<TanhGradient<TSimd>>(layer, operands);
                break;
            case ActivationKind.Sigmoid:
                Run<SigmoidGradient<TSimd>>(layer, operands);
                break;
            default:
                Run<KeptGradient<TSimd>>(layer, operands);
                break;
        }
    }

    private static void Run<TEpilogue>(in DenseLayer layer, in GradientOperands operands)
        where TEpilogue : struct, IEpilogue<TSimd>
    {
        var blocksOfSamples = (long)operands.Rows * (layer.Inputs + layer.Outputs);
        if (layer.IsNarrow)
        {
            Narrow<TEpilogue>(layer, operands);
        }
        else if (layer.Inputs % Side == 0 && layer.Outputs % DenseLayer.PanelWidth == 0 && operands.Rows % Side == 0
            && 2 * blocksOfSamples < (long)layer.Inputs * layer.Outputs)
        {
            SmallBatch<TEpilogue>(layer, operands);
        }
        else
        {
            LargeBatch<TEpilogue>(layer, operands);
        }
    }

    /// <summary>The rows of a narrow layer are the right operand as they stand.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Narrow<TEpilogue>(in DenseLayer layer, in GradientOperands operands)
        where TEpilogue : struct, IEpilogue<TSimd>
    {
        Prepare(operands, layer.Outputs, out var product);
        product.RightStride = layer.RowWidth;
        var inputs = DenseLayer.Pad(layer.Inputs);
        for (var input = 0; input < inputs; input += DenseLayer.PanelWidth)
        {
            product.Left = operands.Delta;
            product.Right = operands.Parameters + layer.Offset + input;
            product.Initial = null;
            product.Result = operands.Gradient + input;
            var width = Math.Min(DenseLayer.PanelWidth, inputs - input);
            if (layer.Outputs <= TileOperands.ShallowDepth)
            {
                ShallowProduct<TSimd, TEpilogue>.Run(product, operands.Rows, width);
            }
            else
            {
                MatrixProduct<TSimd, DepthAlongRow, TEpilogue>.Run(ref product, operands.Rows, width);
            }
        }

        if (inputs > layer.Inputs)
        {
            // The bias stands where the padding begins.
            Padding<TSimd>.Write(operands.Gradient, operands.Stride, operands.Rows, layer.Inputs, 0);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void LargeBatch<TEpilogue>(in DenseLayer layer, in GradientOperands operands)
        where TEpilogue : struct, IEpilogue<TSimd>
    {
        var inputs = DenseLayer.Pad(layer.Inputs);
        for (var input = 0; input < inputs; input += DenseLayer.PanelWidth)
        {
            var width = Math.Min(DenseLayer.PanelWidth, inputs - input);
            WeightTransposition<TSimd>.Run(layer, operands.Parameters, input, width, operands.Scratch);
            for (var begin = 0; begin < layer.Outputs; begin += SliceDepth)
            {
                var depth = Math.Min(SliceDepth, layer.Outputs - begin);
                Prepare(operands, depth, out var product);
                product.Left += begin;
                product.Right = operands.Scratch + (nint)begin * width;
                product.RightStride = width;
                product.Result = operands.Gradient + input;
                Ahead(layer, operands, input + DenseLayer.PanelWidth, begin, ref product);
                if (begin > 0)
                {
                    product.Initial = product.Result;
                    product.InitialStride = operands.Stride;
                }

                if (begin + depth < layer.Outputs)
                {
                    MatrixProduct<TSimd, DepthAlongRow, NoEpilogue<TSimd>>.Run(ref product, operands.Rows, width);
                }
                else
                {
                    MatrixProduct<TSimd, DepthAlongRow, TEpilogue>.Run(ref product, operands.Rows, width);
                }
            }
        }
    }

    /// <summary>
    /// Spreads the fetching of the weights that are transposed next over the tiles, a panel's a tile, where they do not stay in the second cache and the samples are so few that
    /// the transposition counts.
    /// </summary>
    private static void Ahead(in DenseLayer layer, in GradientOperands operands, int input, int begin, ref TileOperands product)
    {
        var tiles = operands.Rows / TileRows;
        var panel = begin / SliceDepth * tiles * DenseLayer.PanelWidth;
        if (input >= layer.Inputs || panel >= layer.Columns || tiles * DenseLayer.PanelWidth > layer.Columns || (long)layer.Inputs * layer.Columns < DenseLayer.ResidentFloats)
        {
            return;
        }

        product.AheadLines = DenseLayer.PanelWidth * DenseLayer.PanelWidth / Side;
        product.AheadNext = (nint)(layer.Inputs + 1) * DenseLayer.PanelWidth;
        product.Ahead0 = operands.Parameters + layer.PanelOffset(panel) + (nint)input * DenseLayer.PanelWidth;
    }

    /// <summary>Computes the transposed result: rows are inputs, columns are samples.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SmallBatch<TEpilogue>(in DenseLayer layer, in GradientOperands operands)
        where TEpilogue : struct, IEpilogue<TSimd>
    {
        var block = operands.Scratch + (nint)layer.Columns * DenseLayer.PanelWidth;
        for (var sample = 0; sample < operands.Rows; sample += DenseLayer.PanelWidth)
        {
            var width = Math.Min(DenseLayer.PanelWidth, operands.Rows - sample);
            for (var output = 0; output < layer.Outputs; output += Side)
            {
                for (var part = 0; part < width; part += Side)
                {
                    var from = operands.Delta + (sample + part) * operands.DeltaStride + output;
                    TSimd.Transpose16(from, operands.DeltaStride, operands.Scratch + (nint)output * width + part, width);
                }
            }

            var product = new TileOperands
            {
                LeftStride = DenseLayer.PanelWidth,
                Segments = layer.Outputs / DenseLayer.PanelWidth,
                SegmentStride = (nint)(layer.Inputs + 1) * DenseLayer.PanelWidth,
                RightStride = width,
                Depth = DenseLayer.PanelWidth,
                ResultStride = width,
            };
            for (var input = 0; input < layer.Inputs; input += Side)
            {
                product.Left = operands.Parameters + layer.Offset + (nint)input * DenseLayer.PanelWidth;
                product.Right = operands.Scratch;
                product.Initial = null;
                product.Result = block;
                MatrixProduct<TSimd, DepthOverPanels, NoEpilogue<TSimd>>.Run(ref product, Side, width);
                for (var part = 0; part < width; part += Side)
                {
                    var to = operands.Gradient + (sample + part) * operands.Stride + input;
                    TSimd.Transpose16(block + part, width, to, operands.Stride);
                    Epilogue<TEpilogue>(to, operands);
                }
            }
        }
    }

    /// <summary>Applies the epilogue to a block of 16 x 16.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Epilogue<TEpilogue>(float* block, in GradientOperands operands)
        where TEpilogue : struct, IEpilogue<TSimd>
    {
        var constant = TSimd.Broadcast(operands.Previous.Slope);
        var other = operands.Kept - operands.Gradient;
        for (var row = 0; row < Side; row++, block += operands.Stride)
        {
            for (var column = 0; column < Side; column += TSimd.Lanes)
            {
                var at = block + column;
                TSimd.Store(TEpilogue.Apply(TSimd.Load(at), TEpilogue.Reads ? TSimd.Load(at + other) : constant, constant), at);
            }
        }
    }

    /// <summary>Filled in place, as a copy of so recent stores would wait for them.</summary>
    private static void Prepare(in GradientOperands operands, int depth, out TileOperands product)
    {
        product = default;
        product.Left = operands.Delta;
        product.LeftStride = operands.DeltaStride;
        product.Depth = depth;
        product.ResultStride = operands.Stride;
        product.Other = (nint)(operands.Kept - operands.Gradient);
        product.Constant = operands.Previous.Slope;
    }
}
