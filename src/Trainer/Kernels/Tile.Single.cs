using System.Runtime.CompilerServices;

namespace ApproxCluster.Trainer;

/// <content>Tiles one vector wide, for panels of 16 columns.</content>
internal static unsafe partial class Tile<TSimd, TDepth, TEpilogue>
    where TSimd : unmanaged, ISimd<TSimd>
    where TDepth : struct, IDepth
    where TEpilogue : struct, IEpilogue<TSimd>
{
    /// <summary>8 rows, 1 vector of columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile8x1(ref TileOperands operands, int tiles)
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
            var step = TDepth.IsRow ? operands.LeftStride : 0;
            var right = operands.Right;
            var rightStride = operands.RightStride;
            var depth = operands.Depth;
            var from = operands.Initial;
            var fromStride = operands.InitialStride;
            var c00 = TSimd.Broadcast(0f);
            var c10 = TSimd.Broadcast(0f);
            var c20 = TSimd.Broadcast(0f);
            var c30 = TSimd.Broadcast(0f);
            var c40 = TSimd.Broadcast(0f);
            var c50 = TSimd.Broadcast(0f);
            var c60 = TSimd.Broadcast(0f);
            var c70 = TSimd.Broadcast(0f);
            if (from != null)
            {
                c00 = TSimd.Load(from);
                c10 = TSimd.Load(from + fromStride);
                c20 = TSimd.Load(from + 2 * fromStride);
                c30 = TSimd.Load(from + 3 * fromStride);
                c40 = TSimd.Load(from + 4 * fromStride);
                c50 = TSimd.Load(from + 5 * fromStride);
                c60 = TSimd.Load(from + 6 * fromStride);
                c70 = TSimd.Load(from + 7 * fromStride);
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
                    var a = Element(a0, a0, k, 0);
                    TSimd.FmaTo(ref c00, a, b0);
                    a = Element(a0, a1, k, 1);
                    TSimd.FmaTo(ref c10, a, b0);
                    a = Element(a0, a2, k, 2);
                    TSimd.FmaTo(ref c20, a, b0);
                    a = Element(a0, a3, k, 3);
                    TSimd.FmaTo(ref c30, a, b0);
                    a = Element(a0, a4, k, 4);
                    TSimd.FmaTo(ref c40, a, b0);
                    a = Element(a0, a5, k, 5);
                    TSimd.FmaTo(ref c50, a, b0);
                    a = Element(a0, a6, k, 6);
                    TSimd.FmaTo(ref c60, a, b0);
                    a = Element(a0, a7, k, 7);
                    TSimd.FmaTo(ref c70, a, b0);
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
            Finish(c10, to + toStride, other, constant);
            Finish(c20, to + 2 * toStride, other, constant);
            Finish(c30, to + 3 * toStride, other, constant);
            Finish(c40, to + 4 * toStride, other, constant);
            Finish(c50, to + 5 * toStride, other, constant);
            Finish(c60, to + 6 * toStride, other, constant);
            Finish(c70, to + 7 * toStride, other, constant);
            Advance(ref operands, 8);
        }
    }

    /// <summary>4 rows, 1 vector of columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile4x1(ref TileOperands operands, int tiles)
    {
        for (; tiles > 0; tiles--)
        {
            var a0 = operands.Left;
            var a1 = a0 + operands.LeftStride;
            var a2 = a1 + operands.LeftStride;
            var a3 = a2 + operands.LeftStride;
            var step = TDepth.IsRow ? operands.LeftStride : 0;
            var right = operands.Right;
            var rightStride = operands.RightStride;
            var depth = operands.Depth;
            var from = operands.Initial;
            var fromStride = operands.InitialStride;
            var c00 = TSimd.Broadcast(0f);
            var c10 = TSimd.Broadcast(0f);
            var c20 = TSimd.Broadcast(0f);
            var c30 = TSimd.Broadcast(0f);
            if (from != null)
            {
                c00 = TSimd.Load(from);
                c10 = TSimd.Load(from + fromStride);
                c20 = TSimd.Load(from + 2 * fromStride);
                c30 = TSimd.Load(from + 3 * fromStride);
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
                    var a = Element(a0, a0, k, 0);
                    TSimd.FmaTo(ref c00, a, b0);
                    a = Element(a0, a1, k, 1);
                    TSimd.FmaTo(ref c10, a, b0);
                    a = Element(a0, a2, k, 2);
                    TSimd.FmaTo(ref c20, a, b0);
                    a = Element(a0, a3, k, 3);
                    TSimd.FmaTo(ref c30, a, b0);
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
            Finish(c10, to + toStride, other, constant);
            Finish(c20, to + 2 * toStride, other, constant);
            Finish(c30, to + 3 * toStride, other, constant);
            Advance(ref operands, 4);
        }
    }
}
