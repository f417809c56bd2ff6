namespace ApproxCluster.Search;

/// <summary>
/// Maps u in [0, 1) to the values of a domain:
/// <list type="bullet">
/// <item>n values (choices, steps, whole numbers): number floor(u n), so each has the same share.</item>
/// <item>whole numbers in the logarithm: floor(exp(ln low + u (ln(high + 1) - ln low))), so k has the share of [k, k + 1) in the logarithm.</item>
/// <item>real numbers: low + u (high - low), or the same between the logarithms.</item>
/// </list>
/// Results are clipped to the ends. Elementary functions are portable, so the same u gives the same value on every machine.
/// </summary>
internal static class UnitMapping
{
    /// <summary>Most values of a stepped range.</summary>
    public const double MaximumCount = 1e9;

    /// <summary>The value that u stands for. Who maps often keeps a <see cref="UnitScale"/>.</summary>
    public static ParameterValue Value(Domain domain, double unit) => new UnitScale(domain).Value(unit);

    /// <summary>Values of a whole range.</summary>
    public static long Count(IntDomain domain) => (domain.High - domain.Low) / domain.Step + 1;

    /// <summary>Values of a stepped range: the high end counts where it is within a millionth of a step.</summary>
    public static long Count(FloatDomain domain) =>
        domain.Step is { } step ? (long)Math.Min(MaximumCount, Math.Floor((domain.High - domain.Low) / step + 1e-6) + 1) : 1;

    /// <summary>The value with an index in a whole range.</summary>
    public static long At(IntDomain domain, long index) => domain.Low + index * domain.Step;

    /// <summary>The value with an index in a stepped range.</summary>
    public static double At(FloatDomain domain, long index) => Math.Min(domain.High, domain.Low + index * (domain.Step ?? 0));
}
