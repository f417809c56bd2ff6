namespace ApproxCluster.Trainer;

/// <summary>
/// Starting weights, uniform in +-bound. ReLU family: He et al. 2015, sqrt(6 / ((1 + slope^2) inputs)). Linear, tanh, sigmoid and the output layer: Glorot and Bengio
/// 2010, sqrt(6 / (inputs + outputs)). Sine: Sitzmann et al. 2020, section 3.2, with z = w0 (Wx + b): first layer 1/inputs, later layers (the output too)
/// sqrt(6/inputs)/w0. Hidden biases +-1/sqrt(inputs), so that kinks and phases spread; output biases 0. Every layer draws from a stream of its own, input by input.
/// </summary>
internal static class Initialization
{
    public static void Fill(Network network, ActivationConfiguration activation, ulong seed)
    {
        var key = Seeds.Derive(seed, "weights");
        for (var i = 0; i < network.Layers.Count; i++)
        {
            var layer = network.Layers[i];
            var generator = new Philox(key, (ulong)i);
            var last = i == network.Layers.Count - 1;
            var bound = (float)Bound(layer, activation, i == 0, last);
            var parameters = network.Parameters;
            for (var input = 0; input < layer.Inputs; input++)
            {
                for (var output = 0; output < layer.Outputs; output++)
                {
                    parameters[(int)layer.WeightOffset(input, output)] = Uniform(ref generator, bound);
                }
            }

            var shift = last ? 0 : (float)(1 / Math.Sqrt(layer.Inputs));
            for (var output = 0; output < layer.Outputs && !last; output++)
            {
                parameters[(int)layer.BiasOffset(output)] = Uniform(ref generator, shift);
            }
        }
    }

    private static float Uniform(ref Philox generator, float bound) => (2 * generator.NextSingle() - 1) * bound;

    private static double Bound(DenseLayer layer, ActivationConfiguration activation, bool first, bool last) => activation.Kind switch
    {
        ActivationKind.Sine when !(first && last) => first ? 1.0 / layer.Inputs : Math.Sqrt(6.0 / layer.Inputs) / activation.Frequency,
        ActivationKind.Relu when !last => Math.Sqrt(6.0 / layer.Inputs),
        ActivationKind.LeakyRelu when !last => Math.Sqrt(6.0 / ((1 + activation.Slope * activation.Slope) * layer.Inputs)),
        _ => Math.Sqrt(6.0 / (layer.Inputs + layer.Outputs)),
    };
}
