namespace ApproxCluster.Trainer;

/// <summary>
/// A model as ONNX: scaler, encoding, layers, softmax or sigmoid, units of the outputs. Operator set 13, IR version 7; float32 throughout; operators Add, Concat, Cos, Gemm,
/// LeakyRelu, Mul, Relu, Reshape, Sigmoid, Sin, Softmax, Sub, Tanh. Input <c>inputs</c> [batch x inputs], output <c>outputs</c> [batch x outputs].
/// </summary>
internal static class OnnxExport
{
    /// <summary>Version of the operators.</summary>
    public const int OperatorSet = 13;

    private const int IrVersion = 7;
    private const string InputName = "inputs";
    private const string OutputName = "outputs";

    public static void Write(Model model, Stream stream, bool probabilities)
    {
        var definition = model.Definition;
        var graph = new OnnxGraph();
        graph.Input(InputName, definition.Inputs);
        graph.Output(OutputName, definition.Outputs);
        var scaled = graph.Add("Sub", [InputName, graph.Constant(model.InputCenter.Span, definition.Inputs)]);
        scaled = graph.Add("Mul", [scaled, graph.Constant(model.InputScale.Span, definition.Inputs)]);
        var x = OnnxEncoding.Add(graph, definition, scaled);
        for (var i = 0; i < model.Layers.Count; i++)
        {
            var layer = model.Layers[i];
            var weights = graph.Constant(layer.Weights.Span, layer.Inputs, layer.Outputs);
            x = graph.Add("Gemm", [x, weights, graph.Constant(layer.Biases.Span, layer.Outputs)]);
            x = i < model.Layers.Count - 1 ? Activate(graph, definition.Activation, x) : x;
        }

        Finish(graph, definition, x, probabilities);
        var metadata = new ProtoWriter().Text(1, "definition").Text(2, ModelHeader.Write(definition));
        var file = new ProtoWriter()
            .Whole(1, IrVersion)
            .Text(2, "ApproxCluster.Trainer")
            .Message(7, graph.Finish("approxcluster"))
            .Message(8, new ProtoWriter().Text(1, "").Whole(2, OperatorSet))
            .Message(14, metadata);
        stream.Write(file.Bytes);
    }

    private static string Activate(OnnxGraph graph, ActivationConfiguration activation, string z) => activation.Kind switch
    {
        ActivationKind.Relu => graph.Add("Relu", [z]),
        ActivationKind.LeakyRelu => graph.Add("LeakyRelu", [z], ("alpha", (float)activation.Slope)),
        ActivationKind.Tanh => graph.Add("Tanh", [z]),
        ActivationKind.Sigmoid => graph.Add("Sigmoid", [z]),
        ActivationKind.Sine => graph.Add("Sin", [graph.Add("Mul", [z, graph.Constant([(float)activation.Frequency], 1)])]),
        ActivationKind.Linear => z,
        var unknown => throw new NotSupportedException($"ONNX files cannot hold the activation {unknown} yet. Export as npz."),
    };

    private static void Finish(OnnxGraph graph, ModelDefinition definition, string z, bool probabilities)
    {
        switch (definition.Task)
        {
            case TaskKind.Classification when probabilities:
                graph.Add("Softmax", [z], OutputName, ("axis", 1));
                break;
            case TaskKind.BinaryClassification when probabilities:
                graph.Add("Sigmoid", [z], OutputName);
                break;
            default:
                // Also without units of its own: the output has to have its name.
                var scaled = graph.Add("Mul", [z, graph.Constant(definition.OutputScale, definition.Outputs)]);
                graph.Add("Add", [scaled, graph.Constant(definition.OutputShift, definition.Outputs)], OutputName);
                break;
        }
    }
}
