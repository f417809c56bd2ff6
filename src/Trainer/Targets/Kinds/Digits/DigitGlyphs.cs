namespace ApproxCluster.Trainer;

/// <summary>
/// The strokes of the digits in a box of height 1 around the origin, x to the right, y downwards; each digit in one or more ways of
/// writing it. A stroke is a polyline; arcs are cut into short straight pieces.
/// </summary>
internal static class DigitGlyphs
{
    /// <summary>Ways of writing each digit 0..9: [digit][way][stroke] as points.</summary>
    public static IReadOnlyList<IReadOnlyList<IReadOnlyList<(double X, double Y)[]>>> All { get; } =
    [
        [
            [Arc(0, 0, 0.29, 0.5, -90, 270, 16)],
            [Arc(0, 0, 0.38, 0.48, -60, 300, 16)],
        ],
        [
            [[(0.02, -0.5), (0.0, 0.5)]],
            [[(-0.2, -0.28), (0.05, -0.5), (0.05, 0.5)]],
            [[(-0.2, -0.3), (0.04, -0.5), (0.04, 0.5)], [(-0.2, 0.5), (0.26, 0.5)]],
        ],
        [
            [[.. Arc(0, -0.23, 0.29, 0.27, -165, 30, 9), (-0.32, 0.48), (0.34, 0.46)]],
            [[.. Arc(-0.01, -0.25, 0.27, 0.25, -150, 45, 9), .. Arc(-0.18, 0.4, 0.12, 0.1, 60, -180, 7), (0.0, 0.38), (0.36, 0.5)]],
        ],
        [
            [[.. Arc(-0.02, -0.26, 0.26, 0.24, -150, 80, 9), .. Arc(-0.02, 0.22, 0.3, 0.28, -80, 150, 10)]],
            [[(-0.28, -0.48), (0.26, -0.48), (-0.02, -0.1), .. Arc(-0.02, 0.2, 0.29, 0.3, -80, 150, 9)]],
        ],
        [
            [[(0.12, -0.5), (-0.34, 0.16), (0.34, 0.16)], [(0.14, -0.2), (0.14, 0.5)]],
            [[(-0.28, -0.48), (-0.3, 0.04), (0.26, 0.02)], [(0.26, -0.5), (0.2, 0.5)]],
        ],
        [
            [[(0.28, -0.48), (-0.22, -0.48), (-0.25, -0.06), .. Arc(-0.02, 0.17, 0.3, 0.31, -115, 140, 11)]],
            [[(-0.18, -0.46), (-0.22, -0.05), .. Arc(-0.04, 0.19, 0.28, 0.29, -100, 145, 10)], [(-0.18, -0.46), (0.3, -0.5)]],
        ],
        [
            [[(0.16, -0.5), (-0.1, -0.22), .. Arc(0, 0.2, 0.27, 0.28, -165, 195, 14)]],
            [[.. Arc(0.12, 0.08, 0.42, 0.58, -80, -180, 7), .. Arc(0, 0.24, 0.27, 0.25, 180, -180, 14)]],
        ],
        [
            [[(-0.32, -0.48), (0.3, -0.48), (-0.06, 0.5)]],
            [[(-0.3, -0.46), (0.3, -0.48), (0.02, 0.02), (-0.04, 0.5)], [(-0.16, 0.02), (0.24, -0.02)]],
        ],
        [
            [Arc(0, -0.26, 0.23, 0.23, 90, 450, 14), Arc(0, 0.23, 0.28, 0.26, -90, 270, 14)],
            [[(0.22, -0.42), .. Arc(-0.02, -0.26, 0.22, 0.22, -60, -230, 9), (0.18, 0.08), .. Arc(-0.02, 0.26, 0.24, 0.24, -30, 220, 10), (0.22, -0.42)]],
        ],
        [
            [Arc(0, -0.22, 0.26, 0.27, 0, 360, 14), [(0.26, -0.24), (0.24, 0.1), (0.08, 0.5)]],
            [[.. Arc(-0.02, -0.24, 0.26, 0.25, -20, -360, 14), (0.24, 0.5)]],
        ],
    ];

    /// <summary>An arc of an ellipse from one angle to another in degrees (0 to the right, 90 downwards).</summary>
    private static (double X, double Y)[] Arc(double x, double y, double radiusX, double radiusY, double from, double to, int pieces)
    {
        var points = new (double X, double Y)[pieces + 1];
        for (var i = 0; i <= pieces; i++)
        {
            var angle = (from + (to - from) * i / pieces) * Math.PI / 180;
            points[i] = (x + radiusX * PortableMath.Cos(angle), y + radiusY * PortableMath.Sin(angle));
        }

        return points;
    }
}
