using System.Runtime.CompilerServices;

namespace ApproxCluster.Trainer;

/// <summary>
/// y = f(x W + b): y[s][o] = b[o] + x[s][0] W[0][o] + x[s][1] W[1][o] + ... in sequence, then f. Samples go in blocks and the depth in
/// slices, so that both operands of a block stay in the second cache; a slice continues the sums of the one before from memory, which
/// changes no bit.
/// </summary>
internal static unsafe class ForwardProduct<TSimd>
    where TSimd : unmanaged, ISimd<TSimd>
{
    private const int BlockRows = 128;
    private const int SliceDepth = 512;
    private const int TileRows = 8;

    /// <summary>Chooses the epilogue. Activations that take more than a few instructions run over a panel
    /// while it is in the first cache; after so few inputs that the product is no work, with it.</summary>
    public static void Run(
        in DenseLayer layer, float* parameters, in Activation activation, float* x, nint xStride, float* y, nint yStride, float* derivative, int rows)
    {
        switch (activation.Kind)
        {
            case ActivationKind.Relu:
                Blocks<ReluEpilogue<TSimd>>(layer, parameters, activation, x, xStride, y, yStride, derivative, rows);
                break;
            case ActivationKind.LeakyRelu:
                Blocks<LeakyReluEpilogue<TSimd>>(layer, parameters, activation, x, xStride, y, yStride, derivative, rows);
                break;
            case ActivationKind.Tanh when layer.Inputs <= TileOperands.ShallowDepth:
                Blocks<TanhEpilogue<TSimd>>(layer, parameters, activation, x, xStride, y, yStride, derivative, rows);
                break;
            case ActivationKind.Sigmoid when layer.Inputs <= TileOperands.ShallowDepth:
                Blocks<SigmoidEpilogue<TSimd>>(layer, parameters, activation, x, xStride, y, yStride, derivative, rows);
                break;
            default:
                Blocks<NoEpilogue<TSimd>>(layer, parameters, activation, x, xStride, y, yStride, derivative, rows);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Blocks<TEpilogue>(
        in DenseLayer layer, float* parameters, in Activation activation, float* x, nint xStride, float* y, nint yStride, float* derivative, int rows)
        where TEpilogue : struct, IEpilogue<TSimd>
    {
        var slices = (layer.Inputs + SliceDepth - 1) / SliceDepth;
        var product = new TileOperands { LeftStride = xStride, ResultStride = yStride, Constant = activation.Slope };
        for (var row = 0; row < rows; row += BlockRows)
        {
            var count = Math.Min(BlockRows, rows - row);
            for (var slice = 0; slice < slices; slice++)
            {
                var begin = (int)((long)layer.Inputs * slice / slices);
                var end = (int)((long)layer.Inputs * (slice + 1) / slices);
                product.Depth = end - begin;
                for (var column = 0; column < layer.Columns; column += DenseLayer.PanelWidth)
                {
                    var width = layer.PanelColumns(column);
                    var panel = parameters + layer.PanelOffset(column);
                    var result = y + row * yStride + column;
                    product.Left = x + row * xStride + begin;
                    product.Right = panel + (nint)begin * width;
                    product.RightStride = width;
                    product.Result = result;
                    product.Initial = begin == 0 ? panel + (nint)layer.Inputs * width : result;
                    product.InitialStride = begin == 0 ? 0 : yStride;
                    Ahead(layer, parameters, ref product, column, begin, count);
                    if (end < layer.Inputs)
                    {
                        MatrixProduct<TSimd, DepthAlongRow, NoEpilogue<TSimd>>.Run(ref product, count, width);
                        continue;
                    }

                    if (layer.Inputs <= TileOperands.ShallowDepth)
                    {
                        ShallowProduct<TSimd, TEpilogue>.Run(product, count, width);
                    }
                    else
                    {
                        MatrixProduct<TSimd, DepthAlongRow, TEpilogue>.Run(ref product, count, width);
                    }

                    if (typeof(TEpilogue) == typeof(NoEpilogue<TSimd>))
                    {
                        ActivationKernels<TSimd>.AfterProduct(
                            activation, result, yStride, count, width, derivative == null ? null : derivative + (result - y));
                    }
                }
            }
        }
    }

    /// <summary>
    /// Spreads the fetching of the next panel's part over the tiles of this one, where the weights do not fit the second cache beside the
    /// samples. Past the last panel comes the first, further down.
    /// </summary>
    private static void Ahead(in DenseLayer layer, float* parameters, ref TileOperands product, int column, int begin, int rows)
    {
        if ((long)layer.Inputs * layer.Columns < DenseLayer.ResidentFloats)
        {
            return;
        }

        var next = column + DenseLayer.PanelWidth;
        product.Ahead0 = parameters + (next < layer.Columns
            ? layer.PanelOffset(next) + (nint)begin * layer.PanelColumns(next)
            : layer.PanelOffset(0) + (begin + product.Depth) * layer.PanelColumns(0));
        product.AheadLines = product.Depth * 2 * TileRows / rows + 1;
        product.AheadNext = 16 * product.AheadLines;
    }
}
