namespace ApproxCluster.Bench.Search;

/// <summary>Two noiseless functions of a point.</summary>
internal sealed class Pair(Func<Point, (double, double)> function) : IPairObjective
{
    /// <inheritdoc />
    public (double First, double Second) Evaluate(Point point) => function(point);

    /// <summary>ZDT 1, 2 or 3 (Zitzler, Deb, Thiele 2000) on [0, 1]^d.</summary>
    public static (double First, double Second) Zdt(int variant, double[] x)
    {
        var g = 1 + (9 * x.Skip(1).Sum() / (x.Length - 1));
        var share = x[0] / g;
        return (x[0], g * (variant switch
        {
            1 => 1 - Math.Sqrt(share),
            2 => 1 - (share * share),
            _ => 1 - Math.Sqrt(share) - (share * Math.Sin(10 * Math.PI * x[0])),
        }));
    }
}
