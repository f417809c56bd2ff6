namespace ApproxCluster.Trainer;

/// <summary>A function of one variable on its natural interval; values lie within about [-1.5, 3].</summary>
/// <param name="Name">Its name in sweep files.</param>
/// <param name="Low">Left end of the interval.</param>
/// <param name="High">Right end of the interval.</param>
/// <param name="At">The value at a place.</param>
internal sealed record CurveFormula(string Name, double Low, double High, Func<double, double> At)
{
    /// <summary>The formulas, sorted by name.</summary>
    public static IReadOnlyList<CurveFormula> All { get; } =
    [
        new("absolute", -1, 1, Math.Abs),

        // Frequency rises from 0 to 6 periods a unit: 6 periods in all.
        new("chirp", -1, 1, x => PortableMath.Sin(3 * Math.PI * (x + 1) * (x + 1))),
        new("line", -1, 1, x => 2 * x + 1),

        // Runge's function, on which interpolation at equal distances fails.
        new("runge", -1, 1, x => 1 / (1 + 25 * x * x)),
        new("sine", -Math.PI, Math.PI, PortableMath.Sin),
        new("smooth", -1, 1, x => PortableMath.Exp(-x * x) * PortableMath.Cos(4 * x)),

        // Two periods of +1 and -1, with jumps at -0.5, 0 and 0.5.
        new("square_wave", -1, 1, x => x - Math.Floor(x) < 0.5 ? 1 : -1),
        new("step", -1, 1, x => x < 0 ? 0 : 1),
        new("two_waves", -Math.PI, Math.PI, x => PortableMath.Sin(2 * x) + 0.5 * PortableMath.Sin(5 * x + 1)),
    ];
}
