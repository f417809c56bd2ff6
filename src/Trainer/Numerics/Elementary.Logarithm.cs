using System.Runtime.CompilerServices;

namespace ApproxCluster.Trainer;

/// <content>The logarithm.</content>
internal static partial class Elementary<TSimd>
{
    // The bits of sqrt(1/2), and what lifts them to those of 1.
    private const int RootHalfBits = 0x3f3504f3;
    private const int ToOne = 0x3f800000 - RootHalfBits;
    private const int MantissaBits = 0x007fffff;
    private const int MagicBits = 0x4b000000;
    private const float MagicAndBias = 8388608f + 127f;
    private const float LeastNormal = 1.17549435e-38f;
    private const float TwoTo25 = 33554432f;

    // log 2 in 15 bits, so that a multiple by an exponent is exact, and the rest.
    private const float LogOfTwoCoarse = 0.693145752f;
    private const float LogOfTwoRest = 1.42860677e-6f;

    /// <summary>
    /// The natural logarithm within 0.86 ulp; -infinity of 0, NaN of negative numbers, infinity of infinity. x = m 2^e with m in [sqrt(1/2), sqrt 2), f = m - 1, and
    /// log m = f + f^2 (f P(f) - 1/2), P of degree 8 with relative error 2^-28 of the logarithm; the rounding error of e log 2 + f is carried along.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TSimd Log(TSimd x)
    {
        var zero = TSimd.Broadcast(0f);
        var isSmall = TSimd.AtMost(x, TSimd.Broadcast(LeastNormal));
        var lifted = TSimd.AddBits(TSimd.Select(isSmall, x * TSimd.Broadcast(TwoTo25), x), TSimd.BroadcastBits(ToOne));
        var exponent = (TSimd.ShiftRightBits(lifted, 23) | TSimd.BroadcastBits(MagicBits)) - TSimd.Broadcast(MagicAndBias);
        exponent -= isSmall & TSimd.Broadcast(25f);
        var f = TSimd.AddBits(lifted & TSimd.BroadcastBits(MantissaBits), TSimd.BroadcastBits(RootHalfBits)) - TSimd.Broadcast(1f);
        var p = TSimd.Fma(f, TSimd.Broadcast(6.74656481e-2f), TSimd.Broadcast(-0.116755947f));
        p = TSimd.Fma(f, p, TSimd.Broadcast(0.118881688f));
        p = TSimd.Fma(f, p, TSimd.Broadcast(-0.124056004f));
        p = TSimd.Fma(f, p, TSimd.Broadcast(0.142195523f));
        p = TSimd.Fma(f, p, TSimd.Broadcast(-0.166679949f));
        p = TSimd.Fma(f, p, TSimd.Broadcast(0.200021192f));
        p = TSimd.Fma(f, p, TSimd.Broadcast(-0.250000089f));
        p = TSimd.Fma(f, p, TSimd.Broadcast(0.333333135f));
        p = TSimd.Fma(f, p, TSimd.Broadcast(-0.5f));
        // Exact product; then a sum with its error (Dekker's, as e log 2 is 0 or larger than f).
        var power = exponent * TSimd.Broadcast(LogOfTwoCoarse);
        var sum = power + f;
        var error = f - (sum - power);
        var rest = TSimd.Fma(f * f, p, exponent * TSimd.Broadcast(LogOfTwoRest));
        var result = sum + (error + rest);
        var special = TSimd.Select(TSimd.AtMost(x, zero), TSimd.Select(TSimd.AtMost(zero, x), TSimd.Broadcast(float.NegativeInfinity), TSimd.Broadcast(float.NaN)), x);
        var isOrdinary = TSimd.AtMost(TSimd.Broadcast(float.Epsilon), x) & TSimd.AtMost(x, TSimd.Broadcast(float.MaxValue));
        return TSimd.Select(isOrdinary, result, special);
    }
}
