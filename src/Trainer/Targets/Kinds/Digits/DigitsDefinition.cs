namespace ApproxCluster.Trainer;

/// <summary>
/// Handwriting without a download: digits drawn by strokes with affine jitter. Every split has digits of its own, the ten classes in
/// turn. Values are ink, 0..1, row by row.
/// </summary>
internal sealed class DigitsDefinition : TargetDefinition
{
    /// <summary>Declares the kind.</summary>
    public DigitsDefinition()
        : base(
            "digits",
            "Drawn digits 0-9 with random slant, size, pen and noise: needs no download.",
            Option.Choice("size", "16", "Pixels along an edge.", "16", "28"),
            Option.Integer("samples", 4_000, "Training samples.", 10, 1_000_000),
            Option.Integer("validation", 1_000, "Validation samples.", 1, 1_000_000),
            Option.Integer("test", 2_000, "Test samples.", 1, 1_000_000),
            Option.Number("jitter", 1, "Scale of slant, size, position, pen and wobble; 0 draws alike.", 0, 2),
            Option.Number("noise", 0.1, "Standard deviation of normal noise on every pixel.", 0, 1))
    {
    }

    /// <inheritdoc />
    public override IEnumerable<TargetFault> CheckTogether(TargetOptions options)
    {
        string[] names = ["samples", "validation", "test"];
        foreach (var name in names.Where(name => options.Sound(name, "size")))
        {
            var edge = Edge(options);
            if ((long)options.Integer(name) * edge * edge > MaximumValues)
            {
                yield return new(name, $"{name} is {options.Integer(name)}, but must be at most {MaximumValues / (edge * edge)} at size {edge} "
                    + $"({MaximumValues} pixels). Ask for fewer.");
            }
        }
    }

    /// <inheritdoc />
    public override ITarget Open(TargetOptions options, ulong seed, string dataFolder)
    {
        var size = Edge(options);
        var (jitter, noise) = (options.Number("jitter"), options.Number("noise"));
        var shape = new TargetShape(
            size * size,
            10,
            TaskKind.Classification,
            MetricKind.Accuracy,
            options.Integer("samples"),
            options.Integer("validation"),
            options.Integer("test"));
        return new DrawnTarget(shape, ScalerKind.None, seed, (_, count, draws) => Draw(new DigitPen(size, jitter, noise), size * size, count, draws));
    }

    private static int Edge(TargetOptions options) => options.Text("size") == "16" ? 16 : 28;

    private static Samples Draw(DigitPen pen, int pixels, int count, Draws draws)
    {
        var x = new float[count * pixels];
        var labels = new int[count];
        for (var i = 0; i < count; i++)
        {
            labels[i] = i % 10;
            pen.Draw(labels[i], draws, x.AsSpan(i * pixels, pixels));
        }

        return new Samples(pixels, x, labels);
    }
}
