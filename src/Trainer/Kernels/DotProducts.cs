using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ApproxCluster.Trainer;

/// <summary>
/// Dot products of 16 rows with one. A dot product has 16 virtual lanes, lane l summing the elements l, l + 16, l + 32 ... in sequence with fused
/// multiply-adds; the lanes are then added in a fixed tree: l and l + 8, l and l + 4, l and l + 2, l and l + 1. So the bits depend neither on the
/// vectors' width nor on the way: both add the same pairs.
/// </summary>
internal static unsafe class DotProducts
{
    private const int Lanes = 16;

    /// <summary>Transposes the lanes of 16 rows, so that the tree's pairs are vectors; width is a multiple of 16.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    public static void ByTransposition<TSimd>(float* x, nint stride, float* weights, int width, float* sums)
        where TSimd : unmanaged, ISimd<TSimd>
    {
        var partial = stackalloc float[Lanes * Lanes];
        var turned = stackalloc float[Lanes * Lanes];
        for (var lane = 0; lane < Lanes; lane += TSimd.Lanes)
        {
            Dots8<TSimd>(x + lane, stride, weights + lane, width, partial + lane);
            Dots8<TSimd>(x + 8 * stride + lane, stride, weights + lane, width, partial + 8 * Lanes + lane);
        }

        TSimd.Transpose16(partial, Lanes, turned, Lanes);
        for (var i = 0; i < Lanes; i += TSimd.Lanes)
        {
            var at = turned + i;
            var (a0, a1, a2, a3) = (Pair<TSimd>(at, 0), Pair<TSimd>(at, 1), Pair<TSimd>(at, 2), Pair<TSimd>(at, 3));
            var (a4, a5, a6, a7) = (Pair<TSimd>(at, 4), Pair<TSimd>(at, 5), Pair<TSimd>(at, 6), Pair<TSimd>(at, 7));
            TSimd.Store(a0 + a4 + (a2 + a6) + (a1 + a5 + (a3 + a7)), sums + i);
        }
    }

    /// <summary>Merges the rows' registers two by two, a level of the tree each time: half the shuffles of a transposition, and none of its memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ByMerging(float* x, nint stride, float* weights, int width, float* sums)
    {
        if (!Avx512F.IsSupported)
        {
            ByTransposition<Simd512>(x, stride, weights, width, sums);
            return;
        }

        var x4 = x + 4 * stride;
        var x8 = x + 8 * stride;
        var x12 = x + 12 * stride;
        var c0 = Vector512<float>.Zero;
        var (c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15) = (c0, c0, c0, c0, c0, c0, c0, c0, c0, c0, c0, c0, c0, c0, c0);
        for (nint i = 0; i < width; i += Lanes)
        {
            var w = Vector512.Load(weights + i);
            c0 = Vector512.FusedMultiplyAdd(Vector512.Load(x + i), w, c0);
            c1 = Vector512.FusedMultiplyAdd(Vector512.Load(x + stride + i), w, c1);
            c2 = Vector512.FusedMultiplyAdd(Vector512.Load(x + 2 * stride + i), w, c2);
            c3 = Vector512.FusedMultiplyAdd(Vector512.Load(x + 3 * stride + i), w, c3);
            c4 = Vector512.FusedMultiplyAdd(Vector512.Load(x4 + i), w, c4);
            c5 = Vector512.FusedMultiplyAdd(Vector512.Load(x4 + stride + i), w, c5);
            c6 = Vector512.FusedMultiplyAdd(Vector512.Load(x4 + 2 * stride + i), w, c6);
            c7 = Vector512.FusedMultiplyAdd(Vector512.Load(x4 + 3 * stride + i), w, c7);
            c8 = Vector512.FusedMultiplyAdd(Vector512.Load(x8 + i), w, c8);
            c9 = Vector512.FusedMultiplyAdd(Vector512.Load(x8 + stride + i), w, c9);
            c10 = Vector512.FusedMultiplyAdd(Vector512.Load(x8 + 2 * stride + i), w, c10);
            c11 = Vector512.FusedMultiplyAdd(Vector512.Load(x8 + 3 * stride + i), w, c11);
            c12 = Vector512.FusedMultiplyAdd(Vector512.Load(x12 + i), w, c12);
            c13 = Vector512.FusedMultiplyAdd(Vector512.Load(x12 + stride + i), w, c13);
            c14 = Vector512.FusedMultiplyAdd(Vector512.Load(x12 + 2 * stride + i), w, c14);
            c15 = Vector512.FusedMultiplyAdd(Vector512.Load(x12 + 3 * stride + i), w, c15);
        }

        // Rows n, n + 4, n + 8, n + 12 in one register; so the last two levels leave row n in lane n.
        var even = Two(Four(c0, c4, c8, c12), Four(c1, c5, c9, c13));
        var odd = Two(Four(c2, c6, c10, c14), Four(c3, c7, c11, c15));
        (Avx512F.Shuffle(even, odd, 0x88) + Avx512F.Shuffle(even, odd, 0xDD)).Store(sums);
    }

    /// <summary>Some of the virtual lanes of 8 samples.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Dots8<TSimd>(float* x, nint stride, float* weights, int width, float* result)
        where TSimd : unmanaged, ISimd<TSimd>
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TSimd Pair<TSimd>(float* block, int lane)
        where TSimd : unmanaged, ISimd<TSimd> => TSimd.Load(block + lane * Lanes) + TSimd.Load(block + (lane + 8) * Lanes);

    /// <summary>Four rows, each added up to 4 lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Four(Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d)
    {
        var first = Avx512F.Shuffle4x128(a, b, 0x44) + Avx512F.Shuffle4x128(a, b, 0xEE);
        var second = Avx512F.Shuffle4x128(c, d, 0x44) + Avx512F.Shuffle4x128(c, d, 0xEE);
        return Avx512F.Shuffle4x128(first, second, 0x88) + Avx512F.Shuffle4x128(first, second, 0xDD);
    }

    /// <summary>Two times four rows, each added up to 2 lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Two(Vector512<float> left, Vector512<float> right) =>
        Avx512F.UnpackLow(left.AsDouble(), right.AsDouble()).AsSingle() + Avx512F.UnpackHigh(left.AsDouble(), right.AsDouble()).AsSingle();
}
