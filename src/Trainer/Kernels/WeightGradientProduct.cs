using System.Runtime.CompilerServices;

namespace ApproxCluster.Trainer;

/// <summary>
/// gradient[i][o] = x[0][i] delta[0][o] + x[1][i] delta[1][o] + ... over the samples in sequence, with x[s][inputs] = 1 for the bias.
/// Inputs go in chunks that stay in the second cache with all their samples, samples in slices whose deltas stay in the first; a slice
/// continues the sums of the one before from memory. 96 x 32 sums are handed to the update as soon as their last sample is in, out of the
/// first cache; the parameters and state that it needs, or the next slice's deltas, are fetched meanwhile. (Smaller pieces cost a32 3 to 7 %.)
/// </summary>
internal static unsafe class WeightGradientProduct<TSimd>
    where TSimd : unmanaged, ISimd<TSimd>
{
    private const int TileRows = 12;
    private const int TilesOfChunk = 8;
    private const int ChunkRows = TilesOfChunk * TileRows;
    private const int SliceSamples = 256;
    private const int HalfWidth = DenseLayer.PanelWidth / 2;

    /// <summary>Floats of scratch memory.</summary>
    public static nint ScratchFloats => (ChunkRows + 4) * DenseLayer.PanelWidth;

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
                if (width == HalfWidth)
                {
                    HalfPanel(layer.Outputs - column, x + chunk, xStride, delta + column, deltaStride, samples, rows, rule, offset, scratch);
                    continue;
                }

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
                    if (last == samples)
                    {
                        rule.Ahead(ref product, offset);
                    }
                    else
                    {
                        Ahead(ref product, delta + last * deltaStride + column, deltaStride);
                    }

                    MatrixProduct<TSimd, DepthOverRows, NoEpilogue<TSimd>>.Run(ref product, rows, width);
                }

                if (!isDirect)
                {
                    rule.Apply(offset, result, rows * width);
                }
            }
        }
    }

    /// <summary>
    /// Spreads the fetching of the next slice's deltas over the chunk's tiles, a third from each address: a wide layer's do not stay in the second cache, and
    /// rows so far apart are not foreseen by the processor.
    /// </summary>
    private static void Ahead(ref TileOperands product, float* delta, nint deltaStride)
    {
        const int Parts = 3 * TilesOfChunk;

        // Even, as tiles of half the rows fetch half of it.
        var part = (((product.Depth + Parts - 1) / Parts + 1) & ~1) * deltaStride;
        product.AheadLines = part / 16;
        product.AheadStep = deltaStride;
        product.Ahead0 = delta;
        product.Ahead1 = delta + TilesOfChunk * part;
        product.Ahead2 = delta + 2 * TilesOfChunk * part;
    }

    /// <summary>
    /// Some inputs of a panel of 16 columns, turned: the outputs are a tile's rows, so that none is computed that is not there and a tile is two vectors wide; then
    /// transposed. Each element meets the same operations.
    /// </summary>
    private static void HalfPanel(
        int outputs, float* x, nint xStride, float* delta, nint deltaStride, int samples, int inputs, UpdateRule rule, nint offset, float* scratch)
    {
        var columns = DenseLayer.Pad(inputs);
        var turned = scratch + HalfWidth * columns;
        var product = new TileOperands { LeftStride = deltaStride, RightStride = xStride, Depth = samples };
        rule.Ahead(ref product, offset);
        NarrowWeightGradient<TSimd>.Tiles(ref product, delta, x, scratch, outputs, columns);
        new Span<float>(scratch + outputs * columns, (HalfWidth - outputs) * columns).Clear();
        for (var input = 0; input < columns; input += HalfWidth)
        {
            TSimd.Transpose16(scratch + input, columns, turned + input * HalfWidth, HalfWidth);
        }

        rule.Apply(offset, turned, inputs * HalfWidth);
    }
}
