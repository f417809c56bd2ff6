using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ApproxCluster.Search;

/// <summary>
/// Exponential and logarithm in double precision for the inner loops of samplers: additions, products, one division and explicit fused multiply-add alone, so the bits
/// agree on every machine. Relative error below 1e-15.
/// </summary>
internal static class FastMath
{
    // 1.5 * 2^52: adding it rounds to a whole number, which then stands in the low bits.
    private const double Rounder = 6755399441055744.0;

    // ln 2 in two parts; the first has its low 32 bits clear.
    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;

    /// <summary>e^x of four numbers. Arguments are clipped to [-700, 700]; not for NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Exp(Vector256<double> x)
    {
        x = Vector256.Min(Vector256.Max(x, Vector256.Create(-700.0)), Vector256.Create(700.0));
        var shifted = Vector256.FusedMultiplyAdd(x, Vector256.Create(1.4426950408889634), Vector256.Create(Rounder));
        var whole = shifted - Vector256.Create(Rounder);
        var r = Vector256.FusedMultiplyAdd(whole, Vector256.Create(-Ln2High), x);
        r = Vector256.FusedMultiplyAdd(whole, Vector256.Create(-Ln2Low), r);

        // The power series; the next term is below 2e-16 for |r| up to ln(2)/2.
        var sum = Vector256.FusedMultiplyAdd(r, Vector256.Create(1.0 / 479001600), Vector256.Create(1.0 / 39916800));
        sum = Vector256.FusedMultiplyAdd(r, sum, Vector256.Create(1.0 / 3628800));
        sum = Vector256.FusedMultiplyAdd(r, sum, Vector256.Create(1.0 / 362880));
        sum = Vector256.FusedMultiplyAdd(r, sum, Vector256.Create(1.0 / 40320));
        sum = Vector256.FusedMultiplyAdd(r, sum, Vector256.Create(1.0 / 5040));
        sum = Vector256.FusedMultiplyAdd(r, sum, Vector256.Create(1.0 / 720));
        sum = Vector256.FusedMultiplyAdd(r, sum, Vector256.Create(1.0 / 120));
        sum = Vector256.FusedMultiplyAdd(r, sum, Vector256.Create(1.0 / 24));
        sum = Vector256.FusedMultiplyAdd(r, sum, Vector256.Create(1.0 / 6));
        sum = Vector256.FusedMultiplyAdd(r, sum, Vector256.Create(0.5));
        sum = Vector256.FusedMultiplyAdd(r, sum, Vector256<double>.One);
        sum = Vector256.FusedMultiplyAdd(r, sum, Vector256<double>.One);
        return Vector256.AsDouble(Vector256.AsInt64(sum) + (Vector256.AsInt64(shifted) << 52));
    }

    /// <summary>e^x; the argument is clipped to [-700, 700].</summary>
    public static double Exp(double x) => Exp(Vector256.Create(x)).ToScalar();

    /// <summary>
    /// Natural logarithm of a normal number above 0. x = m 2^e with m in [1/sqrt 2, sqrt 2); ln m = 2 artanh((m - 1)/(m + 1)) as a series, the rest below 2e-17 of it.
    /// </summary>
    public static double Log(double x)
    {
        var bits = BitConverter.DoubleToInt64Bits(x);
        var exponent = (int)(bits >> 52) - 1023;
        var mantissa = BitConverter.Int64BitsToDouble((bits & 0x000FFFFFFFFFFFFF) | 0x3FF0000000000000);
        if (mantissa >= 1.4142135623730951)
        {
            mantissa *= 0.5;
            exponent++;
        }

        var s = (mantissa - 1) / (mantissa + 1);
        var square = s * s;
        var sum = Math.FusedMultiplyAdd(square, 1.0 / 21, 1.0 / 19);
        sum = Math.FusedMultiplyAdd(square, sum, 1.0 / 17);
        sum = Math.FusedMultiplyAdd(square, sum, 1.0 / 15);
        sum = Math.FusedMultiplyAdd(square, sum, 1.0 / 13);
        sum = Math.FusedMultiplyAdd(square, sum, 1.0 / 11);
        sum = Math.FusedMultiplyAdd(square, sum, 1.0 / 9);
        sum = Math.FusedMultiplyAdd(square, sum, 1.0 / 7);
        sum = Math.FusedMultiplyAdd(square, sum, 1.0 / 5);
        sum = Math.FusedMultiplyAdd(square, sum, 1.0 / 3);
        var small = 2 * s;
        return exponent * Ln2High + (exponent * Ln2Low + Math.FusedMultiplyAdd(small * square, sum, small));
    }
}
