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
            TSimd c00, c10, c20, c30, c40, c50, c60, c70;
            if (from == null)
            {
                c00 = c10 = c20 = c30 = c40 = c50 = c60 = c70 = TSimd.Broadcast(0f);
            }
            else
            {
                c00 = TSimd.Load(from);
                from += fromStride;
                c10 = TSimd.Load(from);
                from += fromStride;
                c20 = TSimd.Load(from);
                from += fromStride;
                c30 = TSimd.Load(from);
                from += fromStride;
                c40 = TSimd.Load(from);
                from += fromStride;
                c50 = TSimd.Load(from);
                from += fromStride;
                c60 = TSimd.Load(from);
                from += fromStride;
                c70 = TSimd.Load(from);
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
                    var a = Element(low, low, 0, 0);
                    TSimd.FmaTo(ref c00, a, b0);
                    a = Element(low, low, stride, 1);
                    TSimd.FmaTo(ref c10, a, b0);
                    a = Element(low, low, stride2, 2);
                    TSimd.FmaTo(ref c20, a, b0);
                    a = Element(low, low, stride3, 3);
                    TSimd.FmaTo(ref c30, a, b0);
                    a = Element(low, high, 0, 4);
                    TSimd.FmaTo(ref c40, a, b0);
                    a = Element(low, high, stride, 5);
                    TSimd.FmaTo(ref c50, a, b0);
                    a = Element(low, high, stride2, 6);
                    TSimd.FmaTo(ref c60, a, b0);
                    a = Element(low, high, stride3, 7);
                    TSimd.FmaTo(ref c70, a, b0);
                    right += rightStride;
                    Ahead(low, step, ahead0, ahead1, ahead2, ahead, aheadStep, ref fetched);
                    if (low == last)
                    {
                        break;
                    }

                    low += step;
                    high++;
                    b0 = TSimd.Load(right);
                    a = Element(low, low, 0, 0);
                    TSimd.FmaTo(ref c00, a, b0);
                    a = Element(low, low, stride, 1);
                    TSimd.FmaTo(ref c10, a, b0);
                    a = Element(low, low, stride2, 2);
                    TSimd.FmaTo(ref c20, a, b0);
                    a = Element(low, low, stride3, 3);
                    TSimd.FmaTo(ref c30, a, b0);
                    a = Element(low, high, 0, 4);
                    TSimd.FmaTo(ref c40, a, b0);
                    a = Element(low, high, stride, 5);
                    TSimd.FmaTo(ref c50, a, b0);
                    a = Element(low, high, stride2, 6);
                    TSimd.FmaTo(ref c60, a, b0);
                    a = Element(low, high, stride3, 7);
                    TSimd.FmaTo(ref c70, a, b0);
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
            Finish(c00, to, other, constant);
            to += toStride;
            Finish(c10, to, other, constant);
            to += toStride;
            Finish(c20, to, other, constant);
            to += toStride;
            Finish(c30, to, other, constant);
            to += toStride;
            Finish(c40, to, other, constant);
            to += toStride;
            Finish(c50, to, other, constant);
            to += toStride;
            Finish(c60, to, other, constant);
            to += toStride;
            Finish(c70, to, other, constant);
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

    /// <summary>4 rows, 1 vector of columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile4x1(ref TileOperands operands, int tiles)
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
            TSimd c00, c10, c20, c30;
            if (from == null)
            {
                c00 = c10 = c20 = c30 = TSimd.Broadcast(0f);
            }
            else
            {
                c00 = TSimd.Load(from);
                from += fromStride;
                c10 = TSimd.Load(from);
                from += fromStride;
                c20 = TSimd.Load(from);
                from += fromStride;
                c30 = TSimd.Load(from);
                from += fromStride;
            }

            var low = left;
            var right = operands.Right;
            for (var segment = operands.Segments; ;)
            {
                var last = low + (operands.Depth - 1) * step;
                nint fetched = 0;
                for (; low <= last; low += step)
                {
                    var b0 = TSimd.Load(right);
                    var a = Element(low, low, 0, 0);
                    TSimd.FmaTo(ref c00, a, b0);
                    a = Element(low, low, stride, 1);
                    TSimd.FmaTo(ref c10, a, b0);
                    a = Element(low, low, stride2, 2);
                    TSimd.FmaTo(ref c20, a, b0);
                    a = Element(low, low, stride3, 3);
                    TSimd.FmaTo(ref c30, a, b0);
                    right += rightStride;
                    Ahead(low, step, ahead0, ahead1, ahead2, ahead, aheadStep, ref fetched);
                    if (low == last)
                    {
                        break;
                    }

                    low += step;
                    b0 = TSimd.Load(right);
                    a = Element(low, low, 0, 0);
                    TSimd.FmaTo(ref c00, a, b0);
                    a = Element(low, low, stride, 1);
                    TSimd.FmaTo(ref c10, a, b0);
                    a = Element(low, low, stride2, 2);
                    TSimd.FmaTo(ref c20, a, b0);
                    a = Element(low, low, stride3, 3);
                    TSimd.FmaTo(ref c30, a, b0);
                    right += rightStride;
                }

                if (!TDepth.IsSegmented || --segment == 0)
                {
                    break;
                }

                low = last + 1 + operands.SegmentStride - operands.Depth;
            }

            var other = operands.Other;
            var constant = TSimd.Broadcast(operands.Constant);
            Finish(c00, to, other, constant);
            to += toStride;
            Finish(c10, to, other, constant);
            to += toStride;
            Finish(c20, to, other, constant);
            to += toStride;
            Finish(c30, to, other, constant);
            to += toStride;
            left += TDepth.IsRow ? 4 : 4 * stride;
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
