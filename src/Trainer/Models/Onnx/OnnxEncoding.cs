namespace ApproxCluster.Trainer;

/// <summary>The encodings as ONNX operators, columns in the order of <see cref="Encoder"/>.</summary>
internal static class OnnxEncoding
{
    // Splits a float into two halves of at most 12 bits each (Veltkamp; Dekker 1971), so that n <= 1024 times either is exact.
    private const float Splitter = 4097;

    /// <summary>Adds the operators and returns the name of the features.</summary>
    public static string Add(OnnxGraph graph, ModelDefinition definition, string x) => definition.Encoding.Kind switch
    {
        EncodingKind.Taylor => Taylor(graph, definition.Encoding.Order, x),
        EncodingKind.Fourier1d => Fourier(graph, definition.Inputs, definition.Encoding.Order, x),
        EncodingKind.Identity => x,
        var unknown => throw new NotSupportedException($"ONNX files cannot hold the encoding {unknown} yet. Export as npz."),
    };

    private static string Taylor(OnnxGraph graph, int order, string x)
    {
        var powers = new string[order];
        powers[0] = x;
        for (var i = 1; i < order; i++)
        {
            powers[i] = graph.Add("Mul", [powers[i - 1], x]);
        }

        return order == 1 ? x : graph.Add("Concat", powers, ("axis", 1));
    }

    /// <summary>
    /// sin(nx) and cos(nx) as good as from an exact product, as the trainer's are: a float32 product of n = 1024 and x = pi alone is wrong by up to 1e-4 radians.
    /// nx = p + e exactly, p the rounded sum of the two exact half products and e its rounding error; sin(p + e) = sin p + e cos p - e^2/2 sin p, and the cosine alike:
    /// the next term is below 1e-7 for angles to 1e5.
    /// </summary>
    private static string Fourier(OnnxGraph graph, int inputs, int order, string x)
    {
        var spread = graph.Mul(x, graph.Constant([Splitter], 1));
        var high = graph.Sub(spread, graph.Sub(spread, x));
        var low = graph.Sub(x, high);
        var orders = graph.Constant([.. Enumerable.Range(1, order).Select(n => (float)n)], order, 1);
        var row = graph.Shape(0, 1, inputs);
        var (coarse, fine) = (Times(high), Times(low));
        var angle = graph.Add("Add", [coarse, fine]);
        var error = graph.Sub(fine, graph.Sub(angle, coarse));
        var half = graph.Mul(graph.Mul(error, error), graph.Constant([0.5f], 1));
        var (sine, cosine) = (graph.Add("Sin", [angle]), graph.Add("Cos", [angle]));
        var sines = graph.Add("Add", [sine, graph.Sub(graph.Mul(error, cosine), graph.Mul(half, sine))]);
        var cosines = graph.Sub(cosine, graph.Add("Add", [graph.Mul(error, sine), graph.Mul(half, cosine)]));
        var flat = graph.Shape(0, (long)order * inputs);
        return graph.Add("Concat", [x, graph.Add("Reshape", [sines, flat]), graph.Add("Reshape", [cosines, flat])], ("axis", 1));

        // [batch x inputs] to [batch x order x inputs].
        string Times(string part) => graph.Mul(graph.Add("Reshape", [part, row]), orders);
    }

    private static string Mul(this OnnxGraph graph, string left, string right) => graph.Add("Mul", [left, right]);

    private static string Sub(this OnnxGraph graph, string left, string right) => graph.Add("Sub", [left, right]);
}
