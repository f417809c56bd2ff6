namespace ApproxCluster.Trainer;

/// <summary>Points of two colours in the plane. Colours alternate, so both are equally many; all splits are drawn alike, noise included.</summary>
internal sealed class PointsDefinition : TargetDefinition
{
    /// <summary>Declares the kind.</summary>
    public PointsDefinition()
        : base(
            "points",
            "Points of two colours in the plane, to be told apart.",
            Option.Choice(
                "shape",
                "moons",
                "The figure: blobs, two clouds; circles, one within the other; line, a square cut in two; moons, two half circles; spirals, two arms of 1.5 turns.",
                [.. PointShape.All.Select(shape => shape.Name)]),
            Option.Integer("samples", 400, "Training samples.", 2, 1_000_000),
            Option.Number("noise", 0.1, "Standard deviation of normal noise on both coordinates.", 0, 10),
            Option.Integer("validation", 400, "Validation samples.", 1, 1_000_000),
            Option.Integer("test", 2000, "Test samples.", 1, 1_000_000))
    {
    }

    /// <inheritdoc />
    public override ITarget Open(TargetOptions options, ulong seed, string dataFolder)
    {
        var figure = PointShape.All.First(shape => shape.Name == options.Text("shape"));
        var noise = options.Number("noise");
        var shape = new TargetShape(
            2,
            1,
            TaskKind.BinaryClassification,
            MetricKind.Accuracy,
            options.Integer("samples"),
            options.Integer("validation"),
            options.Integer("test"));
        return new DrawnTarget(shape, ScalerKind.ZScore, seed, (_, count, draws) => Draw(figure, count, noise, draws));
    }

    private static Samples Draw(PointShape figure, int count, double noise, Draws draws)
    {
        var x = new float[2 * count];
        var labels = new int[count];
        for (var i = 0; i < count; i++)
        {
            labels[i] = i & 1;
            var (across, up) = figure.Place(labels[i], draws);
            x[2 * i] = (float)(across + (noise > 0 ? noise * draws.Normal() : 0));
            x[2 * i + 1] = (float)(up + (noise > 0 ? noise * draws.Normal() : 0));
        }

        return new Samples(2, x, labels);
    }
}
