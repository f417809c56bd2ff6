namespace ApproxCluster.Trainer.Tests;

/// <summary>Small targets by formula.</summary>
internal static class Problems
{
    public static TargetData Data(TaskKind task, int inputs = 3, int outputs = 2, int training = 70, int validation = 30)
    {
        var shape = new TargetShape(
            inputs, task == TaskKind.BinaryClassification ? 1 : outputs, task,
            task == TaskKind.Regression ? MetricKind.Rmse : MetricKind.Accuracy, training, validation, 0);
        return new TargetData(shape, ScalerKind.Symmetric, Make(shape, training, 1), Make(shape, validation, 2));
    }

    public static TrialConfiguration Configuration(TaskKind task) => new()
    {
        Encoding = new EncodingConfiguration(EncodingKind.Identity),
        HiddenWidths = [7, 5],
        Activation = new ActivationConfiguration(ActivationKind.Tanh),
        Loss = task switch
        {
            TaskKind.Classification => LossKind.SoftmaxCrossEntropy,
            TaskKind.BinaryClassification => LossKind.BinaryCrossEntropy,
            _ => LossKind.MeanSquaredError,
        },
        Optimizer = OptimizerConfiguration.Default(OptimizerKind.Sgd, 0.1),
        BatchSize = 16,
        Epochs = 5,
    };

    private static Samples Make(TargetShape shape, int count, ulong stream)
    {
        var generator = new Philox(11, stream);
        var x = new float[count * shape.Inputs];
        for (var i = 0; i < x.Length; i++)
        {
            x[i] = 4 * generator.NextSingle() - 2;
        }

        if (shape.Task != TaskKind.Regression)
        {
            var classes = Math.Max(2, shape.Outputs);
            return new Samples(shape.Inputs, x, [.. Enumerable.Range(0, count).Select(i => (int)MathF.Abs(x[i * shape.Inputs] * 3) % classes)]);
        }

        var y = new float[count * shape.Outputs];
        for (var i = 0; i < y.Length; i++)
        {
            y[i] = x[i / shape.Outputs * shape.Inputs] * 0.5f + i % shape.Outputs;
        }

        return new Samples(shape.Inputs, x, shape.Outputs, y);
    }
}
