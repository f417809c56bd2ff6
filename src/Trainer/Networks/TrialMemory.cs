namespace ApproxCluster.Trainer;

/// <summary>
/// Where everything that a trial computes with lies, in floats from the start of one block: parameters and their state first, then what one
/// batch needs. Known from configuration and shape, so before any memory is taken. Every part begins on a multiple of 16 floats.
/// </summary>
internal sealed class TrialMemory
{
    /// <summary>Rows that evaluation and prediction take at a time.</summary>
    public const int EvaluationRows = 64;

    /// <summary>Lays the parts out.</summary>
    public TrialMemory(TrialConfiguration configuration, TargetShape shape)
    {
        var layers = new List<DenseLayer>();
        nint end = 0;
        foreach (var (inputs, outputs) in TrialCost.Layers(configuration, shape))
        {
            var layer = new DenseLayer((int)inputs, (int)outputs, end);
            layers.Add(layer);
            end = layer.End;
        }

        Layers = layers;
        var largest = configuration.Earlier.Select(stretch => stretch.BatchSize).Append(configuration.BatchSize).Max();
        Rows = Math.Max(EvaluationRows, Math.Min(largest, shape.TrainingSamples));
        ParameterFloats = end;
        StateFloats = end * UpdateRule.StateBlocks(configuration.Optimizer);
        nint next = 0;
        Take(ref next, ParameterFloats);
        State = Take(ref next, StateFloats);
        Gradient = Take(ref next, configuration.Optimizer.ClipNorm > 0 ? end : 0);
        var capacity = DenseLayer.Pad(Rows);
        Input = Take(ref next, capacity * DenseLayer.Stride(layers[0].Inputs));
        var keepsDerivative = Activation.From(configuration.Activation).KeepsDerivative;
        for (var i = 0; i < layers.Count; i++)
        {
            var block = capacity * DenseLayer.Stride(layers[i].Outputs);
            Outputs.Add(Take(ref next, block));
            Deltas.Add(Take(ref next, block));
            Derivatives.Add(Take(ref next, keepsDerivative && i < layers.Count - 1 ? block : 0));
        }

        Scratch = Take(ref next, KernelSet.ScratchFloats(layers.Max(layer => layer.Outputs)));
        Encoding = Take(ref next, Encoder.ConstantFloats(configuration.Encoding, shape.Inputs));
        Floats = next;
    }

    /// <summary>Layers, first to last; their offsets count from the start too.</summary>
    public IReadOnlyList<DenseLayer> Layers { get; }

    /// <summary>Most samples of a batch.</summary>
    public int Rows { get; }

    /// <summary>Weights and biases, which come first.</summary>
    public nint ParameterFloats { get; }

    /// <summary>Optimizer state: up to two blocks of the parameters' layout.</summary>
    public nint StateFloats { get; }

    /// <summary>Start of the state.</summary>
    public nint State { get; }

    /// <summary>Start of the gradient, where a step needs it whole.</summary>
    public nint Gradient { get; }

    /// <summary>Start of the features of a batch.</summary>
    public nint Input { get; }

    /// <summary>Start of each layer's results.</summary>
    public List<nint> Outputs { get; } = [];

    /// <summary>Start of the loss's gradient with respect to each layer's sums.</summary>
    public List<nint> Deltas { get; } = [];

    /// <summary>Start of each layer's derivatives, where the activation keeps them.</summary>
    public List<nint> Derivatives { get; } = [];

    /// <summary>Start of the kernels' scratch memory.</summary>
    public nint Scratch { get; }

    /// <summary>Start of the encoder's constants.</summary>
    public nint Encoding { get; }

    /// <summary>All of it.</summary>
    public nint Floats { get; }

    private static nint Take(ref nint next, nint floats)
    {
        var start = next;
        next = checked(next + floats);
        return start;
    }
}
