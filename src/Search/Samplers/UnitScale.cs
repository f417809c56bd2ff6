using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>A domain with the ends of its logarithm worked out once: maps u in [0, 1) to its values, as <see cref="UnitMapping"/> says.</summary>
internal readonly struct UnitScale
{
    private readonly Domain domain;
    private readonly double start;
    private readonly double width;

    /// <summary>Works out a domain.</summary>
    public UnitScale(Domain domain)
    {
        this.domain = domain;
        (start, var end) = domain switch
        {
            IntDomain { Log: true } whole => (PortableMath.Log(whole.Low), PortableMath.Log(whole.High + 1.0)),
            FloatDomain { Log: true, Step: null } real => (PortableMath.Log(real.Low), PortableMath.Log(real.High)),
            _ => (0, 0),
        };
        width = end - start;
    }

    /// <summary>The value that u stands for.</summary>
    public ParameterValue Value(double unit) => domain switch
    {
        FloatDomain real => ParameterValue.Of(Real(real, unit)),
        IntDomain whole => ParameterValue.Of(Whole(whole, unit)),
        ChoiceDomain choices => choices.Choices[Place(choices, unit)].Value,
        FixedDomain known => known.Value,
        _ => throw new ArgumentOutOfRangeException(nameof(unit), domain, "Unknown domain."),
    };

    /// <summary>The place of the choice that u stands for.</summary>
    public static int Place(ChoiceDomain choices, double unit) => (int)Index(choices.Choices.Count, unit);

    private static long Index(long count, double unit) => Math.Min((long)(unit * count), count - 1);

    private long Whole(IntDomain whole, double unit) => whole.Log
        ? Math.Clamp((long)Between(unit), whole.Low, whole.High)
        : UnitMapping.At(whole, Index(UnitMapping.Count(whole), unit));

    private double Real(FloatDomain real, double unit) => real switch
    {
        { Step: not null } => UnitMapping.At(real, Index(UnitMapping.Count(real), unit)),
        { Log: true } => Math.Clamp(Between(unit), real.Low, real.High),
        _ => Math.Clamp(real.Low + unit * (real.High - real.Low), real.Low, real.High),
    };

    private double Between(double unit) => PortableMath.Exp(start + unit * width);
}
