namespace ApproxCluster.Trainer;

/// <summary>
/// Elementary functions in double precision built from + - * / alone, so that the bits agree on every machine, which a platform's own
/// mathematics library does not promise. Relative error below 1e-14 on the stated domains (measured: a few 1e-16). Not for inner loops.
/// </summary>
public static class PortableMath
{
    /// <summary>Largest magnitude that <see cref="Sin"/> and <see cref="Cos"/> reduce exactly.</summary>
    public const double MaximumAngle = 1_000_000;

    private const double TwoTo32 = 4294967296.0;

    // ln 2 as a multiple of 2^-32 (exact when multiplied by an exponent) and the rest.
    private const double Ln2High = 2977044472.0 / TwoTo32;
    private const double Ln2Low = -4.2009150726810846e-11;

    // pi/2 in three parts: 33 bits, 33 bits and a double; the first two are exact when multiplied by up to 2^20.
    private const double HalfPi1 = 6746518852.0 / TwoTo32;
    private const double HalfPi2 = 4484108710.0 / (TwoTo32 * TwoTo32 * 4);
    private const double HalfPi3 = 2.0222662487959506e-21;

    /// <summary>
    /// Natural logarithm. x = m * 2^e with m in [1/sqrt 2, sqrt 2); ln m = 2 artanh(s), s = (m - 1)/(m + 1), as a series to s^21
    /// (the rest is below 2e-17 of it). Zero gives -infinity, a negative number NaN.
    /// </summary>
    public static double Log(double x)
    {
        if (double.IsNaN(x) || x < 0)
        {
            return double.NaN;
        }

        if (x == 0)
        {
            return double.NegativeInfinity;
        }

        if (double.IsPositiveInfinity(x))
        {
            return x;
        }

        var shift = 0;
        if (x < 2.2250738585072014e-308)
        {
            x *= 18014398509481984.0;
            shift = 54;
        }

        var bits = BitConverter.DoubleToInt64Bits(x);
        var exponent = (int)(bits >> 52) - 1023;
        var mantissa = BitConverter.Int64BitsToDouble((bits & 0x000FFFFFFFFFFFFF) | 0x3FF0000000000000);
        if (mantissa >= 1.4142135623730951)
        {
            mantissa *= 0.5;
            exponent++;
        }

        exponent -= shift;
        var s = (mantissa - 1) / (mantissa + 1);
        var square = s * s;
        var sum = 0.0;
        for (var n = 21; n >= 3; n -= 2)
        {
            sum = (sum + 1.0 / n) * square;
        }

        return exponent * Ln2High + (exponent * Ln2Low + (2 * s + 2 * s * sum));
    }

    /// <summary>
    /// e^x. x = k ln 2 + r with |r| up to ln(2)/2, and the power series of e^r to r^14 (the rest is below 1e-19). Overflows to infinity
    /// above 709.78, underflows to 0 below -745.2.
    /// </summary>
    public static double Exp(double x)
    {
        if (double.IsNaN(x))
        {
            return x;
        }

        if (x > 709.782712893384)
        {
            return double.PositiveInfinity;
        }

        if (x < -745.2)
        {
            return 0;
        }

        var k = (int)Math.Floor(x * 1.4426950408889634 + 0.5);
        var r = x - k * Ln2High - k * Ln2Low;
        var sum = 1.0;
        for (var n = 14; n >= 1; n--)
        {
            sum = 1 + sum * r / n;
        }

        // In two steps: 2^k itself may lie outside the range of normal numbers.
        var half = k / 2;
        return sum * PowerOfTwo(half) * PowerOfTwo(k - half);
    }

    /// <summary>Sine of an angle in radians, up to <see cref="MaximumAngle"/> either way; throws beyond.</summary>
    public static double Sin(double x)
    {
        var (quadrant, r) = Reduce(x);
        var value = (quadrant & 1) == 0 ? SinCore(r) : CosCore(r);
        return (quadrant & 2) == 0 ? value : -value;
    }

    /// <summary>Cosine of an angle in radians, up to <see cref="MaximumAngle"/> either way; throws beyond.</summary>
    public static double Cos(double x)
    {
        var (quadrant, r) = Reduce(x);
        var value = (quadrant & 1) == 0 ? CosCore(r) : SinCore(r);
        return ((quadrant + 1) & 2) == 0 ? value : -value;
    }

    /// <summary>x = n pi/2 + r with |r| up to pi/4 (Cody and Waite's reduction); n modulo 4 and r.</summary>
    private static (int Quadrant, double R) Reduce(double x)
    {
        if (!(Math.Abs(x) <= MaximumAngle))
        {
            throw new ArgumentOutOfRangeException(nameof(x), x, $"The angle must lie within +-{MaximumAngle:0}.");
        }

        var n = Math.Floor(x * 0.6366197723675814 + 0.5);
        return ((int)n & 3, x - n * HalfPi1 - n * HalfPi2 - n * HalfPi3);
    }

    /// <summary>sin r to r^17; the rest is below 1e-19.</summary>
    private static double SinCore(double r)
    {
        var square = r * r;
        var sum = 0.0;
        for (var n = 16; n >= 2; n -= 2)
        {
            sum = (sum + 1) * -square / (n * (n + 1));
        }

        return r + r * sum;
    }

    /// <summary>cos r to r^18; the rest is below 1e-20.</summary>
    private static double CosCore(double r)
    {
        var square = r * r;
        var sum = 0.0;
        for (var n = 18; n >= 2; n -= 2)
        {
            sum = (sum + 1) * -square / (n * (n - 1));
        }

        return 1 + sum;
    }

    private static double PowerOfTwo(int exponent) => BitConverter.Int64BitsToDouble((long)(exponent + 1023) << 52);
}
