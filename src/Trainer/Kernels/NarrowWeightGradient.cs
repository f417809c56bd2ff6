using System.Runtime.CompilerServices;

namespace ApproxCluster.Trainer;

/// <summary>The weight gradient (see <see cref="WeightGradientProduct{TSimd}"/>) of a narrow layer, transposed: rows are outputs, columns are inputs.</summary>
internal static unsafe class NarrowWeightGradient<TSimd>
    where TSimd : unmanaged, ISimd<TSimd>
{
    private const int Chunk = 512;

    /// <summary>Floats of scratch memory.</summary>
    public static nint ScratchFloats => (DenseLayer.NarrowOutputs + 4) * Chunk;

    /// <summary>Computes the gradient and hands it to the rule.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(
        in DenseLayer layer, float* x, nint xStride, float* delta, nint deltaStride, int samples, UpdateRule rule, float* scratch)
    {
        var product = new TileOperands
        {
            LeftStride = deltaStride,
            RightStride = xStride,
            Depth = samples,
        };
        rule.Ahead(ref product, layer.Offset);
        for (var chunk = 0; chunk < layer.RowWidth; chunk += Chunk)
        {
            var count = Math.Min(Chunk, layer.RowWidth - chunk);
            if (layer.Outputs <= RowGradient<TSimd>.MostOutputs)
            {
                for (var output = 0; output < layer.Outputs; output++)
                {
                    RowGradient<TSimd>.Run(x + chunk, xStride, delta + output, deltaStride, samples, scratch + (nint)output * count, count);
                }
            }
            else
            {
                Tiles(ref product, delta, x + chunk, scratch, layer.Outputs, count);
            }

            for (var output = 0; output < layer.Outputs; output++)
            {
                rule.Apply(layer.Offset + (nint)output * layer.RowWidth + chunk, scratch + (nint)output * count, count);
            }
        }
    }

    /// <summary>Computes result[o][i], rows of the width of so many columns, a multiple of 16.</summary>
    /// <param name="product">Strides of delta and x, the depth, and what is to be fetched ahead.</param>
    /// <param name="delta">Gradient with respect to the outputs.</param>
    /// <param name="x">Inputs.</param>
    /// <param name="result">The sums; up to 3 rows more than outputs may be written, up to a multiple of 4.</param>
    /// <param name="outputs">Rows.</param>
    /// <param name="columns">Columns.</param>
    public static void Tiles(ref TileOperands product, float* delta, float* x, float* result, int outputs, int columns)
    {
        product.ResultStride = columns;
        for (var input = 0; input < columns; input += DenseLayer.PanelWidth)
        {
            product.Left = delta;
            product.Right = x + input;
            product.Initial = null;
            product.Result = result + input;
            MatrixProduct<TSimd, DepthOverRows, NoEpilogue<TSimd>>.Run(ref product, outputs, Math.Min(DenseLayer.PanelWidth, columns - input));
        }
    }
}
