namespace ApproxCluster.Trainer;

/// <summary>A dense layer: y = x * Weights + Biases.</summary>
/// <param name="Inputs">Inputs of the layer.</param>
/// <param name="Outputs">Outputs of the layer.</param>
/// <param name="Weights">[Inputs x Outputs], row-major: the weight from input i to output o is at i * Outputs + o.</param>
/// <param name="Biases">[Outputs].</param>
public sealed record ModelLayer(int Inputs, int Outputs, ReadOnlyMemory<float> Weights, ReadOnlyMemory<float> Biases)
{
    /// <summary>Copies the layers of a network out of the kernels' layout.</summary>
    internal static ModelLayer[] CopyFrom(Network network) => [.. network.Layers.Select(layer => CopyFrom(layer, network.Parameters))];

    /// <summary>Copies the layer into the kernels' layout.</summary>
    internal void CopyTo(DenseLayer layer, Span<float> parameters)
    {
        var weights = Weights.Span;
        for (var input = 0; input < Inputs; input++)
        {
            for (var output = 0; output < Outputs; output++)
            {
                parameters[(int)layer.WeightOffset(input, output)] = weights[input * Outputs + output];
            }
        }

        for (var output = 0; output < Outputs; output++)
        {
            parameters[(int)layer.BiasOffset(output)] = Biases.Span[output];
        }
    }

    private static ModelLayer CopyFrom(DenseLayer layer, ReadOnlySpan<float> parameters)
    {
        var weights = new float[layer.Inputs * layer.Outputs];
        for (var input = 0; input < layer.Inputs; input++)
        {
            for (var output = 0; output < layer.Outputs; output++)
            {
                weights[input * layer.Outputs + output] = parameters[(int)layer.WeightOffset(input, output)];
            }
        }

        var biases = new float[layer.Outputs];
        for (var output = 0; output < layer.Outputs; output++)
        {
            biases[output] = parameters[(int)layer.BiasOffset(output)];
        }

        return new ModelLayer(layer.Inputs, layer.Outputs, weights, biases);
    }
}
