using ApproxCluster.Trainer;

namespace ApproxCluster.Bench.Trainer;

/// <summary>
/// The same training step in double, written out plainly. It starts from the trainer's own float weights and features; products, activations, losses, gradients and
/// Adam are its own.
/// </summary>
internal sealed unsafe class Referee : IDisposable
{
    private readonly Workload workload;
    private readonly TargetData data;
    private readonly Encoder encoder;
    private readonly NativeBlock constants;
    private readonly DenseLayer[] layers;
    private readonly double[][] weights;

    public Referee(Workload workload, TargetData data, IReadOnlyList<DenseLayer> layers, ReadOnlySpan<float> parameters)
    {
        (this.workload, this.data, this.layers) = (workload, data, [.. layers]);
        constants = new NativeBlock(Encoder.ConstantFloats(workload.Encoding, workload.Inputs));
        encoder = new Encoder(KernelSet.Best, workload.Encoding, data, constants.Start);
        weights = new double[layers.Count][];
        for (var l = 0; l < layers.Count; l++)
        {
            weights[l] = Read(layers[l], parameters);
        }
    }

    /// <summary>Weights of each layer, [inputs + 1][outputs], biases last.</summary>
    public IReadOnlyList<double[]> Weights => weights;

    /// <summary>Gradient of each layer in the last step, in the same order.</summary>
    public IReadOnlyList<double[]> Gradients { get; private set; } = [];

    /// <summary>A layer's weights in the referee's order.</summary>
    public static double[] Read(DenseLayer layer, ReadOnlySpan<float> parameters)
    {
        var result = new double[(layer.Inputs + 1) * layer.Outputs];
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = parameters[(int)layer.WeightOffset(i / layer.Outputs, i % layer.Outputs)];
        }

        return result;
    }

    /// <summary>Mean loss over samples.</summary>
    public double Loss(IReadOnlyList<int> picked) => picked.AsParallel().AsOrdered().Select(sample => Loss(Forward(sample)[^1], sample)).Sum() / picked.Count;

    /// <summary>One step of Adam, the first.</summary>
    public void Step(IReadOnlyList<int> picked)
    {
        var gradients = weights.Select(layer => new double[layer.Length]).ToArray();
        foreach (var sample in picked)
        {
            Backward(sample, picked.Count, gradients);
        }

        Gradients = gradients;
        for (var l = 0; l < layers.Length; l++)
        {
            for (var i = 0; i < gradients[l].Length; i++)
            {
                // The bias corrections of the first step leave the gradient and its magnitude.
                weights[l][i] -= 1e-3 * gradients[l][i] / (Math.Abs(gradients[l][i]) + 1e-8);
            }
        }
    }

    /// <inheritdoc />
    public void Dispose() => constants.Dispose();

    private double[][] Forward(int sample)
    {
        var values = new double[layers.Length + 1][];
        values[0] = Features(sample);
        for (var l = 0; l < layers.Length; l++)
        {
            var (inputs, outputs) = (layers[l].Inputs, layers[l].Outputs);
            var z = weights[l].AsSpan(inputs * outputs, outputs).ToArray();
            for (var i = 0; i < inputs; i++)
            {
                for (var o = 0; o < outputs; o++)
                {
                    z[o] += values[l][i] * weights[l][i * outputs + o];
                }
            }

            values[l + 1] = l == layers.Length - 1 ? z : Array.ConvertAll(z, Activate);
        }

        return values;
    }

    private void Backward(int sample, int count, double[][] gradients)
    {
        var values = Forward(sample);
        var delta = Delta(values[^1], sample, count);
        for (var l = layers.Length - 1; l >= 0; l--)
        {
            var (inputs, outputs) = (layers[l].Inputs, layers[l].Outputs);
            var before = new double[inputs];
            for (var i = 0; i <= inputs; i++)
            {
                var x = i == inputs ? 1 : values[l][i];
                for (var o = 0; o < outputs; o++)
                {
                    gradients[l][i * outputs + o] += x * delta[o];
                    if (i < inputs)
                    {
                        before[i] += weights[l][i * outputs + o] * delta[o];
                    }
                }
            }

            delta = l == 0 ? [] : before.Select((d, i) => d * Derivative(values[l][i])).ToArray();
        }
    }

    private double[] Features(int sample)
    {
        var features = new float[encoder.Features];
        fixed (float* to = features)
        {
            lock (encoder)
            {
                encoder.Encode(data.Training.X.AsSpan(sample * workload.Inputs, workload.Inputs), to, features.Length);
            }
        }

        return Array.ConvertAll(features, value => (double)value);
    }

    private double Activate(double z) => workload.Activation switch
    {
        ActivationKind.Relu => Math.Max(0, z),
        ActivationKind.LeakyRelu => z > 0 ? z : 0.01 * z,
        _ => Math.Tanh(z),
    };

    private double Derivative(double a) => workload.Activation switch
    {
        ActivationKind.Relu => a > 0 ? 1 : 0,
        ActivationKind.LeakyRelu => a > 0 ? 1 : 0.01,
        _ => 1 - a * a,
    };

    private double Loss(double[] z, int sample)
    {
        var most = z.Max();
        return workload.IsClassifier
            ? Math.Log(z.Sum(value => Math.Exp(value - most))) + most - z[data.Training.Labels![sample]]
            : Math.Pow(z[0] - data.Training.Values![sample], 2);
    }

    private double[] Delta(double[] z, int sample, int count)
    {
        if (!workload.IsClassifier)
        {
            return [2 * (z[0] - data.Training.Values![sample]) / count];
        }

        var most = z.Max();
        var exponentials = Array.ConvertAll(z, value => Math.Exp(value - most));
        var sum = exponentials.Sum();
        return [.. exponentials.Select((e, o) => (e / sum - (o == data.Training.Labels![sample] ? 1 : 0)) / count)];
    }
}
