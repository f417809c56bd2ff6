using System.Runtime.CompilerServices;

namespace ApproxCluster.Trainer;

/// <summary>
/// Products of depth 1 to 4, as a layer of few inputs has them forward and one of few outputs backward: result[r][j] =
/// epilogue(fma(left[r][k], right[k][j], ...) from initial[j] on, for k = 0, 1 ... in sequence), the same operations as in a tile. The right operand
/// stays in registers and the rows pass; two at a time, so that they share the constants of an epilogue. Rows come rounded up to 2.
/// </summary>
internal static unsafe class ShallowProduct<TSimd, TEpilogue>
    where TSimd : unmanaged, ISimd<TSimd>
    where TEpilogue : struct, IEpilogue<TSimd>
{
    /// <summary>Computes the product.</summary>
    /// <param name="tile">Operands at the first row and column; the depth runs along a row of the left one, and all rows start alike.</param>
    /// <param name="rows">Rows of the result.</param>
    /// <param name="columns">Columns of the result: a multiple of 16.</param>
    public static void Run(in TileOperands tile, int rows, int columns)
    {
        nint column = 0;
        for (; column < columns - TSimd.Lanes; column += 2 * TSimd.Lanes)
        {
            Strip2(tile, column, rows);
        }

        if (column < columns)
        {
            Strip1(tile, column, rows);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Strip2(in TileOperands tile, nint column, int rows)
    {
        var (depth, stride, toStride, other) = (tile.Depth, tile.LeftStride, tile.ResultStride, tile.Other);
        var left = tile.Left;
        var to = tile.Result + column;
        var constant = TSimd.Broadcast(tile.Constant);
        var start0 = Start(tile, column);
        var start1 = Start(tile, column + TSimd.Lanes);

        // Rows beyond the depth are loaded from the last row and never used.
        var right = tile.Right + column;
        var right1 = right + tile.RightStride * Math.Min(1, depth - 1);
        var right2 = right + tile.RightStride * Math.Min(2, depth - 1);
        var right3 = right + tile.RightStride * (depth - 1);
        var (b00, b01) = (TSimd.Load(right), TSimd.Load(right + TSimd.Lanes));
        var (b10, b11) = (TSimd.Load(right1), TSimd.Load(right1 + TSimd.Lanes));
        var (b20, b21) = (TSimd.Load(right2), TSimd.Load(right2 + TSimd.Lanes));
        var (b30, b31) = (TSimd.Load(right3), TSimd.Load(right3 + TSimd.Lanes));
        for (; rows > 0; rows -= 2, left += 2 * stride, to += 2 * toStride)
        {
            var (a, b) = (TSimd.Broadcast(left[0]), TSimd.Broadcast(left[stride]));
            var c00 = TSimd.Fma(a, b00, start0);
            var c01 = TSimd.Fma(a, b01, start1);
            var c10 = TSimd.Fma(b, b00, start0);
            var c11 = TSimd.Fma(b, b01, start1);
            if (depth > 1)
            {
                (a, b) = (TSimd.Broadcast(left[1]), TSimd.Broadcast(left[stride + 1]));
                c00 = TSimd.Fma(a, b10, c00);
                c01 = TSimd.Fma(a, b11, c01);
                c10 = TSimd.Fma(b, b10, c10);
                c11 = TSimd.Fma(b, b11, c11);
                if (depth > 2)
                {
                    (a, b) = (TSimd.Broadcast(left[2]), TSimd.Broadcast(left[stride + 2]));
                    c00 = TSimd.Fma(a, b20, c00);
                    c01 = TSimd.Fma(a, b21, c01);
                    c10 = TSimd.Fma(b, b20, c10);
                    c11 = TSimd.Fma(b, b21, c11);
                    if (depth > 3)
                    {
                        (a, b) = (TSimd.Broadcast(left[3]), TSimd.Broadcast(left[stride + 3]));
                        c00 = TSimd.Fma(a, b30, c00);
                        c01 = TSimd.Fma(a, b31, c01);
                        c10 = TSimd.Fma(b, b30, c10);
                        c11 = TSimd.Fma(b, b31, c11);
                    }
                }
            }

            Finish(c00, to, other, constant);
            Finish(c01, to + TSimd.Lanes, other, constant);
            Finish(c10, to + toStride, other, constant);
            Finish(c11, to + toStride + TSimd.Lanes, other, constant);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Strip1(in TileOperands tile, nint column, int rows)
    {
        var depth = tile.Depth;
        var left = tile.Left;
        var to = tile.Result + column;
        var constant = TSimd.Broadcast(tile.Constant);
        var start = Start(tile, column);
        for (; rows > 0; rows--, left += tile.LeftStride, to += tile.ResultStride)
        {
            var sum = start;
            var right = tile.Right + column;
            for (nint k = 0; k < depth; k++, right += tile.RightStride)
            {
                TSimd.FmaTo(ref sum, TSimd.Broadcast(left[k]), TSimd.Load(right));
            }

            Finish(sum, to, tile.Other, constant);
        }
    }

    /// <summary>What the sums of all rows start from.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TSimd Start(in TileOperands tile, nint column) => tile.Initial == null ? TSimd.Broadcast(0f) : TSimd.Load(tile.Initial + column);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish(TSimd sum, float* to, nint other, TSimd constant) =>
        TSimd.Store(TEpilogue.Apply(sum, TEpilogue.Reads ? TSimd.Load(to + other) : sum, constant), to);
}
