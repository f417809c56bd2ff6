using System.Runtime.CompilerServices;

namespace ApproxCluster.Trainer;

/// <summary>
/// gradient[i][o] = x[0][i] delta[0][o] + x[1][i] delta[1][o] + ... over the samples in sequence, with x[s][inputs] = 1 for the bias.
/// Inputs go in chunks that stay in the second cache with all their samples, samples in slices whose deltas stay in the first; a slice
/// continues the sums of the one before from memory. A tile is handed to the update as soon as its last sample is in.
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
    public static void Run(in DenseLayer layer, float* x, nint xStride, float* delta, nint deltaStride, int samples, UpdateRule rule, float* scratch, float* zeros)
    {
        var slices = (samples + SliceSamples - 1) / SliceSamples;
        var product = new TileOperands { LeftStride = xStride, RightStride = deltaStride };
        for (var chunk = 0; chunk <= layer.Inputs; chunk += ChunkRows)
        {
            var end = Math.Min(chunk + ChunkRows, layer.Inputs + 1);
            for (var column = 0; column < layer.Columns; column += DenseLayer.PanelWidth)
            {
                var width = layer.PanelColumns(column);
                product.ResultStride = width;
                for (var slice = 0; slice < slices; slice++)
                {
                    var first = (int)((long)samples * slice / slices);
                    var last = (int)((long)samples * (slice + 1) / slices);
                    product.Depth = last - first;
                    for (var input = chunk; input < end; input += TileRows)
                    {
                        var rows = Math.Min(TileRows, end - input);
                        var offset = layer.PanelOffset(column) + (nint)input * width;
                        var result = scratch + (nint)(input - chunk) * width;
                        product.Left = x + first * xStride + input;
                        product.Right = delta + first * deltaStride + column;
                        product.Result = result;
                        product.Initial = first == 0 ? zeros : result;
                        product.InitialStride = first == 0 ? 0 : width;
                        rule.Ahead(ref product, last == samples ? Next(layer, column, input, chunk, end) : 0);
                        MatrixProduct<TSimd, DepthOverRows, NoEpilogue<TSimd>>.Run(ref product, rows, width);
                        if (last == samples)
                        {
                            rule.Apply(offset, result, rows * width);
                        }
                    }
                }
            }
        }
    }

    /// <summary>Offset of the tile that comes after one: below it, in the next panel, or in the next chunk.</summary>
    private static nint Next(in DenseLayer layer, int column, int input, int chunk, int end)
    {
        var next = column + DenseLayer.PanelWidth;
        return input + TileRows < end ? layer.WeightOffset(input + TileRows, column)
            : next < layer.Columns ? layer.PanelOffset(next) + (nint)chunk * layer.PanelColumns(next)
            : layer.WeightOffset(end, 0);
    }

    /// <summary>The same for a narrow layer, transposed: rows are outputs, columns are inputs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Narrow(
        in DenseLayer layer, float* x, nint xStride, float* delta, nint deltaStride, int samples, UpdateRule rule, float* scratch, float* zeros)
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
            product.ResultStride = count;
            for (var input = 0; input < count; input += DenseLayer.PanelWidth)
            {
                product.Left = delta;
                product.Right = x + chunk + input;
                product.Initial = zeros;
                product.Result = scratch + input;
                MatrixProduct<TSimd, DepthOverRows, NoEpilogue<TSimd>>.Run(ref product, layer.Outputs, Math.Min(DenseLayer.PanelWidth, count - input));
            }

            for (var output = 0; output < layer.Outputs; output++)
            {
                rule.Apply(layer.Offset + (nint)output * layer.RowWidth + chunk, scratch + (nint)output * count, count);
            }
        }
    }
}
