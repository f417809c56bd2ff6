namespace ApproxCluster.Trainer.Tests;

/// <summary>Small models of every kind.</summary>
internal static class ModelProblems
{
    /// <summary>A model of random weights after two epochs, with scales of outputs where it is a regression.</summary>
    public static Model Fit(
        TaskKind task, EncodingConfiguration? encoding = null, ActivationConfiguration? activation = null, int inputs = 3, int outputs = 2, int[]? widths = null)
    {
        var data = Problems.Data(task, inputs, outputs);
        var configuration = Problems.Configuration(task) with
        {
            Encoding = encoding ?? new EncodingConfiguration(EncodingKind.Identity),
            Activation = activation ?? new ActivationConfiguration(ActivationKind.Tanh),
            HiddenWidths = widths ?? [7, 5],
            Optimizer = OptimizerConfiguration.Default(OptimizerKind.Adam, 0.003),
            Epochs = 2,
        };
        var columns = ModelColumns.Default(task, inputs, data.Shape.Outputs);
        return Model.Fit(configuration, data.Training, new FitOptions
        {
            Validation = data.Validation,
            Columns = task == TaskKind.Regression
                ? columns with { OutputScale = [.. Enumerable.Range(0, outputs).Select(i => 2f + i)], OutputShift = [.. Enumerable.Repeat(-0.25f, outputs)] }
                : columns,
        });
    }

    /// <summary>Inputs that the model has not seen, some outside of the training range.</summary>
    public static float[] Inputs(int rows, int inputs)
    {
        var generator = new Philox(77);
        return [.. Enumerable.Range(0, rows * inputs).Select(_ => 5 * generator.NextSingle() - 2.5f)];
    }
}
