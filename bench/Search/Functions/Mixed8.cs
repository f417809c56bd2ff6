namespace ApproxCluster.Bench.Search;

/// <summary>A made-up training with ten parameters, two of which hang on the optimizer.</summary>
internal static class Mixed8
{
    /// <summary>Its loss.</summary>
    public static double Loss(Point p)
    {
        var batch = Math.Log10(p.Number("batch") / 128);
        var (floor, star, extra) = p.Word("optimizer", "sgd", "momentum", "adam") switch
        {
            0 => (0.040, -0.8, 0.0),
            1 => (0.015, -1.4 - (p.Number("momentum") - 0.5), 0.20 * Square(p.Number("momentum") - 0.87)),
            _ => (0.0, -2.9, 0.015 * Square(Math.Log10(p.Number("omb2")) + 2.6)),
        };
        var (layers, dropout) = (p.Number("layers"), p.Number("dropout"));
        star += (0.5 * batch) - (0.12 * (layers - 3));
        var distance = Math.Log10(p.Number("lr")) - star;
        var rate = (0.30 * (1 - Math.Exp(-0.5 * Square(distance / 0.7)))) + (distance > 0.5 ? 0.10 * (distance - 0.5) : 0);
        var capacity = layers * Math.Log2(p.Number("units")) / 8;
        var size = 0.06 * Square(capacity - 3.2) / (1 + (0.2 * Square(capacity - 3.2)));
        var drop = 0.35 * Square(dropout - (0.05 + (0.12 * Math.Max(0, capacity - 2))));
        var decay = 0.012 * Square(Math.Log10(p.Number("wd")) + 4.2 + (1.5 * dropout));
        var activation = p.Word("activation", "relu", "tanh", "sigmoid") switch { 0 => 0, 1 => 0.012, _ => 0.02 * layers };
        return 0.05 + floor + extra + rate + size + drop + decay + activation + (0.03 * batch * batch);
    }

    /// <summary>The logarithm of its number of weights, over 7.</summary>
    public static double Weights(Point p)
    {
        var (units, layers) = (p.Number("units"), p.Number("layers"));
        return Math.Log10((units * 64) + ((layers - 1) * (units * units)) + (units * 10)) / 7;
    }

    private static double Square(double value) => value * value;
}
