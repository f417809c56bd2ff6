using System.Runtime.CompilerServices;

namespace ApproxCluster.Trainer;

/// <summary>
/// The layers of a multi-layer perceptron with the memory of one batch: parameters, optimizer state, activations and deltas, all in one block. Knows how to go forward
/// and backward; the loss is somebody else's.
/// </summary>
internal sealed unsafe class Network : IDisposable
{
    private readonly KernelSet kernels;
    private readonly TrialMemory memory;
    private readonly DenseLayer[] layers;
    private readonly Activation[] activations;
    private readonly NativeBlock block;
    private bool disposed;
    private Updater updater;

    /// <summary>Takes the memory; parameters and state are zero, or left to the caller where it <paramref name="overwrites"/> them all.</summary>
    public Network(KernelSet kernels, TrialConfiguration configuration, TrialMemory memory, BlockPool? pool = null, bool overwrites = false)
    {
        (this.kernels, this.memory) = (kernels, memory);
        layers = [.. memory.Layers];
        var hidden = Activation.From(configuration.Activation);
        activations = [.. layers.Select((_, i) => i == layers.Length - 1 ? Activation.Linear : hidden)];
        block = pool?.Rent(memory.Floats) ?? new NativeBlock(memory.Floats);

        // What a batch needs is cleared whole: its padding has to be 0, and numbers of another trial, subnormal or not finite, are slow even where nobody reads the result.
        var kept = overwrites ? memory.ParameterFloats + memory.StateFloats : 0;
        block.Clear(kept, memory.Floats - kept);
        updater = new Updater(kernels, configuration.Optimizer, memory, block.Start);
        var capacity = DenseLayer.Pad(memory.Rows);
        Ones(Input, layers[0].Inputs, capacity);
        for (var i = 0; i < layers.Length - 1; i++)
        {
            Ones(block.Start + memory.Outputs[i], layers[i].Outputs, capacity);
        }
    }

    /// <summary>Bytes used.</summary>
    public long Bytes => (long)block.Floats * sizeof(float);

    /// <summary>Bytes taken: more than are used where the memory was another trial's.</summary>
    public long BytesTaken => (long)block.Capacity * sizeof(float);

    /// <summary>Layers, first to last.</summary>
    public IReadOnlyList<DenseLayer> Layers => layers;

    /// <summary>Weights and biases.</summary>
    public Span<float> Parameters => new(block.Start, (int)memory.ParameterFloats);

    /// <summary>Optimizer state.</summary>
    public Span<float> State => new(block.Start + memory.State, (int)memory.StateFloats);

    /// <summary>Where the encoder's constants go.</summary>
    public float* Encoding => block.Start + memory.Encoding;

    /// <summary>Where the features of a batch go, [rows][<see cref="InputStride"/>].</summary>
    public float* Input => block.Start + memory.Input;

    /// <summary>Floats between two samples' features.</summary>
    public nint InputStride => DenseLayer.Stride(layers[0].Inputs);

    /// <summary>Logits of the batch after <see cref="Forward"/>.</summary>
    public float* Output => block.Start + memory.Outputs[^1];

    /// <summary>Gradient of the loss with respect to the logits, to be written before <see cref="Backward"/>; its padding is 0.</summary>
    public float* OutputDelta => block.Start + memory.Deltas[^1];

    /// <summary>Floats between two samples' logits.</summary>
    public nint OutputStride => DenseLayer.Stride(layers[^1].Outputs);

    /// <summary>Whether every weight is finite.</summary>
    public bool IsFinite => kernels.AllFinite(block.Start, memory.ParameterFloats);

    /// <summary>Applies gradients.</summary>
    public Updater Updater => updater;

    /// <summary>Goes on with other settings of the same kind of optimizer; its state stays.</summary>
    public void Use(OptimizerConfiguration optimizer) => updater = new Updater(kernels, optimizer, memory, block.Start);

    /// <summary>Computes logits of rows first..first+rows-1 of the input; first is a multiple of 16.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Forward(int first, int rows, bool training)
    {
        var stride = InputStride;
        var x = Input + first * stride;
        for (var i = 0; i < layers.Length; i++)
        {
            var yStride = DenseLayer.Stride(layers[i].Outputs);
            var y = block.Start + memory.Outputs[i] + first * yStride;
            var derivative = training && activations[i].KeepsDerivative ? block.Start + memory.Derivatives[i] + first * yStride : null;
            kernels.Forward(layers[i], block.Start, activations[i], x, stride, y, yStride, derivative, rows);
            if (i < layers.Length - 1 && layers[i].Outputs % 16 != 0)
            {
                kernels.Pad(y, yStride, rows, layers[i].Outputs, 1);
            }

            x = y;
            stride = yStride;
        }
    }

    /// <summary>Goes back from the output's delta and updates every parameter; a layer hands its delta on before its weights change.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Backward(int rows, long step, double learningRate)
    {
        var scratch = block.Start + memory.Scratch;
        updater.BeginStep(step, learningRate);
        for (var i = layers.Length - 1; i >= 0; i--)
        {
            if (i > 0)
            {
                HandBack(i, 0, rows, scratch);
            }

            kernels.WeightGradient(layers[i], Entering(i), DenseLayer.Stride(layers[i].Inputs), Delta(i), DenseLayer.Stride(layers[i].Outputs), rows, updater.Rule, scratch);
        }

        updater.EndStep();
    }

    /// <summary>Goes back from the output's delta of rows first..first+rows-1, first a multiple of 16, to every layer's; changes no parameter.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void HandBack(int first, int rows, float* scratch)
    {
        for (var i = layers.Length - 1; i > 0; i--)
        {
            HandBack(i, first, rows, scratch);
        }
    }

    /// <summary>Computes the gradient of some weights from the deltas of all rows and hands it to the rule.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Update(in WeightPiece piece, int rows, float* scratch)
    {
        var i = piece.Layer;
        var (xStride, stride) = (DenseLayer.Stride(layers[i].Inputs), DenseLayer.Stride(layers[i].Outputs));
        if (layers[i].IsNarrow)
        {
            kernels.WeightGradient(layers[i], Entering(i), xStride, Delta(i), stride, rows, updater.Rule, scratch);
            return;
        }

        for (var column = piece.Column; column < piece.EndColumn; column += DenseLayer.PanelWidth)
        {
            kernels.WeightGradient(piece.Panel(layers[i], column), Entering(i) + piece.Input, xStride, Delta(i) + column, stride, rows, updater.Rule, scratch);
        }
    }

    public void Dispose()
    {
        // Once only: the block may be another network's by now.
        if (!disposed)
        {
            disposed = true;
            block.Dispose();
        }
    }

    private float* Delta(int layer) => block.Start + memory.Deltas[layer];

    private float* Entering(int layer) => layer == 0 ? Input : block.Start + memory.Outputs[layer - 1];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void HandBack(int i, int first, int rows, float* scratch)
    {
        var (stride, previousStride) = (DenseLayer.Stride(layers[i].Outputs), DenseLayer.Stride(layers[i].Inputs));
        kernels.InputGradient(layers[i], new GradientOperands
        {
            Parameters = block.Start,
            Delta = Delta(i) + first * stride,
            DeltaStride = stride,
            Gradient = Delta(i - 1) + first * previousStride,
            Stride = previousStride,
            Kept = block.Start + (activations[i - 1].KeepsDerivative ? memory.Derivatives[i - 1] : memory.Outputs[i - 1]) + first * previousStride,
            Rows = rows,
            Previous = activations[i - 1],
            Scratch = scratch,
        });
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
