namespace ApproxCluster.Bench.Search;

/// <summary>The classical test functions, of z = x - shift, with the sums in order of the index.</summary>
internal static class Classical
{
    private static readonly double[][] HartmannA = [[10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14], [3, 3.5, 1.7, 10, 17, 8], [17, 8, 0.05, 10, 0.1, 14]];

    private static readonly double[][] HartmannP =
    [
        [1312, 1696, 5569, 124, 8283, 5886], [2329, 4135, 8307, 3736, 1004, 9991], [2348, 1451, 3522, 2883, 3047, 6650], [4047, 8828, 8732, 5743, 1091, 381],
    ];

    private static readonly double[] HartmannC = [1.0, 1.2, 3.0, 3.2];

    /// <summary>Shift of ackley where none is given: off the middle of the box.</summary>
    public static IReadOnlyList<double> AckleyShift { get; } = [11.3, -7.9, 19.7, -15.1, 4.6];

    /// <summary>Shift of levy where none is given.</summary>
    public static IReadOnlyList<double> LevyShift { get; } = [-5.7, 3.1, 4.9, -2.3, 1.7, -6.4, 0.8, 5.5, -3.6, 2.6];

    /// <summary>Two dimensions.</summary>
    public static double Branin(double[] z)
    {
        const double B = 5.1 / (4 * (Math.PI * Math.PI)), C = 5 / Math.PI, T = 1 / (8 * Math.PI);
        var square = z[1] - (B * z[0] * z[0]) + (C * z[0]) - 6;
        return (square * square) + (10 * (1 - T) * Math.Cos(z[0])) + 10;
    }

    /// <summary>Six dimensions.</summary>
    public static double Hartmann6(double[] z)
    {
        var sum = 0.0;
        for (var i = 0; i < HartmannC.Length; i++)
        {
            var exponent = 0.0;
            for (var j = 0; j < HartmannA[i].Length; j++)
            {
                var distance = z[j] - (HartmannP[i][j] * 1e-4);
                exponent += HartmannA[i][j] * (distance * distance);
            }

            sum -= HartmannC[i] * Math.Exp(-exponent);
        }

        return sum;
    }

    /// <summary>Any number of dimensions.</summary>
    public static double Ackley(double[] z)
    {
        var squares = z.Sum(value => value * value) / z.Length;
        var waves = z.Sum(value => Math.Cos(2 * Math.PI * value)) / z.Length;
        return (-20 * Math.Exp(-0.2 * Math.Sqrt(squares))) - Math.Exp(waves) + 20 + Math.E;
    }

    /// <summary>Two dimensions or more.</summary>
    public static double Rosenbrock(double[] z)
    {
        var sum = 0.0;
        for (var i = 0; i + 1 < z.Length; i++)
        {
            var valley = z[i + 1] - (z[i] * z[i]);
            sum += (100 * (valley * valley)) + ((1 - z[i]) * (1 - z[i]));
        }

        return sum;
    }

    /// <summary>Any number of dimensions.</summary>
    public static double Levy(double[] z)
    {
        var w = z.Select(value => 1 + ((value - 1) / 4)).ToArray();
        var sum = Square(Math.Sin(Math.PI * w[0]));
        for (var i = 0; i + 1 < w.Length; i++)
        {
            sum += Square(w[i] - 1) * (1 + (10 * Square(Math.Sin((Math.PI * w[i]) + 1))));
        }

        return sum + (Square(w[^1] - 1) * (1 + Square(Math.Sin(2 * Math.PI * w[^1]))));
    }

    private static double Square(double value) => value * value;
}
