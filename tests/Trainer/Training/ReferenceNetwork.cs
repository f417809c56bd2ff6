namespace ApproxCluster.Trainer.Tests;

/// <summary>A network in double, written out plainly: the oracle for the loss, and by finite differences for its gradient.</summary>
internal sealed class ReferenceNetwork(TrialConfiguration configuration, TargetData data)
{
    /// <summary>Loss over samples picked by index, with weights read by a function (layer, input, output), input -1 for the bias.</summary>
    public double Loss(IReadOnlyList<int> picked, Func<int, int, int, double> weight)
    {
        var sizes = TrialCost.Layers(configuration, data.Shape).ToArray();
        double total = 0;
        foreach (var sample in picked)
        {
            var x = Scaled(sample);
            for (var layer = 0; layer < sizes.Length; layer++)
            {
                var z = new double[sizes[layer].Outputs];
                for (var output = 0; output < z.Length; output++)
                {
                    z[output] = weight(layer, -1, output);
                    for (var input = 0; input < x.Length; input++)
                    {
                        z[output] += x[input] * weight(layer, input, output);
                    }

                    z[output] = layer == sizes.Length - 1 ? z[output] : Activate(z[output]);
                }

                x = z;
            }

            total += One(x, sample);
        }

        return total / picked.Count;
    }

    private double[] Scaled(int sample)
    {
        var d = data.Shape.Inputs;
        var x = new double[d];
        for (var i = 0; i < d; i++)
        {
            var column = Enumerable.Range(0, data.Training.Count).Select(row => (double)data.Training.X[row * d + i]).ToArray();
            var (low, high) = (column.Min(), column.Max());
            x[i] = 2 * (data.Training.X[sample * d + i] - low) / (high - low) - 1;
        }

        return x;
    }

    private double Activate(double z) => configuration.Activation.Kind switch
    {
        ActivationKind.Relu => Math.Max(0, z),
        ActivationKind.LeakyRelu => z > 0 ? z : z * configuration.Activation.Slope,
        ActivationKind.Tanh => Math.Tanh(z),
        ActivationKind.Sigmoid => 1 / (1 + Math.Exp(-z)),
        ActivationKind.Sine => Math.Sin(configuration.Activation.Frequency * z),
        _ => z,
    };

    private double One(double[] z, int sample)
    {
        switch (configuration.Loss)
        {
            case LossKind.SoftmaxCrossEntropy:
                return Math.Log(z.Sum(Math.Exp)) - z[data.Training.Labels![sample]];
            case LossKind.BinaryCrossEntropy:
                return Math.Log(1 + Math.Exp(z[0])) - z[0] * data.Training.Labels![sample];
            default:
                return z.Select((value, i) => Math.Pow(value - data.Training.Values![sample * z.Length + i], 2)).Average();
        }
    }
}
