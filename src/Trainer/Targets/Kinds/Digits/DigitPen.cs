namespace ApproxCluster.Trainer;

/// <summary>Draws one digit after the other on a square canvas: a way of writing, a wobble of each point, an affine map, a pen width.</summary>
/// <param name="size">Pixels along an edge.</param>
/// <param name="jitter">Scale of all variation but noise; 1 is the standard amount.</param>
/// <param name="noise">Standard deviation of normal noise on every pixel.</param>
internal sealed class DigitPen(int size, double jitter, double noise)
{
    /// <summary>Share of the canvas that the height of an average digit takes.</summary>
    private const double Height = 0.68;

    private readonly List<(double X, double Y)> points = [];

    /// <summary>Draws a digit into [size x size] pixels, 0 = paper, 1 = ink, row by row.</summary>
    public void Draw(int digit, Draws draws, Span<float> pixels)
    {
        pixels.Clear();
        var ways = DigitGlyphs.All[digit];
        var strokes = ways[draws.Below(ways.Count)];
        var map = Affine(draws);
        var halfWidth = 0.5 * size * Math.Max(0.03, 0.085 + 0.055 * jitter * draws.Uniform(-1, 1));
        foreach (var stroke in strokes)
        {
            points.Clear();
            foreach (var (x, y) in stroke)
            {
                points.Add(map(x + 0.022 * jitter * draws.Normal(), y + 0.022 * jitter * draws.Normal()));
            }

            for (var i = 1; i < points.Count; i++)
            {
                Ink(points[i - 1], points[i], halfWidth, pixels);
            }
        }

        for (var i = 0; noise > 0 && i < pixels.Length; i++)
        {
            pixels[i] = (float)Math.Clamp(pixels[i] + noise * draws.Normal(), 0, 1);
        }
    }

    /// <summary>Rotation (standard deviation 9 degrees), shear (0.18), scales (0.75..1.1 of each axis), shift (to 9 % of the canvas).</summary>
    private Func<double, double, (double X, double Y)> Affine(Draws draws)
    {
        var angle = Math.Clamp(9 * draws.Normal(), -27, 27) * jitter * Math.PI / 180;
        var shear = 0.18 * jitter * Math.Clamp(draws.Normal(), -3, 3);
        var scaleX = Height * size * (0.925 + 0.175 * jitter * draws.Uniform(-1, 1));
        var scaleY = Height * size * (0.925 + 0.175 * jitter * draws.Uniform(-1, 1));
        var (cos, sin) = (PortableMath.Cos(angle), PortableMath.Sin(angle));
        var (centreX, centreY) = (size * (0.5 + 0.09 * jitter * draws.Uniform(-1, 1)), size * (0.5 + 0.09 * jitter * draws.Uniform(-1, 1)));
        return (x, y) =>
        {
            var (sheared, tall) = (scaleX * (x - shear * y), scaleY * y);
            return (centreX + cos * sheared - sin * tall, centreY + sin * sheared + cos * tall);
        };
    }

    /// <summary>A line with round ends. A pixel's ink is how far its centre lies inside the edge, from 0 at half a pixel outside to 1 at half inside.</summary>
    private void Ink((double X, double Y) from, (double X, double Y) to, double halfWidth, Span<float> pixels)
    {
        var reach = halfWidth + 0.5;
        var (alongX, alongY) = (to.X - from.X, to.Y - from.Y);
        var squared = alongX * alongX + alongY * alongY;
        var (left, right) = (First(Math.Min(from.X, to.X) - reach), Last(Math.Max(from.X, to.X) + reach));
        var (top, bottom) = (First(Math.Min(from.Y, to.Y) - reach), Last(Math.Max(from.Y, to.Y) + reach));
        for (var row = top; row <= bottom; row++)
        {
            for (var column = left; column <= right; column++)
            {
                var (x, y) = (column + 0.5 - from.X, row + 0.5 - from.Y);
                var share = squared > 0 ? Math.Clamp((x * alongX + y * alongY) / squared, 0, 1) : 0;
                (x, y) = (x - share * alongX, y - share * alongY);
                var ink = (float)Math.Clamp(reach - Math.Sqrt(x * x + y * y), 0, 1);
                ref var pixel = ref pixels[row * size + column];
                pixel = Math.Max(pixel, ink);
            }
        }
    }

    private static int First(double edge) => (int)Math.Max(0, Math.Floor(edge));

    private int Last(double edge) => (int)Math.Min(size - 1, Math.Floor(edge));
}
