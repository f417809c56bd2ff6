using System.Runtime.CompilerServices;

namespace ApproxCluster.Trainer;

/// <summary>One lane in plain scalar arithmetic: the oracle of the wider vectors, and the way to apply a function to one number.</summary>
internal readonly unsafe struct SimdScalar(float value) : ISimd<SimdScalar>
{
    public static int Lanes => 1;

    public static int Registers => 16;

    public float Value { get; } = value;

    private int Bits => BitConverter.SingleToInt32Bits(Value);

    public static SimdScalar operator +(SimdScalar left, SimdScalar right) => new(left.Value + right.Value);

    public static SimdScalar operator -(SimdScalar left, SimdScalar right) => new(left.Value - right.Value);

    public static SimdScalar operator *(SimdScalar left, SimdScalar right) => new(left.Value * right.Value);

    public static SimdScalar operator /(SimdScalar left, SimdScalar right) => new(left.Value / right.Value);

    public static SimdScalar operator &(SimdScalar left, SimdScalar right) => BroadcastBits(left.Bits & right.Bits);

    public static SimdScalar operator |(SimdScalar left, SimdScalar right) => BroadcastBits(left.Bits | right.Bits);

    public static SimdScalar operator ^(SimdScalar left, SimdScalar right) => BroadcastBits(left.Bits ^ right.Bits);

    public static SimdScalar Load(float* source) => new(*source);

    public static void Store(SimdScalar value, float* destination) => *destination = value.Value;

    public static SimdScalar Broadcast(float value) => new(value);

    public static SimdScalar BroadcastBits(int value) => new(BitConverter.Int32BitsToSingle(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void FmaTo(ref SimdScalar addend, SimdScalar left, SimdScalar right) => addend = Fma(left, right, addend);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdScalar Fma(SimdScalar left, SimdScalar right, SimdScalar addend) =>
        new(MathF.FusedMultiplyAdd(left.Value, right.Value, addend.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdScalar NegatedFma(SimdScalar left, SimdScalar right, SimdScalar addend) =>
        new(MathF.FusedMultiplyAdd(-left.Value, right.Value, addend.Value));

    public static SimdScalar Sqrt(SimdScalar value) => new(MathF.Sqrt(value.Value));

    public static SimdScalar Min(SimdScalar bound, SimdScalar value) => bound.Value < value.Value ? bound : value;

    public static SimdScalar Max(SimdScalar bound, SimdScalar value) => bound.Value > value.Value ? bound : value;

    public static SimdScalar AtMost(SimdScalar left, SimdScalar right) => BroadcastBits(left.Value <= right.Value ? -1 : 0);

    public static SimdScalar EqualBits(SimdScalar left, SimdScalar right) => BroadcastBits(left.Bits == right.Bits ? -1 : 0);

    public static SimdScalar Select(SimdScalar mask, SimdScalar yes, SimdScalar no) =>
        BroadcastBits((mask.Bits & yes.Bits) | (~mask.Bits & no.Bits));

    public static SimdScalar AddBits(SimdScalar left, SimdScalar right) => BroadcastBits(unchecked(left.Bits + right.Bits));

    public static SimdScalar ShiftRightBits(SimdScalar value, int count) => BroadcastBits(value.Bits >>> count);

    public static SimdScalar ShiftLeftBits(SimdScalar value, int count) => BroadcastBits(value.Bits << count);

    public static void Prefetch(float* address)
    {
    }

    public static void Transpose16(float* source, nint sourceStride, float* destination, nint destinationStride)
    {
        for (var row = 0; row < 16; row++)
        {
            for (var column = 0; column < 16; column++)
            {
                destination[column * destinationStride + row] = source[row * sourceStride + column];
            }
        }
    }

    public static void Dots16(float* x, nint stride, float* weights, int width, float* sums) =>
        DotProducts.ByTransposition<SimdScalar>(x, stride, weights, width, sums);
}
