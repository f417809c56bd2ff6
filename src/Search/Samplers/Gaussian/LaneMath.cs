using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ApproxCluster.Search;

/// <summary>Elementary functions of eight numbers at a time.</summary>
internal static class LaneMath
{
    // ln 2 as a multiple of 2^-32 (exact when multiplied by an exponent) and the rest.
    private const double Ln2High = 2977044472.0 / 4294967296.0;
    private const double Ln2Low = -4.2009150726810846e-11;

    /// <summary>
    /// e^x of eight numbers, for x up to 700; 0 below -708. Relative error below 1e-15. x = k ln 2 + r and the power series of e^r to
    /// r^13 (the rest is below 5e-18 of it) with fused multiply-adds, so every lane, and every width of vectors, gives the same bits.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Exp(Vector512<double> x)
    {
        // 1.5 * 2^52: adding it rounds to a whole number, which then stands in the low bits.
        var rounder = Vector512.Create(6755399441055744.0);
        var clipped = Vector512.Max(x, Vector512.Create(-708.0));
        var shifted = Vector512.FusedMultiplyAdd(clipped, Vector512.Create(1.4426950408889634), rounder);
        var k = shifted - rounder;
        var r = Vector512.FusedMultiplyAdd(k, Vector512.Create(-Ln2High), clipped);
        r = Vector512.FusedMultiplyAdd(k, Vector512.Create(-Ln2Low), r);
        var sum = Vector512.Create(1.0 / 6227020800);
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1.0 / 479001600));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1.0 / 39916800));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1.0 / 3628800));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1.0 / 362880));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1.0 / 40320));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1.0 / 5040));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1.0 / 720));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1.0 / 120));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1.0 / 24));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1.0 / 6));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(0.5));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1.0));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1.0));
        var power = Vector512.ShiftLeft(Vector512.AsInt64(shifted) + Vector512.Create(1023L), 52);
        return Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512.Create(-708.0)), Vector512<double>.Zero, sum * Vector512.AsDouble(power));
    }

    /// <summary>
    /// The natural logarithm of eight normal numbers above 0, as <see cref="FastMath.Log"/>: x = m 2^e with m in [1/sqrt 2, sqrt 2), ln m = 2 artanh((m - 1)/(m + 1)) as a series. NaN for NaN.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Log(Vector512<double> x)
    {
        // Of the bits above those of 1/sqrt 2, the upper ones are e.
        var bits = Vector512.AsInt64(x) - Vector512.Create(0x3FE6A09E667F3BCD);
        var exponent = Vector512.ConvertToDouble(Vector512.ShiftRightArithmetic(bits, 52));
        var mantissa = Vector512.AsDouble((bits & Vector512.Create(0x000FFFFFFFFFFFFF)) + Vector512.Create(0x3FE6A09E667F3BCD));
        var s = (mantissa - Vector512.Create(1.0)) / (mantissa + Vector512.Create(1.0));
        var square = s * s;
        var sum = Vector512.FusedMultiplyAdd(square, Vector512.Create(1.0 / 21), Vector512.Create(1.0 / 19));
        sum = Vector512.FusedMultiplyAdd(square, sum, Vector512.Create(1.0 / 17));
        sum = Vector512.FusedMultiplyAdd(square, sum, Vector512.Create(1.0 / 15));
        sum = Vector512.FusedMultiplyAdd(square, sum, Vector512.Create(1.0 / 13));
        sum = Vector512.FusedMultiplyAdd(square, sum, Vector512.Create(1.0 / 11));
        sum = Vector512.FusedMultiplyAdd(square, sum, Vector512.Create(1.0 / 9));
        sum = Vector512.FusedMultiplyAdd(square, sum, Vector512.Create(1.0 / 7));
        sum = Vector512.FusedMultiplyAdd(square, sum, Vector512.Create(1.0 / 5));
        sum = Vector512.FusedMultiplyAdd(square, sum, Vector512.Create(1.0 / 3));
        var twice = s + s;
        var small = Vector512.FusedMultiplyAdd(exponent, Vector512.Create(Ln2Low), Vector512.FusedMultiplyAdd(twice * square, sum, twice));
        return Vector512.ConditionalSelect(Vector512.Equals(x, x), Vector512.FusedMultiplyAdd(exponent, Vector512.Create(Ln2High), small), x);
    }
}
