using System.Runtime.CompilerServices;

namespace ApproxCluster.Trainer;

/// <summary>
/// The inner kernels of every matrix product: a tile of the result stays in registers while the depth runs,
/// c[r][j] = fma(a[r][k], b[k][j], c[r][j]) for k = 0, 1, 2 ... in sequence. Each element of the result has its own lane and the same
/// sequence of roundings whatever the tile or the width. The accumulators never leave their registers: 97 to 99 % of the FMA peak in
/// the first cache, at 512 and at 256 bits (EPYC of the Zen 5 family). Each method does some tiles, one below the other: a call for each would cost a tenth of a
/// tile of depth 32. The operands are left at the row after the last.
/// </summary>
internal static unsafe partial class Tile<TSimd, TDepth, TEpilogue>
    where TSimd : unmanaged, ISimd<TSimd>
    where TDepth : struct, IDepth
    where TEpilogue : struct, IEpilogue<TSimd>
{
    /// <summary>12 rows, 2 vectors of columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile12x2(ref TileOperands operands, int tiles)
    {
        for (; tiles > 0; tiles--)
        {
            var a0 = operands.Left;
            var a1 = a0 + operands.LeftStride;
            var a2 = a1 + operands.LeftStride;
            var a3 = a2 + operands.LeftStride;
            var a4 = a3 + operands.LeftStride;
            var a5 = a4 + operands.LeftStride;
            var a6 = a5 + operands.LeftStride;
            var a7 = a6 + operands.LeftStride;
            var a8 = a7 + operands.LeftStride;
            var a9 = a8 + operands.LeftStride;
            var a10 = a9 + operands.LeftStride;
            var a11 = a10 + operands.LeftStride;
            var step = TDepth.IsRow ? operands.LeftStride : 0;
            var right = operands.Right;
            var rightStride = operands.RightStride;
            var depth = operands.Depth;
            var from = operands.Initial;
            var fromStride = operands.InitialStride;
            var c00 = TSimd.Broadcast(0f);
            var c01 = TSimd.Broadcast(0f);
            var c10 = TSimd.Broadcast(0f);
            var c11 = TSimd.Broadcast(0f);
            var c20 = TSimd.Broadcast(0f);
            var c21 = TSimd.Broadcast(0f);
            var c30 = TSimd.Broadcast(0f);
            var c31 = TSimd.Broadcast(0f);
            var c40 = TSimd.Broadcast(0f);
            var c41 = TSimd.Broadcast(0f);
            var c50 = TSimd.Broadcast(0f);
            var c51 = TSimd.Broadcast(0f);
            var c60 = TSimd.Broadcast(0f);
            var c61 = TSimd.Broadcast(0f);
            var c70 = TSimd.Broadcast(0f);
            var c71 = TSimd.Broadcast(0f);
            var c80 = TSimd.Broadcast(0f);
            var c81 = TSimd.Broadcast(0f);
            var c90 = TSimd.Broadcast(0f);
            var c91 = TSimd.Broadcast(0f);
            var ca0 = TSimd.Broadcast(0f);
            var ca1 = TSimd.Broadcast(0f);
            var cb0 = TSimd.Broadcast(0f);
            var cb1 = TSimd.Broadcast(0f);
            if (from != null)
            {
                c00 = TSimd.Load(from);
                c01 = TSimd.Load(from + TSimd.Lanes);
                c10 = TSimd.Load(from + fromStride);
                c11 = TSimd.Load(from + fromStride + TSimd.Lanes);
                c20 = TSimd.Load(from + 2 * fromStride);
                c21 = TSimd.Load(from + 2 * fromStride + TSimd.Lanes);
                c30 = TSimd.Load(from + 3 * fromStride);
                c31 = TSimd.Load(from + 3 * fromStride + TSimd.Lanes);
                c40 = TSimd.Load(from + 4 * fromStride);
                c41 = TSimd.Load(from + 4 * fromStride + TSimd.Lanes);
                c50 = TSimd.Load(from + 5 * fromStride);
                c51 = TSimd.Load(from + 5 * fromStride + TSimd.Lanes);
                c60 = TSimd.Load(from + 6 * fromStride);
                c61 = TSimd.Load(from + 6 * fromStride + TSimd.Lanes);
                c70 = TSimd.Load(from + 7 * fromStride);
                c71 = TSimd.Load(from + 7 * fromStride + TSimd.Lanes);
                c80 = TSimd.Load(from + 8 * fromStride);
                c81 = TSimd.Load(from + 8 * fromStride + TSimd.Lanes);
                c90 = TSimd.Load(from + 9 * fromStride);
                c91 = TSimd.Load(from + 9 * fromStride + TSimd.Lanes);
                ca0 = TSimd.Load(from + 10 * fromStride);
                ca1 = TSimd.Load(from + 10 * fromStride + TSimd.Lanes);
                cb0 = TSimd.Load(from + 11 * fromStride);
                cb1 = TSimd.Load(from + 11 * fromStride + TSimd.Lanes);
            }

            var ahead0 = operands.Ahead0;
            var ahead1 = operands.Ahead1;
            var ahead2 = operands.Ahead2;
            var aheadLines = operands.AheadLines;
            for (var segment = operands.Segments; ;)
            {
                for (nint k = 0; k < depth; k++)
                {
                    var b0 = TSimd.Load(right);
                    var b1 = TSimd.Load(right + TSimd.Lanes);
                    var a = Element(a0, a0, k, 0);
                    TSimd.FmaTo(ref c00, a, b0);
                    TSimd.FmaTo(ref c01, a, b1);
                    a = Element(a0, a1, k, 1);
                    TSimd.FmaTo(ref c10, a, b0);
                    TSimd.FmaTo(ref c11, a, b1);
                    a = Element(a0, a2, k, 2);
                    TSimd.FmaTo(ref c20, a, b0);
                    TSimd.FmaTo(ref c21, a, b1);
                    a = Element(a0, a3, k, 3);
                    TSimd.FmaTo(ref c30, a, b0);
                    TSimd.FmaTo(ref c31, a, b1);
                    a = Element(a0, a4, k, 4);
                    TSimd.FmaTo(ref c40, a, b0);
                    TSimd.FmaTo(ref c41, a, b1);
                    a = Element(a0, a5, k, 5);
                    TSimd.FmaTo(ref c50, a, b0);
                    TSimd.FmaTo(ref c51, a, b1);
                    a = Element(a0, a6, k, 6);
                    TSimd.FmaTo(ref c60, a, b0);
                    TSimd.FmaTo(ref c61, a, b1);
                    a = Element(a0, a7, k, 7);
                    TSimd.FmaTo(ref c70, a, b0);
                    TSimd.FmaTo(ref c71, a, b1);
                    a = Element(a0, a8, k, 8);
                    TSimd.FmaTo(ref c80, a, b0);
                    TSimd.FmaTo(ref c81, a, b1);
                    a = Element(a0, a9, k, 9);
                    TSimd.FmaTo(ref c90, a, b0);
                    TSimd.FmaTo(ref c91, a, b1);
                    a = Element(a0, a10, k, 10);
                    TSimd.FmaTo(ref ca0, a, b0);
                    TSimd.FmaTo(ref ca1, a, b1);
                    a = Element(a0, a11, k, 11);
                    TSimd.FmaTo(ref cb0, a, b0);
                    TSimd.FmaTo(ref cb1, a, b1);
                    Ahead(a0, ahead0, ahead1, ahead2, aheadLines, k);
                    right += rightStride;
                    a0 += step;
                }

                if (!TDepth.IsSegmented || --segment == 0)
                {
                    break;
                }

                a0 += operands.SegmentStride;
            }

            var to = operands.Result;
            var toStride = operands.ResultStride;
            var other = operands.Other;
            var constant = TSimd.Broadcast(operands.Constant);
            Finish(c00, to, other, constant);
            Finish(c01, to + TSimd.Lanes, other, constant);
            Finish(c10, to + toStride, other, constant);
            Finish(c11, to + toStride + TSimd.Lanes, other, constant);
            Finish(c20, to + 2 * toStride, other, constant);
            Finish(c21, to + 2 * toStride + TSimd.Lanes, other, constant);
            Finish(c30, to + 3 * toStride, other, constant);
            Finish(c31, to + 3 * toStride + TSimd.Lanes, other, constant);
            Finish(c40, to + 4 * toStride, other, constant);
            Finish(c41, to + 4 * toStride + TSimd.Lanes, other, constant);
            Finish(c50, to + 5 * toStride, other, constant);
            Finish(c51, to + 5 * toStride + TSimd.Lanes, other, constant);
            Finish(c60, to + 6 * toStride, other, constant);
            Finish(c61, to + 6 * toStride + TSimd.Lanes, other, constant);
            Finish(c70, to + 7 * toStride, other, constant);
            Finish(c71, to + 7 * toStride + TSimd.Lanes, other, constant);
            Finish(c80, to + 8 * toStride, other, constant);
            Finish(c81, to + 8 * toStride + TSimd.Lanes, other, constant);
            Finish(c90, to + 9 * toStride, other, constant);
            Finish(c91, to + 9 * toStride + TSimd.Lanes, other, constant);
            Finish(ca0, to + 10 * toStride, other, constant);
            Finish(ca1, to + 10 * toStride + TSimd.Lanes, other, constant);
            Finish(cb0, to + 11 * toStride, other, constant);
            Finish(cb1, to + 11 * toStride + TSimd.Lanes, other, constant);
            Advance(ref operands, 12);
        }
    }

    /// <summary>The left operand's element for a row of the tile at depth k, in every lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TSimd Element(float* first, float* row, nint k, int index) =>
        TSimd.Broadcast(TDepth.IsRow ? first[index] : TDepth.IsSegmented ? first[index * DenseLayer.PanelWidth + k] : row[k]);

    /// <summary>Applies the epilogue to a finished vector; its other operand lies <paramref name="other"/> floats beside the result.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish(TSimd sum, float* to, nint other, TSimd constant) =>
        TSimd.Store(TEpilogue.Apply(sum, TEpilogue.Reads ? TSimd.Load(to + other) : sum, constant), to);

    /// <summary>
    /// Fetches what the next tile needs, a line of each array a step: the next inputs of this sample and the 24 lines of parameters and
    /// state that the update will touch, or the next rows of a segmented operand. The addresses need not be valid.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Ahead(float* left, float* ahead0, float* ahead1, float* ahead2, nint lines, nint k)
    {
        if (TDepth.IsRow)
        {
            if (TSimd.Registers >= 32 || lines > 0)
            {
                TSimd.Prefetch(left + 24);
            }

            if (k < lines)
            {
                TSimd.Prefetch(ahead0 + 16 * k);
                TSimd.Prefetch(ahead1 + 16 * k);
                TSimd.Prefetch(ahead2 + 16 * k);
            }
        }
        else if (TDepth.IsSegmented)
        {
            TSimd.Prefetch(left + 8 * DenseLayer.PanelWidth + 8 * k);
        }
        else if (k < lines)
        {
            TSimd.Prefetch(ahead0 + 16 * k);
        }
    }

    /// <summary>Goes on to the rows after a tile.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Advance(ref TileOperands tile, int rows)
    {
        tile.Ahead0 += 16 * tile.AheadLines;
        if (TDepth.IsRow)
        {
            tile.Ahead1 += 16 * tile.AheadLines;
            tile.Ahead2 += 16 * tile.AheadLines;
        }

        tile.Left += TDepth.IsRow ? rows : rows * tile.LeftStride;
        tile.Initial += rows * tile.InitialStride;
        tile.Result += rows * tile.ResultStride;
    }
}
