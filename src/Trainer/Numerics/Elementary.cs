using System.Runtime.CompilerServices;

namespace ApproxCluster.Trainer;

/// <summary>
/// Elementary functions in float32, the same bits for every vector width and machine: only additions, multiplications, divisions, fused
/// multiply-adds and operations on bits, each correctly rounded. Polynomials interpolate at the Chebyshev nodes of the reduced interval or are
/// its minimax ones, computed for this project. NaN gives NaN everywhere. Errors in units of the last place of the exact result (2^-149 where
/// that is subnormal), found by trying all 2^32 inputs; the suite holds them on a dense sample.
/// </summary>
internal static partial class Elementary<TSimd>
    where TSimd : unmanaged, ISimd<TSimd>
{
    // 1.5 * 2^23: adding it rounds to an integer, which then stands in the low bits.
    private const float Rounder = 12582912f;
    private const float LogOfTwoHigh = 0.693147182f;
    private const float LogOfTwoLow = -1.904654212e-9f;
    private const float LogOfTwoInverse = 1.44269502f;
    private const float HalfPiHigh = 1.57079637f;
    private const float HalfPiMiddle = -4.371138829e-8f;
    private const float HalfPiLow = -1.715124510e-15f;
    private const float HalfPiInverse = 0.636619747f;
    private const float SineLimit = 4194304f;

    /// <summary>e^x within 0.98 ulp; 0 below -104, infinity above 88.73; subnormal results are rounded once more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TSimd Exp(TSimd x)
    {
        var low = TSimd.Broadcast(-104f);
        var high = TSimd.Broadcast(89f);
        x = TSimd.Select(TSimd.AtMost(x, low), low, x);
        x = TSimd.Select(TSimd.AtMost(high, x), high, x);
        var n = Round(x * TSimd.Broadcast(LogOfTwoInverse));
        var tail = ExpMinus1(Reduce(x, n));
        // 2^n in two factors, as n reaches from -150 to 128.
        var half = Round(n * TSimd.Broadcast(0.5f));
        var first = PowerOfTwo(half);
        var second = PowerOfTwo(n - half);
        return TSimd.Fma(tail, first, first) * second;
    }

    /// <summary>
    /// The hyperbolic tangent within 5.45 ulp; odd; exactly 1 or -1 from 9.28 on. x P(x^2) / Q(x^2), both of degree 4 and positive: the minimax quotient for 0..9,
    /// relative error 2^-25.5. It exceeds 1 from 9.28 to 10 and beyond, so a bound on either side is all that large inputs need.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TSimd Tanh(TSimd x)
    {
        x = TSimd.Max(TSimd.Broadcast(-10f), TSimd.Min(TSimd.Broadcast(10f), x));
        var one = TSimd.Broadcast(1f);
        var square = x * x;
        var p = TSimd.Fma(square, TSimd.Broadcast(1.3354589442e-8f), TSimd.Broadcast(2.06090517238e-5f));
        p = TSimd.Fma(square, p, TSimd.Broadcast(0.00349558749503f));
        p = TSimd.Fma(square, p, TSimd.Broadcast(0.13381025688f));
        p = TSimd.Fma(square, p, one);
        var q = TSimd.Fma(square, TSimd.Broadcast(7.7765347313e-7f), TSimd.Broadcast(0.000328563284437f));
        q = TSimd.Fma(square, q, TSimd.Broadcast(0.0258769814452f));
        q = TSimd.Fma(square, q, TSimd.Broadcast(0.467143413558f));
        q = TSimd.Fma(square, q, one);
        return TSimd.Max(TSimd.Broadcast(-1f), TSimd.Min(one, x * p / q));
    }

    /// <summary>1 / (1 + e^-x) within 2.41 ulp. With E = e^-|x| it is 1 / (1 + E), or E / (1 + E) for negative x, which neither cancels nor overflows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TSimd Sigmoid(TSimd x)
    {
        var one = TSimd.Broadcast(1f);
        var exponential = Exp(x | TSimd.BroadcastBits(int.MinValue));
        return TSimd.Select(TSimd.AtMost(x, TSimd.Broadcast(0f)), exponential, one) / (one + exponential);
    }

    /// <summary>
    /// Sine and cosine of x + correction, where the correction is below an ulp of x. For |x| up to 131072 within 1.49 ulp where the correction is 0; otherwise within 1.2e-7
    /// absolutely, as near a zero the correction may cancel what the reduction left.
    /// From there to 4194304 slowly worse; beyond, and for infinity, NaN.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SineCosine(TSimd x, TSimd correction, out TSimd sine, out TSimd cosine)
    {
        var bits = TSimd.Fma(x, TSimd.Broadcast(HalfPiInverse), TSimd.Broadcast(Rounder));
        var n = bits - TSimd.Broadcast(Rounder);
        // Exact while n has at most 24 bits; the two following parts of pi/2 bring 72 bits in all.
        var r = TSimd.Fma(n, TSimd.Broadcast(-HalfPiHigh), x);
        r = TSimd.Fma(n, TSimd.Broadcast(-HalfPiMiddle), r);
        r = TSimd.Fma(n, TSimd.Broadcast(-HalfPiLow), r);
        r += correction;
        var square = r * r;
        var s = TSimd.Fma(square, TSimd.Broadcast(2.723757689e-6f), TSimd.Broadcast(-1.983998955e-4f));
        s = TSimd.Fma(square, s, TSimd.Broadcast(8.333331905e-3f));
        s = TSimd.Fma(square, s, TSimd.Broadcast(-0.166666672f));
        s = TSimd.Fma(square * r, s, r);
        var c = TSimd.Fma(square, TSimd.Broadcast(2.453775051e-5f), TSimd.Broadcast(-1.388825476e-3f));
        c = TSimd.Fma(square, c, TSimd.Broadcast(4.166666418e-2f));
        c = TSimd.Fma(square, c, TSimd.Broadcast(-0.5f));
        c = TSimd.Fma(square, c, TSimd.Broadcast(1f));
        // Odd quadrants swap sine and cosine; bit 1 of n is the sine's sign, bit 1 of n + 1 the cosine's.
        var one = TSimd.BroadcastBits(1);
        var two = TSimd.BroadcastBits(2);
        var odd = TSimd.EqualBits(bits & one, one);
        var sineSign = TSimd.ShiftLeftBits(bits & two, 30);
        var cosineSign = TSimd.ShiftLeftBits(TSimd.AddBits(bits, one) & two, 30);
        var inRange = TSimd.AtMost(x & TSimd.BroadcastBits(int.MaxValue), TSimd.Broadcast(SineLimit));
        var nan = TSimd.Broadcast(float.NaN);
        sine = TSimd.Select(inRange, TSimd.Select(odd, c, s) ^ sineSign, nan);
        cosine = TSimd.Select(inRange, TSimd.Select(odd, s, c) ^ cosineSign, nan);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TSimd Round(TSimd x)
    {
        var rounder = TSimd.Broadcast(Rounder);
        return x + rounder - rounder;
    }

    /// <summary>x - n log 2, exact but for the last rounding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TSimd Reduce(TSimd x, TSimd n)
    {
        var r = TSimd.Fma(n, TSimd.Broadcast(-LogOfTwoHigh), x);
        return TSimd.Fma(n, TSimd.Broadcast(-LogOfTwoLow), r);
    }

    /// <summary>2^n for a whole n in -126..127.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TSimd PowerOfTwo(TSimd n) => TSimd.ShiftLeftBits(n + TSimd.Broadcast(Rounder + 127f), 23);

    /// <summary>e^r - 1 for |r| at most log(2)/2: r + r^2/2 + r^3 Q(r), Q of degree 4, relative error of the polynomial 2^-29.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TSimd ExpMinus1(TSimd r)
    {
        var q = TSimd.Fma(r, TSimd.Broadcast(1.988269796e-4f), TSimd.Broadcast(1.392618404e-3f));
        q = TSimd.Fma(r, q, TSimd.Broadcast(8.333320729e-3f));
        q = TSimd.Fma(r, q, TSimd.Broadcast(4.166655615e-2f));
        q = TSimd.Fma(r, q, TSimd.Broadcast(0.166666672f));
        q = TSimd.Fma(r, q, TSimd.Broadcast(0.5f));
        return TSimd.Fma(r * r, q, r);
    }
}
