namespace ApproxCluster.Trainer;

/// <summary>
/// A vector of float32 lanes. Every kernel is written once over it; the width is a type argument, so the compiler makes straight
/// code for each. All operations are exact IEEE 754 operations on each lane alone (round to nearest even, one rounding for
/// <see cref="Fma"/>), so the width can change no bit. Operations on bits see a lane as a 32-bit integer.
/// </summary>
internal unsafe interface ISimd<TSelf>
    where TSelf : unmanaged, ISimd<TSelf>
{
    /// <summary>Lanes in a vector: a divisor of 16.</summary>
    static abstract int Lanes { get; }

    /// <summary>Registers that the instruction set has for this width: 16 or 32. Decides the tile's height only.</summary>
    static abstract int Registers { get; }

    static abstract TSelf Load(float* source);

    static abstract void Store(TSelf value, float* destination);

    static abstract TSelf Broadcast(float value);

    static abstract TSelf BroadcastBits(int value);

    /// <summary>
    /// addend += left * right with one rounding. In this shape, and with the field assigned in place, the accumulator stays in its register; where a new vector takes
    /// the addend's place, RyuJIT (.NET 10) adds to a factor that is used for the last time and moves the sum back: an instruction more for each row of a tile, which
    /// costs a tenth to a fifth of the speed where another thread shares the core.
    /// </summary>
    static abstract void FmaTo(ref TSelf addend, TSelf left, TSelf right);

    /// <summary>left * right + addend with one rounding.</summary>
    static abstract TSelf Fma(TSelf left, TSelf right, TSelf addend);

    /// <summary>addend - left * right with one rounding.</summary>
    static abstract TSelf NegatedFma(TSelf left, TSelf right, TSelf addend);

    static abstract TSelf operator +(TSelf left, TSelf right);

    static abstract TSelf operator -(TSelf left, TSelf right);

    static abstract TSelf operator *(TSelf left, TSelf right);

    static abstract TSelf operator /(TSelf left, TSelf right);

    static abstract TSelf operator &(TSelf left, TSelf right);

    static abstract TSelf operator |(TSelf left, TSelf right);

    static abstract TSelf operator ^(TSelf left, TSelf right);

    static abstract TSelf Sqrt(TSelf value);

    /// <summary>The smaller of a bound, neither NaN nor 0, and a value; NaN where the value is.</summary>
    static abstract TSelf Min(TSelf bound, TSelf value);

    /// <summary>The larger alike.</summary>
    static abstract TSelf Max(TSelf bound, TSelf value);

    /// <summary>All bits set where left is at most right; none where it is larger or either is NaN.</summary>
    static abstract TSelf AtMost(TSelf left, TSelf right);

    /// <summary>All bits set where the integers are equal.</summary>
    static abstract TSelf EqualBits(TSelf left, TSelf right);

    /// <summary>Lanes of <paramref name="yes"/> where the mask is set, else of <paramref name="no"/>.</summary>
    static abstract TSelf Select(TSelf mask, TSelf yes, TSelf no);

    static abstract TSelf AddBits(TSelf left, TSelf right);

    /// <summary>Zeros come in from the left.</summary>
    static abstract TSelf ShiftRightBits(TSelf value, int count);

    static abstract TSelf ShiftLeftBits(TSelf value, int count);

    /// <summary>Asks for a cache line, where the machine knows how; the address need not be valid.</summary>
    static abstract void Prefetch(float* address);

    /// <summary>Copies a 16 x 16 block so that rows become columns. Strides in floats.</summary>
    static abstract void Transpose16(float* source, nint sourceStride, float* destination, nint destinationStride);

    /// <summary>The <see cref="DotProducts"/> of 16 rows with one, of a multiple of 16 elements.</summary>
    static abstract void Dots16(float* x, nint stride, float* weights, int width, float* sums);
}
