namespace ApproxCluster.Bench.Search;

/// <summary>Made-up learning curves that cross: a high learning rate falls fast to a worse end.</summary>
/// <param name="name">Name of the function, which the noise depends on.</param>
/// <param name="epochs">Length of a curve.</param>
/// <param name="deviation">Deviation of the noise late in a curve; it begins almost three times as large.</param>
internal sealed class Lcsyn(string name, int epochs, double deviation) : ICurveObjective
{
    private readonly ulong key = CounterNoise.Name(name);

    /// <inheritdoc />
    public (double[] Observed, double[] True) Curve(Point point, ulong seed, ulong trial)
    {
        var curve = Curve(point);
        var noisy = curve.Select((value, index) => value + (Deviation(index + 1) * CounterNoise.Normal(key, seed, trial, (ulong)index + 1)));
        return ([.. noisy], curve);
    }

    private double Deviation(int epoch) => deviation * (1 + (2 * Math.Exp(-epoch / 10.0)));

    private double[] Curve(Point p)
    {
        var width = Math.Log2(p.Number("width"));
        var batch = Math.Log10(p.Number("batch") / 64);
        var sgd = p.Word("optimizer", "sgd", "adam") == 0;
        var (rate, dropout) = (p.Number("lr"), p.Number("dropout"));
        var d = Math.Log10(rate) - ((sgd ? -1.0 : -2.4) + (0.4 * batch));
        var drop = dropout - (0.05 + (0.05 * (width - 4)));
        var end = 0.06 + (sgd ? -0.01 : 0);
        end += (d > 0 ? 0.10 : 0.015) * d * d;
        end += 0.010 * Math.Pow(Math.Log10(p.Number("wd")) + 3.3 + dropout, 2);
        end += 0.25 * Math.Exp(-(width - 4) / 1.8);
        end += 0.30 * drop * drop;
        end = Math.Min(end, 0.9);
        var power = 0.7 + (0.6 / (1 + Math.Exp(-2 * d)));
        var scale = 1.5 * Math.Pow(10, -0.8 * d) * Math.Sqrt(p.Number("batch") / 64) * Math.Pow(2, 0.15 * (width - 7));
        scale = Math.Clamp(scale, 0.2, 60);
        var over = 0.0006 * Math.Max(0, width - 6) * Math.Max(0, 1 - (dropout / 0.3));
        var curve = new double[epochs];
        for (var e = 1; e <= epochs; e++)
        {
            curve[e - 1] = d > 1.3
                ? Math.Min(1.2, 0.9 + (0.02 * e))
                : end + ((1 - end) * Math.Pow(1 + (e / scale), -power)) + (over * Math.Max(0, e - 40.0));
        }

        return curve;
    }
}
