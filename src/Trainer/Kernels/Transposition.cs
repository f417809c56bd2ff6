using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ApproxCluster.Trainer;

/// <summary>
/// Transposes a 16 x 16 block of floats in registers; strides in floats. Only moves, so the ways differ in speed alone: 4 x 4 blocks of
/// 128-bit registers anywhere, 8 x 8 blocks with AVX, the whole block with AVX-512. Loads and stores are the instructions' own methods: the compiler stops inlining
/// after so many calls, and then even those of Vector512 would be calls.
/// </summary>
internal static unsafe class Transposition
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Block128(float* source, nint sourceStride, float* destination, nint destinationStride)
    {
        for (var row = 0; row < 16; row += 4)
        {
            for (var column = 0; column < 16; column += 4)
            {
                Block4(source + row * sourceStride + column, sourceStride, destination + column * destinationStride + row, destinationStride);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Block256(float* source, nint sourceStride, float* destination, nint destinationStride)
    {
        if (!Avx.IsSupported)
        {
            Block128(source, sourceStride, destination, destinationStride);
            return;
        }

        for (var row = 0; row < 16; row += 8)
        {
            for (var column = 0; column < 16; column += 8)
            {
                Block8(source + row * sourceStride + column, sourceStride, destination + column * destinationStride + row, destinationStride);
            }
        }
    }

    /// <summary>Four rounds of pairwise merging: 32-bit, 64-bit, then 128-bit lanes twice.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Block512(float* source, nint sourceStride, float* destination, nint destinationStride)
    {
        if (!Avx512F.IsSupported)
        {
            Block256(source, sourceStride, destination, destinationStride);
            return;
        }

        // After Quad, register q*4+c of a group holds column c + 4*lane of rows 4q..4q+3.
        Quad512(source, sourceStride, out var a0, out var a1, out var a2, out var a3);
        Quad512(source + 4 * sourceStride, sourceStride, out var b0, out var b1, out var b2, out var b3);
        Quad512(source + 8 * sourceStride, sourceStride, out var c0, out var c1, out var c2, out var c3);
        Quad512(source + 12 * sourceStride, sourceStride, out var d0, out var d1, out var d2, out var d3);
        Lanes(a0, b0, c0, d0, destination, 4 * destinationStride);
        Lanes(a1, b1, c1, d1, destination + destinationStride, 4 * destinationStride);
        Lanes(a2, b2, c2, d2, destination + 2 * destinationStride, 4 * destinationStride);
        Lanes(a3, b3, c3, d3, destination + 3 * destinationStride, 4 * destinationStride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Block4(float* source, nint sourceStride, float* destination, nint destinationStride)
    {
        var r0 = Vector128.Load(source);
        var r1 = Vector128.Load(source + sourceStride);
        var r2 = Vector128.Load(source + 2 * sourceStride);
        var r3 = Vector128.Load(source + 3 * sourceStride);
        if (Sse.IsSupported)
        {
            var low01 = Sse.UnpackLow(r0, r1);
            var high01 = Sse.UnpackHigh(r0, r1);
            var low23 = Sse.UnpackLow(r2, r3);
            var high23 = Sse.UnpackHigh(r2, r3);
            Sse.MoveLowToHigh(low01, low23).Store(destination);
            Sse.MoveHighToLow(low23, low01).Store(destination + destinationStride);
            Sse.MoveLowToHigh(high01, high23).Store(destination + 2 * destinationStride);
            Sse.MoveHighToLow(high23, high01).Store(destination + 3 * destinationStride);
            return;
        }

        for (var column = 0; column < 4; column++)
        {
            Vector128.Create(r0[column], r1[column], r2[column], r3[column]).Store(destination + column * destinationStride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Block8(float* source, nint sourceStride, float* destination, nint destinationStride)
    {
        Quad256(source, sourceStride, out var a0, out var a1, out var a2, out var a3);
        Quad256(source + 4 * sourceStride, sourceStride, out var b0, out var b1, out var b2, out var b3);
        Avx.Store(destination, Avx.Permute2x128(a0, b0, 0x20));
        Avx.Store(destination + destinationStride, Avx.Permute2x128(a1, b1, 0x20));
        Avx.Store(destination + 2 * destinationStride, Avx.Permute2x128(a2, b2, 0x20));
        Avx.Store(destination + 3 * destinationStride, Avx.Permute2x128(a3, b3, 0x20));
        Avx.Store(destination + 4 * destinationStride, Avx.Permute2x128(a0, b0, 0x31));
        Avx.Store(destination + 5 * destinationStride, Avx.Permute2x128(a1, b1, 0x31));
        Avx.Store(destination + 6 * destinationStride, Avx.Permute2x128(a2, b2, 0x31));
        Avx.Store(destination + 7 * destinationStride, Avx.Permute2x128(a3, b3, 0x31));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Quad256(
        float* source, nint stride, out Vector256<float> c0, out Vector256<float> c1, out Vector256<float> c2, out Vector256<float> c3)
    {
        var r0 = Avx.LoadVector256(source);
        var r1 = Avx.LoadVector256(source + stride);
        var r2 = Avx.LoadVector256(source + 2 * stride);
        var r3 = Avx.LoadVector256(source + 3 * stride);
        var low01 = Avx.UnpackLow(r0, r1).AsDouble();
        var high01 = Avx.UnpackHigh(r0, r1).AsDouble();
        var low23 = Avx.UnpackLow(r2, r3).AsDouble();
        var high23 = Avx.UnpackHigh(r2, r3).AsDouble();
        c0 = Avx.UnpackLow(low01, low23).AsSingle();
        c1 = Avx.UnpackHigh(low01, low23).AsSingle();
        c2 = Avx.UnpackLow(high01, high23).AsSingle();
        c3 = Avx.UnpackHigh(high01, high23).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Quad512(
        float* source, nint stride, out Vector512<float> c0, out Vector512<float> c1, out Vector512<float> c2, out Vector512<float> c3)
    {
        var r0 = Avx512F.LoadVector512(source);
        var r1 = Avx512F.LoadVector512(source + stride);
        var r2 = Avx512F.LoadVector512(source + 2 * stride);
        var r3 = Avx512F.LoadVector512(source + 3 * stride);
        var low01 = Avx512F.UnpackLow(r0, r1).AsDouble();
        var high01 = Avx512F.UnpackHigh(r0, r1).AsDouble();
        var low23 = Avx512F.UnpackLow(r2, r3).AsDouble();
        var high23 = Avx512F.UnpackHigh(r2, r3).AsDouble();
        c0 = Avx512F.UnpackLow(low01, low23).AsSingle();
        c1 = Avx512F.UnpackHigh(low01, low23).AsSingle();
        c2 = Avx512F.UnpackLow(high01, high23).AsSingle();
        c3 = Avx512F.UnpackHigh(high01, high23).AsSingle();
    }

    /// <summary>Transposes the 4 x 4 matrix of 128-bit lanes and stores its rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Lanes(Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d, float* destination, nint stride)
    {
        var evenAb = Avx512F.Shuffle4x128(a, b, 0x88);
        var oddAb = Avx512F.Shuffle4x128(a, b, 0xDD);
        var evenCd = Avx512F.Shuffle4x128(c, d, 0x88);
        var oddCd = Avx512F.Shuffle4x128(c, d, 0xDD);
        Avx512F.Store(destination, Avx512F.Shuffle4x128(evenAb, evenCd, 0x88));
        Avx512F.Store(destination + stride, Avx512F.Shuffle4x128(oddAb, oddCd, 0x88));
        Avx512F.Store(destination + 2 * stride, Avx512F.Shuffle4x128(evenAb, evenCd, 0xDD));
        Avx512F.Store(destination + 3 * stride, Avx512F.Shuffle4x128(oddAb, oddCd, 0xDD));
    }
}
