namespace ApproxCluster.Trainer;

/// <summary>
/// The Mandelbrot set over a window of the plane, at uniformly random points; every split has points of its own. A point is rounded to
/// single precision first and its value computed for the rounded point.
/// </summary>
internal sealed class MandelbrotDefinition : TargetDefinition
{
    /// <summary>Declares the kind.</summary>
    public MandelbrotDefinition()
        : base(
            "mandelbrot",
            "The Mandelbrot set at random points of a window, as values in [0, 1] or as membership.",
            Option.Choice(
                "variant",
                "log_smooth",
                "What is learned: bands, the number of updates in steps; smooth and log_smooth, the same without steps; periodic, waves of the distance; member, inside or not.",
                [.. MandelbrotVariant.All.Select(variant => variant.Name)]),
            Option.Integer("iterations", 0, "Most updates of z; 0 means the variant's own: 50 for bands, 200 for periodic, else 500.", 0, 100_000),
            Option.Integer("samples", 16_384, "Training samples.", 2, 1 << 22),
            Option.Integer("validation", 4_096, "Validation samples.", 1, 1 << 22),
            Option.Integer("test", 16_384, "Test samples.", 1, 1 << 22),
            Option.Number("x_min", -2.65, "Left edge of the window.", -4, 4),
            Option.Number("x_max", 1.15, "Right edge of the window.", -4, 4),
            Option.Number("y_min", -1.2, "Lower edge of the window.", -4, 4),
            Option.Number("y_max", 1.2, "Upper edge of the window.", -4, 4))
    {
    }

    /// <inheritdoc />
    public override IEnumerable<TargetFault> CheckTogether(TargetOptions options) =>
        new[] { ("x_min", "x_max"), ("y_min", "y_max") }
            .Where(edges => options.Sound(edges.Item1, edges.Item2) && !(options.Number(edges.Item1) < options.Number(edges.Item2)))
            .Select(edges => new TargetFault(edges.Item2, $"{edges.Item2} is {TargetOptions.Show(options.Number(edges.Item2))}, but must be "
                + $"greater than {edges.Item1}, which is {TargetOptions.Show(options.Number(edges.Item1))}. Widen the window."));

    /// <inheritdoc />
    public override ITarget Open(TargetOptions options, ulong seed, string dataFolder)
    {
        var variant = MandelbrotVariant.All.First(variant => variant.Name == options.Text("variant"));
        var member = variant.Name == "member";
        var limit = options.Integer("iterations") == 0 ? variant.Iterations : options.Integer("iterations");
        var window = new Window(options.Number("x_min"), options.Number("x_max"), options.Number("y_min"), options.Number("y_max"));
        var shape = new TargetShape(
            2,
            1,
            member ? TaskKind.BinaryClassification : TaskKind.Regression,
            member ? MetricKind.Accuracy : MetricKind.Psnr,
            options.Integer("samples"),
            options.Integer("validation"),
            options.Integer("test"));
        return new DrawnTarget(shape, ScalerKind.Symmetric, seed, (_, count, draws) => Draw(variant, member, limit, window, count, draws));
    }

    private static Samples Draw(MandelbrotVariant variant, bool member, int limit, Window window, int count, Draws draws)
    {
        var x = new float[2 * count];
        var values = new float[count];
        for (var i = 0; i < count; i++)
        {
            x[2 * i] = (float)draws.Uniform(window.Left, window.Right);
            x[2 * i + 1] = (float)draws.Uniform(window.Bottom, window.Top);
            values[i] = (float)variant.At(x[2 * i], x[2 * i + 1], limit);
        }

        return member ? new Samples(2, x, Array.ConvertAll(values, value => (int)value)) : new Samples(2, x, 1, values);
    }

    private readonly record struct Window(double Left, double Right, double Bottom, double Top);
}
