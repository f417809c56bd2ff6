using ApproxCluster.Trainer;

namespace ApproxCluster.Bench.Trainer;

/// <summary>A trial as a sweep would run it, on drawn data: shuffling, encoding, figures of both splits after each epoch.</summary>
/// <param name="Name">Short name.</param>
/// <param name="Summary">What it resembles.</param>
/// <param name="Inputs">Raw inputs.</param>
/// <param name="Outputs">Outputs.</param>
/// <param name="Encoding">The encoding.</param>
/// <param name="Widths">Hidden widths.</param>
/// <param name="Activation">Hidden activation.</param>
/// <param name="Task">What is learned.</param>
/// <param name="BatchSize">Samples per step.</param>
/// <param name="Samples">Training samples; a tenth as many validate.</param>
internal sealed record Workload(
    string Name,
    string Summary,
    int Inputs,
    int Outputs,
    EncodingConfiguration Encoding,
    int[] Widths,
    ActivationKind Activation,
    TaskKind Task,
    int BatchSize,
    int Samples)
{
    private static readonly EncodingConfiguration Plain = new(EncodingKind.Identity);

    /// <summary>The shapes that the trainer is judged by.</summary>
    public static IReadOnlyList<Workload> All { get; } =
    [
        new("a32", "MNIST-like classifier, batch 32", 784, 10, Plain, [512, 512], ActivationKind.Relu, TaskKind.Classification, 32, 12_800),
        new("a128", "the same, batch 128", 784, 10, Plain, [512, 512], ActivationKind.Relu, TaskKind.Classification, 128, 12_800),
        new("b", "image, Fourier order 16", 2, 1, new(EncodingKind.Fourier1d, 16), [128, 128, 128], ActivationKind.LeakyRelu, TaskKind.Regression, 256, 65_536),
        new("c", "Mandelbrot, Fourier order 256", 2, 1, new(EncodingKind.Fourier1d, 256), [256, 256, 256, 256], ActivationKind.LeakyRelu, TaskKind.Regression, 1024, 16_384),
        new("d", "curve, tiny", 1, 1, Plain, [32, 32], ActivationKind.Tanh, TaskKind.Regression, 64, 4_096),
        new("e", "MNIST-like, Fourier order 8", 784, 10, new(EncodingKind.Fourier1d, 8), [128], ActivationKind.Relu, TaskKind.Classification, 128, 2_560),
        new("p", "two-colour points, tiny", 2, 1, Plain, [16, 16], ActivationKind.Tanh, TaskKind.BinaryClassification, 32, 1_024),
    ];

    /// <summary>The configuration, with Adam.</summary>
    public TrialConfiguration Configuration => new()
    {
        Encoding = Encoding,
        HiddenWidths = Widths,
        Activation = new ActivationConfiguration(Activation),
        Loss = Task switch
        {
            TaskKind.Classification => LossKind.SoftmaxCrossEntropy,
            TaskKind.BinaryClassification => LossKind.BinaryCrossEntropy,
            _ => LossKind.MeanSquaredError,
        },
        Optimizer = OptimizerConfiguration.Default(OptimizerKind.Adam, 1e-4),
        BatchSize = BatchSize,
        Epochs = 1000,
    };

    /// <summary>Draws the splits.</summary>
    public TargetData Draw()
    {
        var metric = Task == TaskKind.Regression ? MetricKind.Rmse : MetricKind.Accuracy;
        var shape = new TargetShape(Inputs, Outputs, Task, metric, Samples, Samples / 10, 0);
        return new TargetData(shape, ScalerKind.Symmetric, Draw(Samples, 1), Draw(Samples / 10, 2));
    }

    /// <summary>Floating-point operations of an epoch: training, and the forward passes that measure it.</summary>
    public double EpochFlops(TargetShape shape)
    {
        double weights = TrialCost.Parameters(Configuration, shape);
        return weights * (6.0 * shape.TrainingSamples + 4.0 * shape.ValidationSamples);
    }

    private Samples Draw(int count, ulong stream)
    {
        var generator = new Philox(5, stream);
        var x = new float[count * Inputs];
        for (var i = 0; i < x.Length; i++)
        {
            x[i] = generator.NextSingle();
        }

        if (Task != TaskKind.Regression)
        {
            return new Samples(Inputs, x, [.. Enumerable.Range(0, count).Select(i => (int)(x[i * Inputs] * Math.Max(2, Outputs)))]);
        }

        return new Samples(Inputs, x, 1, [.. Enumerable.Range(0, count).Select(i => x[i * Inputs] - x[i * Inputs + Inputs - 1] / 2)]);
    }
}
