using System.Runtime.CompilerServices;

namespace ApproxCluster.Trainer;

/// <summary>
/// Forward product of a narrow layer: y[s][o] is the dot product of a sample (with its constant 1) and the output's row. A dot product
/// has 16 virtual lanes, lane l summing the elements l, l + 16, l + 32 ... in sequence with fused multiply-adds; the lanes are then added
/// in a fixed tree: l and l + 8, l and l + 4, l and l + 2, l and l + 1. So the bits do not depend on the vectors' width.
/// </summary>
internal static unsafe class NarrowForward<TSimd>
    where TSimd : unmanaged, ISimd<TSimd>
{
    private const int Lanes = 16;

    /// <summary>Computes the sums of all rows, rounded up to 16; only those of real rows are stored.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(in DenseLayer layer, float* parameters, float* x, nint xStride, float* y, nint yStride, int rows)
    {
        var partial = stackalloc float[Lanes * Lanes];
        var turned = stackalloc float[Lanes * Lanes];
        var sums = stackalloc float[Lanes];
        for (var row = 0; row < rows; row += Lanes)
        {
            var count = Math.Min(Lanes, rows - row);
            for (var output = 0; output < layer.Outputs; output++)
            {
                var weights = parameters + layer.Offset + (nint)output * layer.RowWidth;
                for (var lane = 0; lane < Lanes; lane += TSimd.Lanes)
                {
                    Dots8(x + row * xStride + lane, xStride, weights + lane, layer.RowWidth, partial + lane);
                    Dots8(x + (row + 8) * xStride + lane, xStride, weights + lane, layer.RowWidth, partial + 8 * Lanes + lane);
                }

                TSimd.Transpose16(partial, Lanes, turned, Lanes);
                Tree(turned, sums);
                var to = y + row * yStride + output;
                for (var sample = 0; sample < count; sample++, to += yStride)
                {
                    *to = sums[sample];
                }
            }
        }
    }

    /// <summary>Some of the virtual lanes of 8 samples.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Dots8(float* x, nint stride, float* weights, int width, float* result)
    {
        var x4 = x + 4 * stride;
        var c0 = TSimd.Broadcast(0f);
        var (c1, c2, c3, c4, c5, c6, c7) = (c0, c0, c0, c0, c0, c0, c0);
        for (var i = 0; i < width; i += Lanes)
        {
            var w = TSimd.Load(weights + i);
            TSimd.FmaTo(ref c0, TSimd.Load(x + i), w);
            TSimd.FmaTo(ref c1, TSimd.Load(x + stride + i), w);
            TSimd.FmaTo(ref c2, TSimd.Load(x + 2 * stride + i), w);
            TSimd.FmaTo(ref c3, TSimd.Load(x + 3 * stride + i), w);
            TSimd.FmaTo(ref c4, TSimd.Load(x4 + i), w);
            TSimd.FmaTo(ref c5, TSimd.Load(x4 + stride + i), w);
            TSimd.FmaTo(ref c6, TSimd.Load(x4 + 2 * stride + i), w);
            TSimd.FmaTo(ref c7, TSimd.Load(x4 + 3 * stride + i), w);
        }

        TSimd.Store(c0, result);
        TSimd.Store(c1, result + Lanes);
        TSimd.Store(c2, result + 2 * Lanes);
        TSimd.Store(c3, result + 3 * Lanes);
        TSimd.Store(c4, result + 4 * Lanes);
        TSimd.Store(c5, result + 5 * Lanes);
        TSimd.Store(c6, result + 6 * Lanes);
        TSimd.Store(c7, result + 7 * Lanes);
    }

    /// <summary>Adds the 16 rows of a block [lane][sample].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tree(float* block, float* result)
    {
        for (var i = 0; i < Lanes; i += TSimd.Lanes)
        {
            var at = block + i;
            var (a0, a1, a2, a3) = (Pair(at, 0), Pair(at, 1), Pair(at, 2), Pair(at, 3));
            var (a4, a5, a6, a7) = (Pair(at, 4), Pair(at, 5), Pair(at, 6), Pair(at, 7));
            TSimd.Store(a0 + a4 + (a2 + a6) + (a1 + a5 + (a3 + a7)), result + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TSimd Pair(float* block, int lane) => TSimd.Load(block + lane * Lanes) + TSimd.Load(block + (lane + 8) * Lanes);
}
