namespace ApproxCluster.Trainer;

/// <summary>A model's weights in the kernels' layout with the memory of one batch. One thread at a time.</summary>
internal sealed unsafe class Predictor : IDisposable
{
    private const int Rows = TrialMemory.EvaluationRows;

    private readonly Network network;
    private readonly Encoder encoder;
    private readonly Losses losses;
    private readonly int inputs;
    private readonly int outputs;

    public Predictor(Model model, KernelSet kernels)
    {
        var definition = model.Definition;
        (inputs, outputs) = (definition.Inputs, definition.Outputs);
        // Predicting takes no more rows than evaluating, whatever the batch in training was.
        var memory = new TrialMemory(definition.Configuration with { BatchSize = Rows }, definition.Shape);
        network = new Network(kernels, definition.Configuration, memory);
        encoder = new Encoder(kernels, definition.Encoding, model.Scaler, inputs, network.Encoding);
        losses = new Losses(kernels, definition.Loss, outputs, memory.Rows);
        for (var i = 0; i < network.Layers.Count; i++)
        {
            model.Layers[i].CopyTo(network.Layers[i], network.Parameters);
        }
    }

    /// <summary>Probabilities (values for regression), or logits, of row-major samples.</summary>
    public void Run(ReadOnlySpan<float> x, Span<float> y, bool logits)
    {
        for (int first = 0, count = x.Length / inputs; first < count; first += Rows)
        {
            var rows = Math.Min(Rows, count - first);
            encoder.Encode(x.Slice(first * inputs, rows * inputs), network.Input, network.InputStride);
            network.Forward(0, rows, training: false);
            if (!logits)
            {
                losses.Finish(network.Output, network.OutputDelta, network.OutputStride, rows);
            }

            var result = logits ? network.Output : network.OutputDelta;
            for (var row = 0; row < rows; row++)
            {
                new ReadOnlySpan<float>(result + row * network.OutputStride, outputs).CopyTo(y[((first + row) * outputs)..]);
            }
        }
    }

    /// <inheritdoc />
    public void Dispose() => network.Dispose();
}
