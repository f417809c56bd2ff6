using ApproxCluster.Trainer;

namespace ApproxCluster.Bench.Trainer;

/// <summary>
/// A trial as a sweep runs it (shuffling, encoding, figures of both splits after each epoch) on the data, sizes and batches of the peers' <c>workloads.py</c>. A
/// tenth as many samples validate. Where the peers end in tanh (b, c: one number a sample) the trainer's output is linear.
/// </summary>
/// <param name="Name">Short name, the peers' own.</param>
/// <param name="Summary">What it resembles.</param>
/// <param name="Inputs">Raw inputs.</param>
/// <param name="Outputs">Outputs.</param>
/// <param name="Encoding">The encoding.</param>
/// <param name="Widths">Hidden widths.</param>
/// <param name="Activation">Hidden activation.</param>
/// <param name="BatchSize">Samples per step.</param>
/// <param name="Samples">Training samples.</param>
/// <param name="Seed">The generator's seed for the inputs.</param>
internal sealed record Workload(
    string Name,
    string Summary,
    int Inputs,
    int Outputs,
    EncodingConfiguration Encoding,
    int[] Widths,
    ActivationKind Activation,
    int BatchSize,
    int Samples,
    ulong Seed)
{
    private static readonly EncodingConfiguration Plain = new(EncodingKind.Identity, Scaler: ScalerKind.None);

    /// <summary>The workloads of one trial; f is eight of b at once.</summary>
    public static IReadOnlyList<Workload> All { get; } =
    [
        new("a32", "MNIST-shaped classifier, batch 32", 784, 10, Plain, [512, 512], ActivationKind.Relu, 32, 12_800, 1),
        new("a128", "the same, batch 128", 784, 10, Plain, [512, 512], ActivationKind.Relu, 128, 12_800, 1),
        new("b", "image, Fourier order 16, batch 256", 2, 1, Waves(16), [128, 128, 128], ActivationKind.LeakyRelu, 256, 65_536, 2),
        new("c", "Mandelbrot, Fourier order 256, batch 1024", 2, 1, Waves(256), [256, 256, 256, 256], ActivationKind.LeakyRelu, 1024, 16_384, 3),
        new("d", "curve, 32 wide, batch 64", 1, 1, Plain, [32, 32], ActivationKind.Tanh, 64, 4_096, 4),
        new("e", "MNIST-shaped, Fourier order 8, batch 128", 784, 10, Waves(8), [128], ActivationKind.Relu, 128, 2_560, 5),
    ];

    /// <summary>Whether it classifies.</summary>
    public bool IsClassifier => Outputs > 1;

    /// <summary>The configuration, with Adam.</summary>
    public TrialConfiguration Configuration => new()
    {
        Encoding = Encoding,
        HiddenWidths = Widths,
        Activation = new ActivationConfiguration(Activation),
        Loss = IsClassifier ? LossKind.SoftmaxCrossEntropy : LossKind.MeanSquaredError,
        Optimizer = OptimizerConfiguration.Default(OptimizerKind.Adam, 1e-3),
        BatchSize = BatchSize,
        Epochs = 100_000,
    };

    /// <summary>Draws the splits.</summary>
    public TargetData Draw() =>
        new(Shape(Samples, Samples / 10), ScalerKind.None, Draw(Samples, Seed), Draw(Samples / 10, Seed + 1000));

    /// <summary>
    /// Floating-point operations of an epoch: 2 a weight and sample forward, 2 for the weight's gradient, 2 for the input's gradient (not in the first layer), and
    /// the forward passes of the report.
    /// </summary>
    public double EpochFlops()
    {
        var layers = TrialCost.Layers(Configuration, Shape(1, 1)).ToArray();
        double weights = layers.Sum(layer => layer.Inputs * layer.Outputs);
        var later = weights - layers[0].Inputs * layers[0].Outputs;
        return Samples * (4 * weights + 2 * later) + 2.0 * (Samples / 10) * 2 * weights;
    }

    private static EncodingConfiguration Waves(int order) => new(EncodingKind.Fourier1d, order);

    private TargetShape Shape(int training, int validation) => new(
        Inputs, Outputs, IsClassifier ? TaskKind.Classification : TaskKind.Regression, IsClassifier ? MetricKind.Accuracy : MetricKind.Rmse, training, validation, 0);

    private Samples Draw(int count, ulong seed)
    {
        var x = Name[0] is 'a' or 'e' ? SplitMix.Unit(seed, count * Inputs) : SplitMix.Symmetric(seed, count * Inputs);
        return IsClassifier
            ? new Samples(Inputs, x, Truths.Classes(x))
            : new Samples(Inputs, x, 1, Name switch { "b" => Truths.Image(x), "c" => Truths.Mandelbrot(x), _ => Truths.Curve(x) });
    }
}
