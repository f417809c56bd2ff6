using System.Runtime.CompilerServices;

namespace ApproxCluster.Trainer;

/// <content>The tile that most of a weight gradient is made of.</content>
internal static unsafe partial class Tile<TSimd, TDepth, TEpilogue>
    where TSimd : unmanaged, ISimd<TSimd>
    where TDepth : struct, IDepth
    where TEpilogue : struct, IEpilogue<TSimd>
{
    /// <summary>12 rows, 2 vectors of columns, where the depth runs over rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile12x2(ref TileOperands operands, int tiles)
    {
        var left = operands.Left;
        var stride = operands.LeftStride;
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
        for (; tiles > 0; tiles--)
        {
            TSimd c00, c01, c10, c11, c20, c21, c30, c31, c40, c41, c50, c51, c60, c61, c70, c71, c80, c81, c90, c91, ca0, ca1, cb0, cb1;
            if (from == null)
            {
                c00 = c01 = c10 = c11 = c20 = c21 = c30 = c31 = c40 = c41 = c50 = c51 = c60 = c61 = c70 = c71 = c80 = c81 = c90 = c91 = ca0 = ca1 =
                    cb0 = cb1 = TSimd.Broadcast(0f);
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
                c80 = TSimd.Load(from);
                c81 = TSimd.Load(from + TSimd.Lanes);
                from += fromStride;
                c90 = TSimd.Load(from);
                c91 = TSimd.Load(from + TSimd.Lanes);
                from += fromStride;
                ca0 = TSimd.Load(from);
                ca1 = TSimd.Load(from + TSimd.Lanes);
                from += fromStride;
                cb0 = TSimd.Load(from);
                cb1 = TSimd.Load(from + TSimd.Lanes);
                from += fromStride;
            }

            var low = left;
            var right = operands.Right;
            var last = low + (operands.Depth - 1) * stride;
            nint fetched = 0;
            for (; low <= last; low += stride)
            {
                var b0 = TSimd.Load(right);
                var b1 = TSimd.Load(right + TSimd.Lanes);
                var a = TSimd.Broadcast(low[0]);
                TSimd.FmaTo(ref c00, a, b0);
                TSimd.FmaTo(ref c01, a, b1);
                a = TSimd.Broadcast(low[1]);
                TSimd.FmaTo(ref c10, a, b0);
                TSimd.FmaTo(ref c11, a, b1);
                a = TSimd.Broadcast(low[2]);
                TSimd.FmaTo(ref c20, a, b0);
                TSimd.FmaTo(ref c21, a, b1);
                a = TSimd.Broadcast(low[3]);
                TSimd.FmaTo(ref c30, a, b0);
                TSimd.FmaTo(ref c31, a, b1);
                a = TSimd.Broadcast(low[4]);
                TSimd.FmaTo(ref c40, a, b0);
                TSimd.FmaTo(ref c41, a, b1);
                a = TSimd.Broadcast(low[5]);
                TSimd.FmaTo(ref c50, a, b0);
                TSimd.FmaTo(ref c51, a, b1);
                a = TSimd.Broadcast(low[6]);
                TSimd.FmaTo(ref c60, a, b0);
                TSimd.FmaTo(ref c61, a, b1);
                a = TSimd.Broadcast(low[7]);
                TSimd.FmaTo(ref c70, a, b0);
                TSimd.FmaTo(ref c71, a, b1);
                a = TSimd.Broadcast(low[8]);
                TSimd.FmaTo(ref c80, a, b0);
                TSimd.FmaTo(ref c81, a, b1);
                a = TSimd.Broadcast(low[9]);
                TSimd.FmaTo(ref c90, a, b0);
                TSimd.FmaTo(ref c91, a, b1);
                a = TSimd.Broadcast(low[10]);
                TSimd.FmaTo(ref ca0, a, b0);
                TSimd.FmaTo(ref ca1, a, b1);
                a = TSimd.Broadcast(low[11]);
                TSimd.FmaTo(ref cb0, a, b0);
                TSimd.FmaTo(ref cb1, a, b1);
                right += rightStride;
                Ahead(low, stride, ahead0, ahead1, ahead2, ahead, aheadStep, ref fetched);
                if (low == last)
                {
                    break;
                }

                low += stride;
                b0 = TSimd.Load(right);
                b1 = TSimd.Load(right + TSimd.Lanes);
                a = TSimd.Broadcast(low[0]);
                TSimd.FmaTo(ref c00, a, b0);
                TSimd.FmaTo(ref c01, a, b1);
                a = TSimd.Broadcast(low[1]);
                TSimd.FmaTo(ref c10, a, b0);
                TSimd.FmaTo(ref c11, a, b1);
                a = TSimd.Broadcast(low[2]);
                TSimd.FmaTo(ref c20, a, b0);
                TSimd.FmaTo(ref c21, a, b1);
                a = TSimd.Broadcast(low[3]);
                TSimd.FmaTo(ref c30, a, b0);
                TSimd.FmaTo(ref c31, a, b1);
                a = TSimd.Broadcast(low[4]);
                TSimd.FmaTo(ref c40, a, b0);
                TSimd.FmaTo(ref c41, a, b1);
                a = TSimd.Broadcast(low[5]);
                TSimd.FmaTo(ref c50, a, b0);
                TSimd.FmaTo(ref c51, a, b1);
                a = TSimd.Broadcast(low[6]);
                TSimd.FmaTo(ref c60, a, b0);
                TSimd.FmaTo(ref c61, a, b1);
                a = TSimd.Broadcast(low[7]);
                TSimd.FmaTo(ref c70, a, b0);
                TSimd.FmaTo(ref c71, a, b1);
                a = TSimd.Broadcast(low[8]);
                TSimd.FmaTo(ref c80, a, b0);
                TSimd.FmaTo(ref c81, a, b1);
                a = TSimd.Broadcast(low[9]);
                TSimd.FmaTo(ref c90, a, b0);
                TSimd.FmaTo(ref c91, a, b1);
                a = TSimd.Broadcast(low[10]);
                TSimd.FmaTo(ref ca0, a, b0);
                TSimd.FmaTo(ref ca1, a, b1);
                a = TSimd.Broadcast(low[11]);
                TSimd.FmaTo(ref cb0, a, b0);
                TSimd.FmaTo(ref cb1, a, b1);
                right += rightStride;
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
            Finish(c80, c81, to, other, constant);
            to += toStride;
            Finish(c90, c91, to, other, constant);
            to += toStride;
            Finish(ca0, ca1, to, other, constant);
            to += toStride;
            Finish(cb0, cb1, to, other, constant);
            to += toStride;
            left += 12;
            ahead0 += ahead;
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
