using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ApproxCluster.Search;

/// <summary>
/// Sums and updates of doubles in eight virtual lanes: element i belongs to lane i mod 8, every lane adds in order with fused multiply-adds, and the lanes are joined
/// as a fixed tree. So the bits do not depend on the width of the machine's vectors.
/// </summary>
internal static class Lanes
{
    /// <summary>Number of lanes.</summary>
    public const int Count = 8;

    /// <summary>A length rounded up to whole vectors.</summary>
    public static int Padded(int length) => (length + Count - 1) / Count * Count;

    /// <summary>Sum of a_i b_i. The first vectors alternate between two accumulators, so that they overlap.</summary>
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        ref var left = ref MemoryMarshal.GetReference(a);
        ref var right = ref MemoryMarshal.GetReference(b);
        var length = Math.Min(a.Length, b.Length);
        var even = Vector512<double>.Zero;
        var odd = Vector512<double>.Zero;
        var index = 0;
        for (; index + 2 * Count <= length; index += 2 * Count)
        {
            even = Vector512.FusedMultiplyAdd(Load(ref left, index), Load(ref right, index), even);
            odd = Vector512.FusedMultiplyAdd(Load(ref left, index + Count), Load(ref right, index + Count), odd);
        }

        if (index + Count <= length)
        {
            even = Vector512.FusedMultiplyAdd(Load(ref left, index), Load(ref right, index), even);
            index += Count;
        }

        var sum = Sum(even + odd);
        for (; index < length; index++)
        {
            sum = Math.FusedMultiplyAdd(Unsafe.Add(ref left, index), Unsafe.Add(ref right, index), sum);
        }

        return sum;
    }

    /// <summary>y_i += factor x_i.</summary>
    public static void AddScaled(double factor, ReadOnlySpan<double> x, Span<double> y)
    {
        ref var source = ref MemoryMarshal.GetReference(x);
        ref var target = ref MemoryMarshal.GetReference(y);
        var length = Math.Min(x.Length, y.Length);
        var scale = Vector512.Create(factor);
        var index = 0;
        for (; index + Count <= length; index += Count)
        {
            Vector512.FusedMultiplyAdd(scale, Load(ref source, index), Load(ref target, index)).StoreUnsafe(ref target, (nuint)index);
        }

        for (; index < length; index++)
        {
            ref var element = ref Unsafe.Add(ref target, index);
            element = Math.FusedMultiplyAdd(factor, Unsafe.Add(ref source, index), element);
        }
    }

    /// <summary>The lanes joined: ((0 + 4) + (2 + 6)) + ((1 + 5) + (3 + 7)).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sum(Vector512<double> lanes)
    {
        var four = lanes.GetLower() + lanes.GetUpper();
        var two = four.GetLower() + four.GetUpper();
        return two[0] + two[1];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Load(ref double start, int index) => Vector512.LoadUnsafe(ref start, (nuint)index);
}
