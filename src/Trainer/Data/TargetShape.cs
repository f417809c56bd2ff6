namespace ApproxCluster.Trainer;

/// <summary>What is learned.</summary>
public enum TaskKind
{
    /// <summary>Real outputs, mean squared error.</summary>
    Regression,

    /// <summary>One of several classes, softmax cross-entropy; one output a class.</summary>
    Classification,

    /// <summary>One of two classes, sigmoid cross-entropy; one output.</summary>
    BinaryClassification,
}

/// <summary>The target's own figure of merit, beside the loss.</summary>
public enum MetricKind
{
    /// <summary>Root mean squared error in target units; lower is better.</summary>
    Rmse,

    /// <summary>-10 log10(MSE) for values in [0, 1], in dB; higher is better.</summary>
    Psnr,

    /// <summary>Share of samples whose largest output is the label, 0..1; higher is better.</summary>
    Accuracy,

    /// <summary>What a program reports in place of a target's metric; the sweep has its name and says which way is better.</summary>
    Reported,
}

/// <summary>Sizes of a target, known without loading its samples.</summary>
/// <param name="Inputs">Raw inputs of a sample, at least 1.</param>
/// <param name="Outputs">Outputs of the network, at least 1.</param>
/// <param name="Task">What is learned.</param>
/// <param name="Metric">The target's own metric.</param>
/// <param name="TrainingSamples">Samples of the training split.</param>
/// <param name="ValidationSamples">Samples of the validation split.</param>
/// <param name="TestSamples">Samples of the test split.</param>
/// <param name="Fingerprint">SHA-256 (lower-case hex) of the files behind the target; empty where there are none.</param>
public sealed record TargetShape(
    int Inputs,
    int Outputs,
    TaskKind Task,
    MetricKind Metric,
    int TrainingSamples,
    int ValidationSamples,
    int TestSamples,
    string Fingerprint = "")
{
    /// <summary>The shape where there is no target: a program brings its own data.</summary>
    public static TargetShape None { get; } = new(0, 0, TaskKind.Regression, MetricKind.Reported, 0, 0, 0);
}

/// <summary>Facts of metrics.</summary>
public static class MetricKinds
{
    /// <summary>Whether a larger value is the better one.</summary>
    public static bool HigherIsBetter(this MetricKind metric) => metric != MetricKind.Rmse;

    /// <summary>The word for a target's metric in sweep files, tables and series names.</summary>
    public static string Name(this MetricKind metric) => metric switch
    {
        MetricKind.Rmse => "rmse",
        MetricKind.Psnr => "psnr",
        _ => "accuracy",
    };
}
