namespace ApproxCluster.Bench.Trainer;

/// <summary>What the networks of the workloads learn; the formulas of the peers' <c>workloads.py</c>.</summary>
internal static class Truths
{
    /// <summary>Class of a row of 784: the largest of ten fixed random projections.</summary>
    public static int[] Classes(float[] x)
    {
        var directions = SplitMix.Symmetric(99, 7840);
        var labels = new int[x.Length / 784];
        for (var row = 0; row < labels.Length; row++)
        {
            var scores = new double[10];
            for (var i = 0; i < 784; i++)
            {
                for (var c = 0; c < 10; c++)
                {
                    scores[c] += (x[row * 784 + i] - 0.5) * directions[i * 10 + c];
                }
            }

            labels[row] = Array.IndexOf(scores, scores.Max());
        }

        return labels;
    }

    /// <summary>A grey value for each point (x, y).</summary>
    public static float[] Image(float[] points) => Map(points, 2, (x, y) => 0.5 * Math.Sin(6 * x + 3 * y) * Math.Cos(5 * y) + 0.3 * Math.Sin(20 * x * y));

    /// <summary>Escape time of the Mandelbrot iteration, 60 at most, as 2 sqrt(n/60) - 1.</summary>
    public static float[] Mandelbrot(float[] points) => Map(points, 2, (x, y) =>
    {
        var (real, imaginary, steps) = (0.0, 0.0, 0);
        while (steps < 60 && real * real + imaginary * imaginary <= 4)
        {
            (real, imaginary) = (real * real - imaginary * imaginary + x * 1.5 - 0.5, 2 * real * imaginary + y * 1.25);
            steps++;
        }

        return 2 * Math.Sqrt(steps / 60.0) - 1;
    });

    /// <summary>A curve.</summary>
    public static float[] Curve(float[] points) => Map(points, 1, (x, _) => 0.8 * Math.Sin(3 * Math.PI * x));

    private static float[] Map(float[] points, int inputs, Func<double, double, double> value)
    {
        var result = new float[points.Length / inputs];
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = (float)value(points[i * inputs], points[i * inputs + inputs - 1]);
        }

        return result;
    }
}
