namespace ApproxCluster.Trainer;

/// <summary>A function of one variable on its natural interval; values lie within about [-1.5, 3].</summary>
/// <param name="Name">Its name in sweep files.</param>
/// <param name="Text">The formula for people.</param>
/// <param name="Low">Left end of the interval.</param>
/// <param name="High">Right end of the interval.</param>
/// <param name="At">The value at a place.</param>
internal sealed record CurveFormula(string Name, string Text, double Low, double High, Func<double, double> At)
{
    /// <summary>The formulas, sorted by name.</summary>
    public static IReadOnlyList<CurveFormula> All { get; } =
    [
        new("absolute", "|x|", -1, 1, Math.Abs),

        // Frequency rises from 0 to 6 periods a unit: 6 periods in all.
        new("chirp", "sin(3 pi (x+1)^2)", -1, 1, x => PortableMath.Sin(3 * Math.PI * (x + 1) * (x + 1))),
        new("line", "2x+1", -1, 1, x => 2 * x + 1),

        // Runge's function, on which interpolation at equal distances fails.
        new("runge", "1/(1+25x^2)", -1, 1, x => 1 / (1 + 25 * x * x)),
        new("sine", "sin x", -Math.PI, Math.PI, PortableMath.Sin),
        new("smooth", "e^(-x^2) cos 4x", -1, 1, x => PortableMath.Exp(-x * x) * PortableMath.Cos(4 * x)),

        // Two periods of +1 and -1, with jumps at -0.5, 0 and 0.5.
        new("square_wave", "1 and -1 by half units", -1, 1, x => x - Math.Floor(x) < 0.5 ? 1 : -1),
        new("step", "0, from 0 on 1", -1, 1, x => x < 0 ? 0 : 1),
        new("two_waves", "sin 2x + sin(5x+1)/2", -Math.PI, Math.PI, x => PortableMath.Sin(2 * x) + 0.5 * PortableMath.Sin(5 * x + 1)),
    ];
}
