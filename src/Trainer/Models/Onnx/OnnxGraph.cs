using System.Runtime.InteropServices;

namespace ApproxCluster.Trainer;

/// <summary>Builds an ONNX graph of float32 tensors; field numbers are those of onnx.proto (IR version 7).</summary>
internal sealed class OnnxGraph
{
    private const int FloatType = 1;
    private const int WholeType = 7;
    private const string Batch = "batch";

    private readonly ProtoWriter graph = new();
    private int names;

    /// <summary>Adds an operator of one output and returns the output's name.</summary>
    public string Add(string operation, string[] inputs, params (string Name, object Value)[] attributes)
    {
        var output = Name();
        Add(operation, inputs, output, attributes);
        return output;
    }

    /// <summary>Adds an operator with a name for its output.</summary>
    public void Add(string operation, string[] inputs, string output, params (string Name, object Value)[] attributes)
    {
        var node = new ProtoWriter();
        foreach (var input in inputs)
        {
            node.Text(1, input);
        }

        node.Text(2, output).Text(3, $"{operation}:{output}").Text(4, operation);
        foreach (var (name, value) in attributes)
        {
            var attribute = new ProtoWriter().Text(1, name);
            node.Message(5, value is float number ? attribute.Single(2, number).Whole(20, 1) : attribute.Whole(3, (int)value).Whole(20, 2));
        }

        graph.Message(1, node);
    }

    /// <summary>Adds constants and returns their name.</summary>
    public string Constant(ReadOnlySpan<float> numbers, params ReadOnlySpan<int> shape) => Constant(FloatType, MemoryMarshal.AsBytes(numbers), shape);

    /// <summary>Adds a shape, a vector of whole numbers, and returns its name.</summary>
    public string Shape(params ReadOnlySpan<long> sizes) => Constant(WholeType, MemoryMarshal.AsBytes(sizes), [sizes.Length]);

    /// <summary>Declares the input [batch x width].</summary>
    public void Input(string name, int width) => graph.Message(11, Value(name, width));

    /// <summary>Declares the output [batch x width].</summary>
    public void Output(string name, int width) => graph.Message(12, Value(name, width));

    /// <summary>The graph's message.</summary>
    public ProtoWriter Finish(string name) => graph.Text(2, name);

    private string Constant(int type, ReadOnlySpan<byte> bytes, ReadOnlySpan<int> shape)
    {
        var tensor = new ProtoWriter();
        foreach (var size in shape)
        {
            tensor.Whole(1, size);
        }

        var name = Name();
        graph.Message(5, tensor.Whole(2, type).Text(8, name).Block(9, bytes));
        return name;
    }

    private static ProtoWriter Value(string name, int width)
    {
        var shape = new ProtoWriter().Message(1, new ProtoWriter().Text(2, Batch)).Message(1, new ProtoWriter().Whole(1, width));
        var tensor = new ProtoWriter().Whole(1, FloatType).Message(2, shape);
        return new ProtoWriter().Text(1, name).Message(2, new ProtoWriter().Message(1, tensor));
    }

    private string Name() => FormattableString.Invariant($"t{names++}");
}
