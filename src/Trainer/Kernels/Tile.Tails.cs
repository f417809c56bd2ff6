using System.Runtime.CompilerServices;

namespace ApproxCluster.Trainer;

/// <content>Lower tiles for the last rows, and tiles one vector wide for panels of 16 columns.</content>
internal static unsafe partial class Tile<TSimd, TDepth>
    where TSimd : unmanaged, ISimd<TSimd>
    where TDepth : struct, IDepth
{
    /// <summary>4 rows, 2 vectors of columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile4x2(in TileOperands operands)
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
        var c00 = TSimd.Load(from);
        var c01 = TSimd.Load(from + TSimd.Lanes);
        var c10 = TSimd.Load(from + fromStride);
        var c11 = TSimd.Load(from + fromStride + TSimd.Lanes);
        var c20 = TSimd.Load(from + 2 * fromStride);
        var c21 = TSimd.Load(from + 2 * fromStride + TSimd.Lanes);
        var c30 = TSimd.Load(from + 3 * fromStride);
        var c31 = TSimd.Load(from + 3 * fromStride + TSimd.Lanes);
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
            right += rightStride;
            a0 += step;
        }

        var to = operands.Result;
        var toStride = operands.ResultStride;
        TSimd.Store(c00, to);
        TSimd.Store(c01, to + TSimd.Lanes);
        TSimd.Store(c10, to + toStride);
        TSimd.Store(c11, to + toStride + TSimd.Lanes);
        TSimd.Store(c20, to + 2 * toStride);
        TSimd.Store(c21, to + 2 * toStride + TSimd.Lanes);
        TSimd.Store(c30, to + 3 * toStride);
        TSimd.Store(c31, to + 3 * toStride + TSimd.Lanes);
    }

    /// <summary>2 rows, 2 vectors of columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile2x2(in TileOperands operands)
    {
        var a0 = operands.Left;
        var a1 = a0 + operands.LeftStride;
        var step = TDepth.IsRow ? operands.LeftStride : 0;
        var right = operands.Right;
        var rightStride = operands.RightStride;
        var depth = operands.Depth;
        var from = operands.Initial;
        var fromStride = operands.InitialStride;
        var c00 = TSimd.Load(from);
        var c01 = TSimd.Load(from + TSimd.Lanes);
        var c10 = TSimd.Load(from + fromStride);
        var c11 = TSimd.Load(from + fromStride + TSimd.Lanes);
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
            right += rightStride;
            a0 += step;
        }

        var to = operands.Result;
        var toStride = operands.ResultStride;
        TSimd.Store(c00, to);
        TSimd.Store(c01, to + TSimd.Lanes);
        TSimd.Store(c10, to + toStride);
        TSimd.Store(c11, to + toStride + TSimd.Lanes);
    }

    /// <summary>1 row, 2 vectors of columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile1x2(in TileOperands operands)
    {
        var a0 = operands.Left;
        var step = TDepth.IsRow ? operands.LeftStride : 0;
        var right = operands.Right;
        var rightStride = operands.RightStride;
        var depth = operands.Depth;
        var from = operands.Initial;
        var fromStride = operands.InitialStride;
        var c00 = TSimd.Load(from);
        var c01 = TSimd.Load(from + TSimd.Lanes);
        for (nint k = 0; k < depth; k++)
        {
            var b0 = TSimd.Load(right);
            var b1 = TSimd.Load(right + TSimd.Lanes);
            var a = Element(a0, a0, k, 0);
            TSimd.FmaTo(ref c00, a, b0);
            TSimd.FmaTo(ref c01, a, b1);
            right += rightStride;
            a0 += step;
        }

        var to = operands.Result;
        var toStride = operands.ResultStride;
        TSimd.Store(c00, to);
        TSimd.Store(c01, to + TSimd.Lanes);
    }

    /// <summary>8 rows, 1 vector of columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile8x1(in TileOperands operands)
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
        var c00 = TSimd.Load(from);
        var c10 = TSimd.Load(from + fromStride);
        var c20 = TSimd.Load(from + 2 * fromStride);
        var c30 = TSimd.Load(from + 3 * fromStride);
        var c40 = TSimd.Load(from + 4 * fromStride);
        var c50 = TSimd.Load(from + 5 * fromStride);
        var c60 = TSimd.Load(from + 6 * fromStride);
        var c70 = TSimd.Load(from + 7 * fromStride);
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
            right += rightStride;
            a0 += step;
        }

        var to = operands.Result;
        var toStride = operands.ResultStride;
        TSimd.Store(c00, to);
        TSimd.Store(c10, to + toStride);
        TSimd.Store(c20, to + 2 * toStride);
        TSimd.Store(c30, to + 3 * toStride);
        TSimd.Store(c40, to + 4 * toStride);
        TSimd.Store(c50, to + 5 * toStride);
        TSimd.Store(c60, to + 6 * toStride);
        TSimd.Store(c70, to + 7 * toStride);
    }

    /// <summary>4 rows, 1 vector of columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile4x1(in TileOperands operands)
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
        var c00 = TSimd.Load(from);
        var c10 = TSimd.Load(from + fromStride);
        var c20 = TSimd.Load(from + 2 * fromStride);
        var c30 = TSimd.Load(from + 3 * fromStride);
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
            right += rightStride;
            a0 += step;
        }

        var to = operands.Result;
        var toStride = operands.ResultStride;
        TSimd.Store(c00, to);
        TSimd.Store(c10, to + toStride);
        TSimd.Store(c20, to + 2 * toStride);
        TSimd.Store(c30, to + 3 * toStride);
    }

    /// <summary>1 row, 1 vector of columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile1x1(in TileOperands operands)
    {
        var a0 = operands.Left;
        var step = TDepth.IsRow ? operands.LeftStride : 0;
        var right = operands.Right;
        var rightStride = operands.RightStride;
        var depth = operands.Depth;
        var from = operands.Initial;
        var fromStride = operands.InitialStride;
        var c00 = TSimd.Load(from);
        for (nint k = 0; k < depth; k++)
        {
            var b0 = TSimd.Load(right);
            var a = Element(a0, a0, k, 0);
            TSimd.FmaTo(ref c00, a, b0);
            right += rightStride;
            a0 += step;
        }

        var to = operands.Result;
        var toStride = operands.ResultStride;
        TSimd.Store(c00, to);
    }
}
