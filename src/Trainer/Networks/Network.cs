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
    private readonly Updater updater;

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

    /// <summary>Computes logits of the first rows of the input.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Forward(int rows, bool training)
    {
        var x = Input;
        var stride = InputStride;
        for (var i = 0; i < layers.Length; i++)
        {
            var y = block.Start + memory.Outputs[i];
            var yStride = DenseLayer.Stride(layers[i].Outputs);
            var derivative = training && activations[i].KeepsDerivative ? block.Start + memory.Derivatives[i] : null;
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
        updater.BeginStep(step, learningRate);
        for (var i = layers.Length - 1; i >= 0; i--)
        {
            var delta = block.Start + memory.Deltas[i];
            var stride = DenseLayer.Stride(layers[i].Outputs);
            if (i > 0)
            {
                kernels.InputGradient(layers[i], new GradientOperands
                {
                    Parameters = block.Start,
                    Delta = delta,
                    DeltaStride = stride,
                    Gradient = block.Start + memory.Deltas[i - 1],
                    Stride = DenseLayer.Stride(layers[i].Inputs),
                    Kept = block.Start + (activations[i - 1].KeepsDerivative ? memory.Derivatives[i - 1] : memory.Outputs[i - 1]),
                    Rows = rows,
                    Previous = activations[i - 1],
                    Scratch = block.Start + memory.Scratch,
                    Zeros = block.Start + memory.Zeros,
                });
            }

            var x = i == 0 ? Input : block.Start + memory.Outputs[i - 1];
            var xStride = DenseLayer.Stride(layers[i].Inputs);
            kernels.WeightGradient(layers[i], x, xStride, delta, stride, rows, updater.Rule, block.Start + memory.Scratch, block.Start + memory.Zeros);
        }

        updater.EndStep();
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

    /// <summary>Sets the column of ones, by which the biases are multiplied.</summary>
    private static void Ones(float* matrix, int width, int rows)
    {
        for (var row = 0; row < rows; row++, matrix += DenseLayer.Stride(width))
        {
            matrix[width] = 1;
        }
    }
}
