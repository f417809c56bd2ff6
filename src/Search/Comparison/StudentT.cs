namespace ApproxCluster.Search;

/// <summary>
/// Student's t distribution, by a table, an expansion and a sum in plain arithmetic, so that every machine gets the same bits: who is scored on
/// the test split depends on them.
/// </summary>
internal static partial class StudentT
{
    private const double Normal = 1.959963984540054;

    // 0.975 quantiles for 1..30 degrees of freedom, from the closed form of the distribution function (Abramowitz and Stegun, 26.7.3 and 26.7.4).
    private static readonly double[] Table =
    [
        12.7062047362, 4.30265272975, 3.18244630528, 2.7764451052, 2.57058183564, 2.44691185114, 2.36462425159, 2.3060041352,
        2.2621571628, 2.22813885199, 2.20098516009, 2.17881282967, 2.16036865646, 2.14478668792, 2.13144954556, 2.11990529922,
        2.10981557783, 2.10092204024, 2.09302405441, 2.08596344727, 2.07961384473, 2.0738730679, 2.06865761042, 2.06389856163,
        2.05953855275, 2.05552943864, 2.05183051648, 2.0484071418, 2.04522964213, 2.0422724563,
    ];

    /// <summary>The distribution function at t. NaN for NaN.</summary>
    public static double Cdf(double t, int degrees) => t < 0 ? (1 - Within(-t, degrees)) / 2 : (1 + Within(t, degrees)) / 2;

    /// <summary>
    /// The 0.975 quantile: half-width of a 95 % interval in standard errors. Above 30 degrees the expansion 26.7.5 of Abramowitz and Stegun, off by less than 3e-8.
    /// </summary>
    public static double Quantile975(int degrees)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(degrees, 1);
        if (degrees <= Table.Length)
        {
            return Table[degrees - 1];
        }

        const double z = Normal;
        const double z2 = z * z;
        const double g1 = z * (z2 + 1) / 4;
        const double g2 = z * ((5 * z2 + 16) * z2 + 3) / 96;
        const double g3 = z * (((3 * z2 + 19) * z2 + 17) * z2 - 15) / 384;
        const double g4 = z * ((((79 * z2 + 776) * z2 + 1482) * z2 - 1920) * z2 - 945) / 92160;
        var r = 1.0 / degrees;
        return z + r * (g1 + r * (g2 + r * (g3 + r * g4)));
    }
}
