namespace ApproxCluster.Bench.Search;

/// <summary>Recorded curves of 1,000 trainings under Adam (Metz et al., TaskSet); a configuration takes that of the nearest one.</summary>
internal sealed class Taskset : ICurveObjective
{
    private static readonly (string Name, double Low, double High)[] Axes =
    [
        ("learning_rate", 1e-8, 1e1), ("omb1", 1e-4, 1), ("omb2", 1e-6, 1), ("epsilon", 1e-10, 1e3), ("l1", 1e-8, 1e1), ("l2", 1e-8, 1e1),
        ("linear_decay", 1e-7, 1e-4), ("exponential_decay", 1e-6, 1e-3),
    ];

    private readonly double[] units;
    private readonly double[] curves;
    private readonly int epochs;
    private readonly int length;

    /// <summary>Takes the tables.</summary>
    /// <param name="name">Name of the function.</param>
    /// <param name="units">The recorded configurations in the unit cube, row after row.</param>
    /// <param name="curves">Their curves, row after row.</param>
    /// <param name="epochs">Epochs that are shown of a curve.</param>
    public Taskset(string name, double[] units, double[] curves, int epochs)
    {
        (this.units, this.curves, this.epochs) = (units, curves, epochs);
        length = curves.Length / (units.Length / Axes.Length);
        if (epochs > length)
        {
            throw new BenchException(FormattableString.Invariant($"max_epochs of {name} is {epochs}, but must be at most {length}, which its table has."));
        }
    }

    /// <inheritdoc />
    public (double[] Observed, double[] True) Curve(Point point, ulong seed, ulong trial)
    {
        var curve = curves.AsSpan(Nearest(point) * length, epochs).ToArray();
        return (curve, curve);
    }

    private int Nearest(Point point)
    {
        var at = Axes.Select(axis => (Math.Log10(point.Number(axis.Name)) - Math.Log10(axis.Low)) / (Math.Log10(axis.High) - Math.Log10(axis.Low))).ToArray();
        var (nearest, least) = (0, double.PositiveInfinity);
        for (var row = 0; row < units.Length / at.Length; row++)
        {
            var distance = 0.0;
            for (var i = 0; i < at.Length; i++)
            {
                var difference = units[(row * at.Length) + i] - at[i];
                distance += difference * difference;
            }

            (nearest, least) = distance < least ? (row, distance) : (nearest, least);
        }

        return nearest;
    }
}
