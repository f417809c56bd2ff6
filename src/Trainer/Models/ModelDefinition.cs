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
        var classes = Task == TaskKind.Regression ? 0 : Task == TaskKind.BinaryClassification ? 2 : Outputs;
        Expect(Columns.Inputs.Count, Inputs, "Names of inputs", faults);
        Expect(Columns.Outputs.Count, Task == TaskKind.Regression ? Outputs : 1, "Names of outputs", faults);
        Expect(Columns.Classes.Count, classes, "Names of classes", faults);
        foreach (var numbers in new[] { Columns.OutputScale, Columns.OutputShift })
        {
            if (numbers.Count > 0 && (Task != TaskKind.Regression || numbers.Count != Outputs))
            {
                Expect(numbers.Count, Task == TaskKind.Regression ? Outputs : 0, "Numbers of OutputScale or OutputShift", faults);
            }
        }

        if (Task == TaskKind.BinaryClassification)
        {
            Expect(Outputs, 1, "Outputs of a binary classifier", faults);
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

    private static void Expect(int count, int expected, string what, List<string> faults)
    {
        if (count != expected)
        {
            faults.Add(FormattableString.Invariant($"{what} are {count}, but must be {expected}. Give as many."));
        }
    }
}
