using System.Runtime.CompilerServices;

namespace ApproxCluster.Trainer;

/// <content>Tiles of 8 rows; 8 are a sum of powers of two and so the usual height of a batch.</content>
internal static unsafe partial class Tile<TSimd, TDepth, TEpilogue>
    where TSimd : unmanaged, ISimd<TSimd>
    where TDepth : struct, IDepth
    where TEpilogue : struct, IEpilogue<TSimd>
{
    /// <summary>8 rows, 2 vectors of columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile8x2(ref TileOperands operands, int tiles)
    {
        var left = operands.Left;
        var stride = operands.LeftStride;
        var stride2 = 2 * stride;
        var stride3 = 3 * stride;
        var from = operands.Initial;
        var fromStride = operands.InitialStride;
        var to = operands.Result;
        var toStride = operands.ResultStride;
        var ahead0 = operands.Ahead0;
        var ahead1 = operands.Ahead1;
        var ahead2 = operands.Ahead2;
        var ahead = 16 * operands.AheadLines;
        var aheadStep = operands.AheadStep;
        var rightStride = operands.RightStride;
        var step = TDepth.IsRow ? stride : 1;
        for (; tiles > 0; tiles--)
        {
            TSimd c00, c01, c10, c11, c20, c21, c30, c31, c40, c41, c50, c51, c60, c61, c70, c71;
            if (from == null)
            {
                c00 = c01 = c10 = c11 = c20 = c21 = c30 = c31 = c40 = c41 = c50 = c51 = c60 = c61 = c70 = c71 = TSimd.Broadcast(0f);
            }
            else
            {
                c00 = TSimd.Load(from);
                c01 = TSimd.Load(from + TSimd.Lanes);
                from += fromStride;
                c10 = TSimd.Load(from);
                c11 = TSimd.Load(from + TSimd.Lanes);
                from += fromStride;
                c20 = TSimd.Load(from);
                c21 = TSimd.Load(from + TSimd.Lanes);
                from += fromStride;
                c30 = TSimd.Load(from);
                c31 = TSimd.Load(from + TSimd.Lanes);
                from += fromStride;
                c40 = TSimd.Load(from);
                c41 = TSimd.Load(from + TSimd.Lanes);
                from += fromStride;
                c50 = TSimd.Load(from);
                c51 = TSimd.Load(from + TSimd.Lanes);
                from += fromStride;
                c60 = TSimd.Load(from);
                c61 = TSimd.Load(from + TSimd.Lanes);
                from += fromStride;
                c70 = TSimd.Load(from);
                c71 = TSimd.Load(from + TSimd.Lanes);
                from += fromStride;
            }

            var low = left;
            var right = operands.Right;
            for (var segment = operands.Segments; ;)
            {
                var high = low + 4 * stride;
                var last = low + (operands.Depth - 1) * step;
                nint fetched = 0;
                for (; low <= last; low += step)
                {
                    var b0 = TSimd.Load(right);
                    var b1 = TSimd.Load(right + TSimd.Lanes);
                    var a = Element(low, low, 0, 0);
                    TSimd.FmaTo(ref c00, a, b0);
                    TSimd.FmaTo(ref c01, a, b1);
                    a = Element(low, low, stride, 1);
                    TSimd.FmaTo(ref c10, a, b0);
                    TSimd.FmaTo(ref c11, a, b1);
                    a = Element(low, low, stride2, 2);
                    TSimd.FmaTo(ref c20, a, b0);
                    TSimd.FmaTo(ref c21, a, b1);
                    a = Element(low, low, stride3, 3);
                    TSimd.FmaTo(ref c30, a, b0);
                    TSimd.FmaTo(ref c31, a, b1);
                    a = Element(low, high, 0, 4);
                    TSimd.FmaTo(ref c40, a, b0);
                    TSimd.FmaTo(ref c41, a, b1);
                    a = Element(low, high, stride, 5);
                    TSimd.FmaTo(ref c50, a, b0);
                    TSimd.FmaTo(ref c51, a, b1);
                    a = Element(low, high, stride2, 6);
                    TSimd.FmaTo(ref c60, a, b0);
                    TSimd.FmaTo(ref c61, a, b1);
                    a = Element(low, high, stride3, 7);
                    TSimd.FmaTo(ref c70, a, b0);
                    TSimd.FmaTo(ref c71, a, b1);
                    right += rightStride;
                    Ahead(low, step, ahead0, ahead1, ahead2, ahead, aheadStep, ref fetched);
                    if (low == last)
                    {
                        break;
                    }

                    low += step;
                    high++;
                    b0 = TSimd.Load(right);
                    b1 = TSimd.Load(right + TSimd.Lanes);
                    a = Element(low, low, 0, 0);
                    TSimd.FmaTo(ref c00, a, b0);
                    TSimd.FmaTo(ref c01, a, b1);
                    a = Element(low, low, stride, 1);
                    TSimd.FmaTo(ref c10, a, b0);
                    TSimd.FmaTo(ref c11, a, b1);
                    a = Element(low, low, stride2, 2);
                    TSimd.FmaTo(ref c20, a, b0);
                    TSimd.FmaTo(ref c21, a, b1);
                    a = Element(low, low, stride3, 3);
                    TSimd.FmaTo(ref c30, a, b0);
                    TSimd.FmaTo(ref c31, a, b1);
                    a = Element(low, high, 0, 4);
                    TSimd.FmaTo(ref c40, a, b0);
                    TSimd.FmaTo(ref c41, a, b1);
                    a = Element(low, high, stride, 5);
                    TSimd.FmaTo(ref c50, a, b0);
                    TSimd.FmaTo(ref c51, a, b1);
                    a = Element(low, high, stride2, 6);
                    TSimd.FmaTo(ref c60, a, b0);
                    TSimd.FmaTo(ref c61, a, b1);
                    a = Element(low, high, stride3, 7);
                    TSimd.FmaTo(ref c70, a, b0);
                    TSimd.FmaTo(ref c71, a, b1);
                    right += rightStride;
                    high++;
                }

                if (!TDepth.IsSegmented || --segment == 0)
                {
                    break;
                }

                low = last + 1 + operands.SegmentStride - operands.Depth;
            }

            var other = operands.Other;
            var constant = TSimd.Broadcast(operands.Constant);
            Finish(c00, c01, to, other, constant);
            to += toStride;
            Finish(c10, c11, to, other, constant);
            to += toStride;
            Finish(c20, c21, to, other, constant);
            to += toStride;
            Finish(c30, c31, to, other, constant);
            to += toStride;
            Finish(c40, c41, to, other, constant);
            to += toStride;
            Finish(c50, c51, to, other, constant);
            to += toStride;
            Finish(c60, c61, to, other, constant);
            to += toStride;
            Finish(c70, c71, to, other, constant);
            to += toStride;
            left += TDepth.IsRow ? 8 : 8 * stride;
            ahead0 += TDepth.IsRow ? ahead : operands.AheadNext;
            ahead1 += ahead;
            ahead2 += ahead;
        }

        operands.Left = left;
        operands.Initial = from;
        operands.Result = to;
        operands.Ahead0 = ahead0;
        operands.Ahead1 = ahead1;
        operands.Ahead2 = ahead2;
    }
}
