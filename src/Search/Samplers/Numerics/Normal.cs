namespace ApproxCluster.Search;

/// <summary>The standard normal distribution, with the same bits on every machine.</summary>
internal static class Normal
{
    /// <summary>ln sqrt(2 pi).</summary>
    public const double LogRootTwoPi = 0.91893853320467274178;

    /// <summary>The share of values up to x, relative error below 1e-13 down to x = -30.</summary>
    public static double Cumulative(double x) => x > 0 ? 1 - Tail(x) : Tail(-x);

    /// <summary>The share of values between two ends, without cancellation where both lie on the same side.</summary>
    public static double Between(double low, double high) => low > 0
        ? Tail(low) - Tail(high)
        : high < 0 ? Tail(-high) - Tail(-low) : 1 - Tail(-low) - Tail(high);

    /// <summary>
    /// The x with a share below it: Wichura's algorithm AS 241 (PPND16), Applied Statistics 37(3), 1988; relative error about 1e-16. Shares are clipped to
    /// [1e-300, 1 - 2^-53].
    /// </summary>
    public static double Quantile(double share)
    {
        share = Math.Clamp(share, 1e-300, 1 - 1.0 / (1L << 53));
        var q = share - 0.5;
        if (Math.Abs(q) <= 0.425)
        {
            var r = 0.180625 - q * q;
            return q * Ratio(
                r,
                [2.5090809287301226727e3, 3.3430575583588128105e4, 6.7265770927008700853e4, 4.5921953931549871457e4, 1.3731693765509461125e4, 1.9715909503065514427e3, 1.3314166789178437745e2, 3.3871328727963666080],
                [5.2264952788528545610e3, 2.8729085735721942674e4, 3.9307895800092710610e4, 2.1213794301586595867e4, 5.3941960214247511077e3, 6.8718700749205790830e2, 4.2313330701600911252e1, 1]);
        }

        var tail = Math.Sqrt(-FastMath.Log(q < 0 ? share : 1 - share));
        var x = tail <= 5
            ? Ratio(
                tail - 1.6,
                [7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1, 1.27045825245236838258, 3.64784832476320460504, 5.76949722146069140550, 4.63033784615654529590, 1.42343711074968357734],
                [1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2, 1.48103976427480074590e-1, 6.89767334985100004550e-1, 1.67638483018380384940, 2.05319162663775882187, 1])
            : Ratio(
                tail - 5,
                [2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3, 2.65321895265761230930e-2, 2.96560571828504891230e-1, 1.78482653991729133580, 5.46378491116411436990, 6.65790464350110377720],
                [2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5, 7.86869131145613259100e-4, 1.48753612908506148525e-2, 1.36929880922735805310e-1, 5.99832206555887937690e-1, 1]);
        return q < 0 ? -x : x;
    }

    /// <summary>
    /// The share of values above x, x at least 0: half of erfc(x / sqrt 2) by the rational approximations of Sun's fdlibm (s_erf.c, 1993): erf up to 0.84375; around 1; and
    /// e^(-z^2) R(1/z^2)/z on [1.25, 1/0.35] and beyond.
    /// </summary>
    private static double Tail(double x)
    {
        var z = x * 0.70710678118654752440;
        if (z < 0.84375)
        {
            var erf = Ratio(
                z * z,
                [-2.37630166566501626084e-05, -5.77027029648944159157e-03, -2.84817495755985104766e-02, -3.25042107247001499370e-01, 1.28379167095512558561e-01],
                [-3.96022827877536812320e-06, 1.32494738004321644526e-04, 5.08130628187576562776e-03, 6.50222499887672944485e-02, 3.97917223959155352819e-01, 1]);
            return 0.5 - 0.5 * (z + z * erf);
        }

        if (z < 1.25)
        {
            var rest = Ratio(
                z - 1,
                [-2.16637559486879084300e-03, 3.54783043256182359371e-02, -1.10894694282396677476e-01, 3.18346619901161753674e-01, -3.72207876035701323847e-01, 4.14856118683748331666e-01, -2.36211856075265944077e-03],
                [1.19844998467991074170e-02, 1.36370839120290507362e-02, 1.26171219808761642112e-01, 7.18286544141962662868e-02, 5.40397917702171048937e-01, 1.06420880400844228286e-01, 1]);
            return 0.5 * (1 - 8.45062911510467529297e-01 - rest);
        }

        if (z > 26)
        {
            return 0;
        }

        var s = 1 / (z * z);
        var exponent = z < 1 / 0.35
            ? Ratio(
                s,
                [-9.81432934416914548592, -8.12874355063065934246e+01, -1.84605092906711035994e+02, -1.62396669462573470355e+02, -6.23753324503260060396e+01, -1.05586262253232909814e+01, -6.93858572707181764372e-01, -9.86494403484714822705e-03],
                [-6.04244152148580987438e-02, 6.57024977031928170135, 1.08635005541779435134e+02, 4.29008140027567833386e+02, 6.45387271733267880336e+02, 4.34565877475229228821e+02, 1.37657754143519042600e+02, 1.96512716674392571292e+01, 1])
            : Ratio(
                s,
                [-4.83519191608651397019e+02, -1.02509513161107724954e+03, -6.37566443368389627722e+02, -1.60636384855821916062e+02, -1.77579549177547519889e+01, -7.99283237680523006574e-01, -9.86494292470009928597e-03],
                [-2.24409524465858183362e+01, 4.74528541206955367215e+02, 2.55305040643316442583e+03, 3.19985821950859553908e+03, 1.53672958608443695994e+03, 3.25792512996573918826e+02, 3.03380607434824582924e+01, 1]);

        // z^2 in two parts, the first of which is exact.
        var head = BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(z) & ~0xFFFFFFFFL);
        return 0.5 * FastMath.Exp(-head * head - 0.5625) * FastMath.Exp((head - z) * (head + z) + exponent) / z;
    }

    /// <summary>A quotient of polynomials, coefficients from the highest power down.</summary>
    private static double Ratio(double x, ReadOnlySpan<double> above, ReadOnlySpan<double> below) => Polynomial(x, above) / Polynomial(x, below);

    private static double Polynomial(double x, ReadOnlySpan<double> coefficients)
    {
        var sum = 0.0;
        foreach (var coefficient in coefficients)
        {
            sum = Math.FusedMultiplyAdd(sum, x, coefficient);
        }

        return sum;
    }
}
