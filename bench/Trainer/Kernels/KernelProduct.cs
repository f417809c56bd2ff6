using ApproxCluster.Trainer;

namespace ApproxCluster.Bench.Trainer;

/// <summary>One product of the trainer, through the seam that training goes through; the weight gradient is stored instead of applied.</summary>
internal sealed unsafe class KernelProduct : IDisposable
{
    private readonly KernelShape shape;
    private readonly KernelSet kernels;
    private readonly DenseLayer layer;
    private readonly NativeBlock parameters;
    private readonly NativeBlock gradient;
    private readonly NativeBlock x;
    private readonly NativeBlock delta;
    private readonly NativeBlock result;
    private readonly NativeBlock scratch;
    private readonly UpdateRule rule;

    public KernelProduct(KernelShape shape, KernelSet kernels)
    {
        (this.shape, this.kernels) = (shape, kernels);
        layer = new DenseLayer(shape.Inputs, shape.Outputs, 0);
        var capacity = DenseLayer.Pad(shape.Rows);
        parameters = Fill(layer.End);
        gradient = new NativeBlock(layer.End);
        x = Fill(capacity * DenseLayer.Stride(shape.Inputs));
        delta = Fill(capacity * DenseLayer.Stride(shape.Outputs));
        result = new NativeBlock(capacity * DenseLayer.Stride(Math.Max(shape.Inputs, shape.Outputs)));
        scratch = new NativeBlock(KernelSet.ScratchFloats(shape.Outputs));
        rule = new GradientStore(gradient.Start);
        Run();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var block in new[] { parameters, gradient, x, delta, result, scratch })
        {
            block.Dispose();
        }
    }

    /// <summary>Numbers in [-0.5, 0.5).</summary>
    public static NativeBlock Fill(nint floats)
    {
        var block = new NativeBlock(floats);
        for (nint i = 0; i < floats; i++)
        {
            block.Start[i] = i * 7919 % 1000 / 1000f - 0.5f;
        }

        return block;
    }

    /// <summary>Computes it once.</summary>
    public void Run()
    {
        var (xStride, yStride) = (DenseLayer.Stride(shape.Inputs), DenseLayer.Stride(shape.Outputs));
        switch (shape.Operation)
        {
            case "NN":
                kernels.Forward(layer, parameters.Start, Activation.Linear, x.Start, xStride, result.Start, yStride, null, shape.Rows);
                break;
            case "NT":
                kernels.InputGradient(layer, new GradientOperands
                {
                    Parameters = parameters.Start,
                    Delta = delta.Start,
                    DeltaStride = yStride,
                    Gradient = result.Start,
                    Stride = xStride,
                    Kept = x.Start,
                    Rows = shape.Rows,
                    Previous = Activation.Linear,
                    Scratch = scratch.Start,
                });
                break;
            default:
                kernels.WeightGradient(layer, x.Start, xStride, delta.Start, yStride, shape.Rows, rule, scratch.Start);
                break;
        }
    }
}
