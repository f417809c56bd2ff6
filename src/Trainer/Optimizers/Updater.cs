namespace ApproxCluster.Trainer;

/// <summary>
/// A step's update: fused with the weight gradient, or, where the gradient's norm over all parameters has to be known first, after it. The norm is the root of a sum
/// in double of sums of squares over 4096 parameters each, which have 16 virtual lanes and a fixed tree.
/// </summary>
internal sealed unsafe class Updater
{
    private readonly KernelSet kernels;
    private readonly UpdateRule final;
    private readonly float* gradient;
    private readonly nint count;
    private readonly double clipNorm;

    public Updater(KernelSet kernels, OptimizerConfiguration configuration, TrialMemory memory, float* block)
    {
        var second = block + memory.State + (UpdateRule.StateBlocks(configuration) > 1 ? memory.ParameterFloats : 0);
        (this.kernels, count, clipNorm) = (kernels, memory.ParameterFloats, configuration.ClipNorm);
        gradient = block + memory.Gradient;
        final = kernels.CreateRule(configuration, block, block + memory.State, second);
        Rule = clipNorm > 0 ? new GradientStore(block, gradient) : final;
    }

    /// <summary>What takes the gradient.</summary>
    public UpdateRule Rule { get; }

    /// <summary>Sets the constants of a step.</summary>
    public void BeginStep(long step, double learningRate) => final.BeginStep(step, learningRate);

    /// <summary>Applies what has not been applied. A norm that is not a number changes nothing: the gradient makes the trial diverge by itself.</summary>
    public void EndStep()
    {
        if (clipNorm == 0)
        {
            return;
        }

        var norm = Math.Sqrt(kernels.SumOfSquares(gradient, count));
        if (norm > clipNorm)
        {
            kernels.Multiply(gradient, (float)(clipNorm / norm), count);
        }

        final.Apply(0, gradient, (int)count);
    }
}
