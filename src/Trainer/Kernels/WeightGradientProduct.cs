using System.Runtime.CompilerServices;

namespace ApproxCluster.Trainer;

/// <summary>
/// gradient[i][o] = x[0][i] delta[0][o] + x[1][i] delta[1][o] + ... over the samples in sequence, with x[s][inputs] = 1 for the bias.
/// Inputs go in chunks that stay in the second cache with all their samples, samples in slices whose deltas stay in the first; a slice
/// continues the sums of the one before from memory. 96 x 32 sums are handed to the update as soon as their last sample is in, out of the
/// first cache; the parameters and state that it needs are fetched meanwhile. (Smaller pieces cost a32 3 to 7 %.)
/// </summary>
internal static unsafe class WeightGradientProduct<TSimd>
    where TSimd : unmanaged, ISimd<TSimd>
{
    private const int TileRows = 12;
    private const int ChunkRows = 8 * TileRows;
    private const int SliceSamples = 256;
    private const int NarrowChunk = 512;

    /// <summary>Floats of scratch memory.</summary>
    public static nint ScratchFloats => Math.Max((ChunkRows + 4) * DenseLayer.PanelWidth, (DenseLayer.NarrowOutputs + 4) * NarrowChunk);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(in DenseLayer layer, float* x, nint xStride, float* delta, nint deltaStride, int samples, UpdateRule rule, float* scratch)
    {
        var slices = (samples + SliceSamples - 1) / SliceSamples;
        var direct = rule.Direct;
        var product = new TileOperands { LeftStride = xStride, RightStride = deltaStride };
        for (var chunk = 0; chunk <= layer.Inputs; chunk += ChunkRows)
        {
            var rows = Math.Min(ChunkRows, layer.Inputs + 1 - chunk);
            var isDirect = direct != null && rows % TileRows == 0;
            for (var column = 0; column < layer.Columns; column += DenseLayer.PanelWidth)
            {
                var width = layer.PanelColumns(column);
                var offset = layer.PanelOffset(column) + (nint)chunk * width;
                var result = isDirect ? direct + offset : scratch;
                product.ResultStride = width;
                for (var slice = 0; slice < slices; slice++)
                {
                    var first = (int)((long)samples * slice / slices);
                    var last = (int)((long)samples * (slice + 1) / slices);
                    product.Depth = last - first;
                    product.Left = x + first * xStride + chunk;
                    product.Right = delta + first * deltaStride + column;
                    product.Result = result;
                    product.Initial = first == 0 ? null : result;
                    product.InitialStride = first == 0 ? 0 : width;
                    rule.Ahead(ref product, last == samples ? offset : 0);
                    MatrixProduct<TSimd, DepthOverRows, NoEpilogue<TSimd>>.Run(ref product, rows, width);
                }

                if (!isDirect)
                {
                    rule.Apply(offset, result, rows * width);
                }
            }
        }
    }

    /// <summary>The same for a narrow layer, transposed: rows are outputs, columns are inputs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Narrow(
        in DenseLayer layer, float* x, nint xStride, float* delta, nint deltaStride, int samples, UpdateRule rule, float* scratch)
    {
        var product = new TileOperands
        {
            LeftStride = deltaStride,
            RightStride = xStride,
            Depth = samples,
        };
        rule.Ahead(ref product, layer.Offset);
        for (var chunk = 0; chunk < layer.RowWidth; chunk += NarrowChunk)
        {
            var count = Math.Min(NarrowChunk, layer.RowWidth - chunk);
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

    private static void Tiles(ref TileOperands product, float* delta, float* x, float* result, int outputs, int columns)
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
