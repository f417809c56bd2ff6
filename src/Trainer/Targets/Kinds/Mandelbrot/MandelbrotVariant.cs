namespace ApproxCluster.Trainer;

/// <summary>
/// One way to turn the iteration z &lt;- z^2 + c from z = 0, in double precision, into a value; k counts from 0, n = k + 1 updates.
/// Points of the main cardioid and the period-2 disc never escape and are not iterated.
/// </summary>
/// <param name="Name">Its name in sweep files.</param>
/// <param name="Iterations">K, the most updates unless the user says otherwise.</param>
/// <param name="At">The value in [0, 1] at c = (re, im) with at most K updates.</param>
internal sealed record MandelbrotVariant(string Name, int Iterations, Func<double, double, int, double> At)
{
    /// <summary>The variants, sorted by name.</summary>
    public static IReadOnlyList<MandelbrotVariant> All { get; } =
    [
        new("bands", 50, Bands),
        new("log_smooth", 500, (re, im, limit) =>
            Smooth(re, im, limit) is { } mu ? PortableMath.Log(1 + mu) / PortableMath.Log(1 + limit) : 1),
        new("member", 500, (re, im, limit) => Escape(re, im, limit, 4).Updates > 0 ? 0 : 1),
        new("periodic", 200, Periodic),
        new("smooth", 500, (re, im, limit) => Smooth(re, im, limit) is { } mu ? mu / (mu + 50) : 1),
    ];

    /// <summary>k/(k + 50) at the first k with |z| > 2, else 1: a staircase.</summary>
    private static double Bands(double re, double im, int limit)
    {
        var updates = Escape(re, im, limit, 4).Updates;
        return updates > 0 ? (updates - 1) / (updates + 49.0) : 1;
    }

    /// <summary>mu = max(0, n - log2(ln|z| / ln R)) with R = 256, or null when it never escapes: a count without steps.</summary>
    private static double? Smooth(double re, double im, int limit)
    {
        var (updates, squared) = Escape(re, im, limit, 256.0 * 256.0);
        if (updates == 0)
        {
            return null;
        }

        // ln|z| / ln 256 = ln|z|^2 / ln 256^2.
        var ratio = PortableMath.Log(squared) / PortableMath.Log(256.0 * 256.0);
        return Math.Max(0, updates - PortableMath.Log(ratio) / PortableMath.Log(2));
    }

    /// <summary>With z' &lt;- 2 z z' + 1 and d = |z| ln|z| / |z'| at |z| > 1e4: 0.5 + 0.5 sin(2 pi 0.05 ln d), else 1.</summary>
    private static double Periodic(double re, double im, int limit)
    {
        if (NeverEscapes(re, im))
        {
            return 1;
        }

        double x = 0, y = 0, dx = 0, dy = 0;
        for (var k = 0; k < limit; k++)
        {
            (dx, dy) = (2 * (x * dx - y * dy) + 1, 2 * (x * dy + y * dx));
            (x, y) = (x * x - y * y + re, 2 * x * y + im);
            var squared = x * x + y * y;
            if (squared > 1e8)
            {
                var distance = Math.Sqrt(squared) * 0.5 * PortableMath.Log(squared) / Math.Sqrt(dx * dx + dy * dy);
                return 0.5 + 0.5 * PortableMath.Sin(0.1 * Math.PI * PortableMath.Log(distance));
            }
        }

        return 1;
    }

    /// <summary>Updates until |z|^2 exceeds a bound, with that |z|^2; 0 updates when it never does.</summary>
    private static (int Updates, double Squared) Escape(double re, double im, int limit, double bound)
    {
        if (NeverEscapes(re, im))
        {
            return default;
        }

        double x = 0, y = 0;
        for (var n = 1; n <= limit; n++)
        {
            (x, y) = (x * x - y * y + re, 2 * x * y + im);
            var squared = x * x + y * y;
            if (squared > bound)
            {
                return (n, squared);
            }
        }

        return default;
    }

    private static bool NeverEscapes(double re, double im)
    {
        var shifted = re - 0.25;
        var q = shifted * shifted + im * im;
        return q * (q + shifted) <= 0.25 * im * im || (re + 1) * (re + 1) + im * im <= 0.0625;
    }
}
