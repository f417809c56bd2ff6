using System.Runtime.CompilerServices;

namespace ApproxCluster.Trainer;

/// <summary>
/// The layers of a multi-layer perceptron with the memory of one batch: parameters, optimizer state, activations and deltas. Knows how to go forward and backward;
/// the loss is somebody else's.
/// </summary>
internal sealed unsafe class Network : IDisposable
{
    private readonly KernelSet kernels;
    private readonly DenseLayer[] layers;
    private readonly Activation[] activations;
    private readonly nint[] outputOffsets;
    private readonly nint[] derivativeOffsets;
    private readonly NativeBlock parameters;
    private readonly NativeBlock state;
    private readonly NativeBlock work;
    private readonly NativeBlock scratch;
    private readonly NativeBlock zeros;
    private readonly nint[] deltaOffsets;
    private readonly UpdateRule rule;

    public Network(KernelSet kernels, TrialConfiguration configuration, TargetShape shape, int rows)
    {
        this.kernels = kernels;
        Rows = rows;
        var hidden = Activation.From(configuration.Activation);
        var sizes = TrialCost.Layers(configuration, shape).ToArray();
        layers = new DenseLayer[sizes.Length];
        activations = new Activation[sizes.Length];
        nint offset = 0;
        for (var i = 0; i < sizes.Length; i++)
        {
            layers[i] = new DenseLayer((int)sizes[i].Inputs, (int)sizes[i].Outputs, offset);
            activations[i] = i == sizes.Length - 1 ? Activation.Linear : hidden;
            offset = layers[i].End;
        }

        parameters = new NativeBlock(offset);
        var blocks = UpdateRule.StateBlocks(configuration.Optimizer);
        state = new NativeBlock(offset * blocks);

        var capacity = DenseLayer.Pad(rows);
        nint used = capacity * DenseLayer.Stride(layers[0].Inputs);
        outputOffsets = new nint[layers.Length];
        derivativeOffsets = new nint[layers.Length];
        deltaOffsets = new nint[layers.Length];
        for (var i = 0; i < layers.Length; i++)
        {
            var block = capacity * DenseLayer.Stride(layers[i].Outputs);
            (outputOffsets[i], used) = (used, used + block);
            (deltaOffsets[i], used) = (used, used + block);
            derivativeOffsets[i] = used;
            used += activations[i].KeepsDerivative ? block : 0;
        }

        work = new NativeBlock(used);
        scratch = new NativeBlock(KernelSet.ScratchFloats(layers.Max(layer => layer.Outputs)));
        zeros = new NativeBlock(DenseLayer.PanelWidth);
        Ones(work.Start, layers[0].Inputs, capacity);
        for (var i = 0; i < layers.Length - 1; i++)
        {
            Ones(work.Start + outputOffsets[i], layers[i].Outputs, capacity);
        }

        rule = kernels.CreateRule(configuration.Optimizer, parameters.Start, state.Start, state.Start + (blocks > 1 ? offset : 0));
    }

    /// <summary>Samples that a batch may have.</summary>
    public int Rows { get; }

    /// <summary>Layers, first to last.</summary>
    public IReadOnlyList<DenseLayer> Layers => layers;

    /// <summary>Weights and biases.</summary>
    public Span<float> Parameters => new(parameters.Start, (int)parameters.Floats);

    /// <summary>Optimizer state.</summary>
    public Span<float> State => new(state.Start, (int)state.Floats);

    /// <summary>Where the features of a batch go, [rows][<see cref="InputStride"/>].</summary>
    public float* Input => work.Start;

    /// <summary>Floats between two samples' features.</summary>
    public nint InputStride => DenseLayer.Stride(layers[0].Inputs);

    /// <summary>Logits of the batch after <see cref="Forward"/>.</summary>
    public float* Output => work.Start + outputOffsets[^1];

    /// <summary>Gradient of the loss with respect to the logits, to be written before <see cref="Backward"/>; its padding is 0.</summary>
    public float* OutputDelta => work.Start + deltaOffsets[^1];

    /// <summary>Floats between two samples' logits.</summary>
    public nint OutputStride => DenseLayer.Stride(layers[^1].Outputs);

    /// <summary>Whether every weight is finite.</summary>
    public bool IsFinite => kernels.AllFinite(parameters.Start, parameters.Floats);

    /// <summary>Computes logits of the first rows of the input.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Forward(int rows, bool training)
    {
        var x = Input;
        var stride = InputStride;
        for (var i = 0; i < layers.Length; i++)
        {
            var y = work.Start + outputOffsets[i];
            var derivative = training && activations[i].KeepsDerivative ? work.Start + derivativeOffsets[i] : null;
            kernels.Forward(layers[i], parameters.Start, activations[i], x, stride, y, DenseLayer.Stride(layers[i].Outputs), derivative, rows);
            if (i < layers.Length - 1 && layers[i].Outputs % 16 != 0)
            {
                kernels.Pad(y, DenseLayer.Stride(layers[i].Outputs), rows, layers[i].Outputs, 1);
            }

            x = y;
            stride = DenseLayer.Stride(layers[i].Outputs);
        }
    }

    /// <summary>Goes back from the output's delta and updates every parameter; a layer hands its delta on before its weights change.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Backward(int rows, long step, double learningRate)
    {
        rule.BeginStep(step, learningRate);
        for (var i = layers.Length - 1; i >= 0; i--)
        {
            var delta = work.Start + deltaOffsets[i];
            var stride = DenseLayer.Stride(layers[i].Outputs);
            if (i > 0)
            {
                kernels.InputGradient(layers[i], new GradientOperands
                {
                    Parameters = parameters.Start,
                    Delta = delta,
                    DeltaStride = stride,
                    Gradient = work.Start + deltaOffsets[i - 1],
                    Stride = DenseLayer.Stride(layers[i].Inputs),
                    Kept = work.Start + (activations[i - 1].KeepsDerivative ? derivativeOffsets[i - 1] : outputOffsets[i - 1]),
                    Rows = rows,
                    Previous = activations[i - 1],
                    Scratch = scratch.Start,
                    Zeros = zeros.Start,
                });
            }

            var x = i == 0 ? Input : work.Start + outputOffsets[i - 1];
            var xStride = i == 0 ? InputStride : DenseLayer.Stride(layers[i].Inputs);
            kernels.WeightGradient(layers[i], x, xStride, delta, stride, rows, rule, scratch.Start, zeros.Start);
        }
    }

    public void Dispose()
    {
        parameters.Dispose();
        state.Dispose();
        work.Dispose();
        scratch.Dispose();
        zeros.Dispose();
    }

    /// <summary>Sets the column of ones, by which the biases are multiplied.</summary>
    private static void Ones(float* matrix, int width, int rows)
    {
        for (var row = 0; row < rows; row++, matrix += DenseLayer.Stride(width))
        {
            matrix[width] = 1;
        }
    }
}
