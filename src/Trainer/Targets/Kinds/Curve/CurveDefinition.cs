namespace ApproxCluster.Trainer;

/// <summary>
/// Curves y = f(x). Training and validation draw x uniformly and add noise to y; the test split is a grid over the whole interval, ends
/// included, without noise. The interval is [-1, 1], or [-pi, pi] for <c>sine</c> and <c>two_waves</c>.
/// </summary>
internal sealed class CurveDefinition : TargetDefinition
{
    /// <summary>Declares the kind.</summary>
    public CurveDefinition()
        : base(
            "curve",
            "A curve y = f(x) seen through noisy samples; [-1, 1], or [-pi, pi] for sine and two_waves.",
            Option.Choice(
                "formula",
                "two_waves",
                $"The function: {string.Join("; ", CurveFormula.All.Select(formula => $"{formula.Name} {formula.Text}"))}.",
                [.. CurveFormula.All.Select(formula => formula.Name)]),
            Option.Integer("samples", 256, "Training samples, x uniform.", 2, 1_000_000),
            Option.Number("noise", 0, "Standard deviation of normal noise on training and validation values.", 0, 10),
            Option.Integer("validation", 256, "Validation samples, x uniform.", 1, 1_000_000),
            Option.Integer("test", 1000, "Test samples, a grid without noise.", 2, 1_000_000))
    {
    }

    /// <inheritdoc />
    public override ITarget Open(TargetOptions options, ulong seed, string dataFolder)
    {
        var formula = CurveFormula.All.First(formula => formula.Name == options.Text("formula"));
        var noise = options.Number("noise");
        var shape = new TargetShape(
            1, 1, TaskKind.Regression, MetricKind.Rmse, options.Integer("samples"), options.Integer("validation"), options.Integer("test"));
        return new DrawnTarget(shape, ScalerKind.Symmetric, seed, (split, count, draws) =>
            split == TargetSplit.Test ? Grid(formula, count) : Draw(formula, count, noise, draws));
    }

    private static Samples Draw(CurveFormula formula, int count, double noise, Draws draws)
    {
        var (x, y) = (new float[count], new float[count]);
        for (var i = 0; i < count; i++)
        {
            x[i] = (float)draws.Uniform(formula.Low, formula.High);
            y[i] = (float)(formula.At(x[i]) + (noise > 0 ? noise * draws.Normal() : 0));
        }

        return new Samples(1, x, 1, y);
    }

    private static Samples Grid(CurveFormula formula, int count)
    {
        var (x, y) = (new float[count], new float[count]);
        for (var i = 0; i < count; i++)
        {
            x[i] = (float)(formula.Low + (formula.High - formula.Low) * i / (count - 1));
            y[i] = (float)formula.At(x[i]);
        }

        return new Samples(1, x, 1, y);
    }
}
