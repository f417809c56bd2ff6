namespace ApproxCluster.Trainer;

/// <summary>A two-coloured figure in the plane, within about [-1, 1] x [-1, 1].</summary>
/// <param name="Name">Its name in sweep files.</param>
/// <param name="Place">Draws a point of colour 0 or 1, without noise.</param>
internal sealed record PointShape(string Name, Func<int, Draws, (double X, double Y)> Place)
{
    /// <summary>The figures, sorted by name.</summary>
    public static IReadOnlyList<PointShape> All { get; } =
    [
        new("blobs", Blobs),
        new("circles", Circles),
        new("line", Line),
        new("moons", Moons),
        new("spirals", Spirals),
    ];

    /// <summary>Two normal clouds of standard deviation 0.2 around (-0.5, -0.5) and (0.5, 0.5).</summary>
    private static (double X, double Y) Blobs(int colour, Draws draws)
    {
        var centre = colour == 0 ? -0.5 : 0.5;
        return (centre + 0.2 * draws.Normal(), centre + 0.2 * draws.Normal());
    }

    /// <summary>Rings of radius 1 and 0.5.</summary>
    private static (double X, double Y) Circles(int colour, Draws draws)
    {
        var radius = colour == 0 ? 1 : 0.5;
        var angle = draws.Uniform(-Math.PI, Math.PI);
        return (radius * PortableMath.Cos(angle), radius * PortableMath.Sin(angle));
    }

    /// <summary>The square cut by the line y = x/2; points within 0.05 of it (in y) are left out, so a line separates the colours.</summary>
    private static (double X, double Y) Line(int colour, Draws draws)
    {
        while (true)
        {
            var (x, y) = (draws.Uniform(-1, 1), draws.Uniform(-1, 1));
            var above = y - 0.5 * x;
            if (Math.Abs(above) >= 0.05 && above > 0 == (colour == 1))
            {
                return (x, y);
            }
        }
    }

    /// <summary>Two half circles of radius 0.65 that reach into each other.</summary>
    private static (double X, double Y) Moons(int colour, Draws draws)
    {
        var angle = draws.Uniform(0, Math.PI);
        var (x, y) = (0.65 * PortableMath.Cos(angle), 0.65 * PortableMath.Sin(angle));
        return colour == 0 ? (x - 0.325, y - 0.1625) : (0.325 - x, 0.1625 - y);
    }

    /// <summary>Two arms of 1.5 turns, half a turn apart, radius 0.1 to 1 growing with the angle, points spread evenly along the angle.</summary>
    private static (double X, double Y) Spirals(int colour, Draws draws)
    {
        var along = draws.Uniform();
        var radius = 0.1 + 0.9 * along;
        var angle = Math.PI * (3 * along + colour);
        return (radius * PortableMath.Cos(angle), radius * PortableMath.Sin(angle));
    }
}
