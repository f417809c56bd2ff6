using System.Runtime.CompilerServices;

namespace ApproxCluster.Trainer;

/// <content>The error function, and the normal distribution, which GELU takes: x Phi(x), with derivative Phi(x) + x phi(x).</content>
internal static partial class Elementary<TSimd>
{
    /// <summary>
    /// The error function within 0.99 ulp; odd; exactly 1 or -1 from 3.92 on. To 1: x + x P(x^2), P of degree 6, error 2^-29. Beyond: 1 - e^Q(x), Q of degree 6
    /// approximating the logarithm of 1 - erf, error 2^-29 of erf.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TSimd Erf(TSimd x)
    {
        var one = TSimd.Broadcast(1f);
        var signBit = TSimd.BroadcastBits(int.MinValue);
        var sign = x & signBit;
        var t = x ^ sign;
        var square = x * x;
        var p = TSimd.Fma(square, TSimd.Broadcast(7.80690389e-5f), TSimd.Broadcast(-7.9978531e-4f));
        p = TSimd.Fma(square, p, TSimd.Broadcast(5.1871622e-3f));
        p = TSimd.Fma(square, p, TSimd.Broadcast(-2.68533472e-2f));
        p = TSimd.Fma(square, p, TSimd.Broadcast(0.112835787f));
        p = TSimd.Fma(square, p, TSimd.Broadcast(-0.37612626f));
        p = TSimd.Fma(square, p, TSimd.Broadcast(0.128379166f));
        var near = TSimd.Fma(x, p, x);
        var limit = TSimd.Broadcast(4f);
        var far = TSimd.Select(TSimd.AtMost(limit, t), limit, t);
        var q = TSimd.Fma(far, TSimd.Broadcast(1.86375692e-4f), TSimd.Broadcast(-2.94762803e-3f));
        q = TSimd.Fma(far, q, TSimd.Broadcast(2.18379628e-2f));
        q = TSimd.Fma(far, q, TSimd.Broadcast(-0.103106588f));
        q = TSimd.Fma(far, q, TSimd.Broadcast(-0.63814497f));
        q = TSimd.Fma(far, q, TSimd.Broadcast(-1.12708914f));
        q = TSimd.Fma(far, q, TSimd.Broadcast(-3.41525243e-4f));
        // e^q - 1 to full relative precision, as in the hyperbolic tangent; it is negative.
        var n = Round(q * TSimd.Broadcast(LogOfTwoInverse));
        var power = PowerOfTwo(n);
        var complement = TSimd.Fma(power, ExpMinus1(Reduce(q, n)), power - one);
        return TSimd.Select(TSimd.AtMost(one, t), (complement ^ signBit) | sign, near);
    }

    /// <summary>
    /// The standard normal distribution: Phi(x), the probability of values up to x, within 6.42 ulp, and its density phi(x) within 2.77 ulp. With t = |x| the tail is
    /// e^(-t^2/2) N(t)/D(t), N of degree 4 and D of degree 5 (all coefficients positive), error 2^-26; the rounding error of t^2 is carried along.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Normal(TSimd x, out TSimd cumulative, out TSimd density)
    {
        var one = TSimd.Broadcast(1f);
        var half = TSimd.Broadcast(-0.5f);
        var t = x & TSimd.BroadcastBits(int.MaxValue);
        // Beyond, both are 0.
        var limit = TSimd.Broadcast(15f);
        t = TSimd.Select(TSimd.AtMost(limit, t), limit, t);
        var square = t * t;
        var error = TSimd.Fma(t, t, TSimd.Broadcast(0f) - square);
        var exponential = Exp(square * half);
        exponential = TSimd.Fma(exponential, error * half, exponential);
        var n = TSimd.Fma(t, TSimd.Broadcast(4.12382744e-3f), TSimd.Broadcast(4.06837799e-2f));
        n = TSimd.Fma(t, n, TSimd.Broadcast(0.183384925f));
        n = TSimd.Fma(t, n, TSimd.Broadcast(0.438496917f));
        n = TSimd.Fma(t, n, TSimd.Broadcast(0.5f));
        var d = TSimd.Fma(t, TSimd.Broadcast(1.03367846e-2f), TSimd.Broadcast(0.101985484f));
        d = TSimd.Fma(t, d, TSimd.Broadcast(0.469866157f));
        d = TSimd.Fma(t, d, TSimd.Broadcast(1.20312488f));
        d = TSimd.Fma(t, d, TSimd.Broadcast(1.67487884f));
        d = TSimd.Fma(t, d, one);
        var tail = exponential * (n / d);
        cumulative = TSimd.Select(TSimd.AtMost(x, TSimd.Broadcast(0f)), tail, one - tail);
        density = exponential * TSimd.Broadcast(0.39894228f);
    }
}
