namespace ApproxCluster.Trainer;

/// <summary>Everything about a model but its numbers.</summary>
public sealed record ModelDefinition
{
    /// <summary>What it predicts: values, classes, or one of two classes.</summary>
    public required TaskKind Task { get; init; }

    /// <summary>Raw inputs of a sample, at least 1.</summary>
    public required int Inputs { get; init; }

    /// <summary>Outputs of the network, at least 1: values, one probability a class, or the one probability of class 1.</summary>
    public required int Outputs { get; init; }

    /// <summary>How scaled inputs become features; its scaler's numbers are the model's <see cref="Model.InputCenter"/> and <see cref="Model.InputScale"/>.</summary>
    public required EncodingConfiguration Encoding { get; init; }

    /// <summary>Width of every hidden layer, first to last; empty for a linear model.</summary>
    public required IReadOnlyList<int> HiddenWidths { get; init; }

    /// <summary>Activation of the hidden layers.</summary>
    public required ActivationConfiguration Activation { get; init; }

    /// <summary>Names and units.</summary>
    public required ModelColumns Columns { get; init; }

    internal float[] OutputScale => Columns.OutputScale.Count == 0 ? [.. Enumerable.Repeat(1f, Outputs)] : [.. Columns.OutputScale];

    internal float[] OutputShift => Columns.OutputShift.Count == 0 ? new float[Outputs] : [.. Columns.OutputShift];

    internal LossKind Loss => Task switch
    {
        TaskKind.Classification => LossKind.SoftmaxCrossEntropy,
        TaskKind.BinaryClassification => LossKind.BinaryCrossEntropy,
        _ => LossKind.MeanSquaredError,
    };

    /// <summary>The network as the trainer sees it; plain SGD takes no state beside the weights.</summary>
    internal TrialConfiguration Configuration => new()
    {
        Encoding = Encoding,
        HiddenWidths = HiddenWidths,
        Activation = Activation,
        Loss = Loss,
        Optimizer = new OptimizerConfiguration(OptimizerKind.Sgd, 1),
        BatchSize = 1,
        Epochs = 1,
    };

    internal TargetShape Shape => new(Inputs, Outputs, Task, Task == TaskKind.Regression ? MetricKind.Rmse : MetricKind.Accuracy, 1, 1, 0);

    /// <summary>Throws <see cref="ArgumentException"/>, naming every fault, for a definition that no model can have.</summary>
    internal void Check()
    {
        var faults = new List<string>(NetworkChecks.Faults(Encoding, HiddenWidths, Activation, Inputs, Outputs));
        faults.AddRange(Columns.Faults(Task, Inputs, Outputs));
        if (Task == TaskKind.BinaryClassification)
        {
            faults.AddRange(ModelColumns.Expect(Outputs, 1, "Outputs of a binary classifier"));
        }

        if (faults.Count == 0)
        {
            faults.AddRange(TrainerLimits.Faults(Configuration, Shape));
        }

        if (faults.Count > 0)
        {
            throw new ArgumentException(string.Join(" ", faults));
        }
    }
}
