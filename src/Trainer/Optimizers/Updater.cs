using System.Runtime.CompilerServices;

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
        Rule = clipNorm > 0 ? new GradientStore(gradient) : final;
    }

    /// <summary>What takes the gradient.</summary>
    public UpdateRule Rule { get; }

    /// <summary>Whether the gradient is kept and applied at the end of the step, when its norm is known.</summary>
    public bool NeedsNorm => clipNorm > 0;

    /// <summary>Blocks of the gradient, each with its own part in the norm; 0 where there is no norm.</summary>
    public int Blocks => NeedsNorm ? (int)((count + KernelSet.NormBlock - 1) / KernelSet.NormBlock) : 0;

    /// <summary>Sets the constants of a step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void BeginStep(long step, double learningRate) => final.BeginStep(step, learningRate);

    /// <summary>Applies what has not been applied. A norm that is not a number changes nothing: the gradient makes the trial diverge by itself.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void EndStep()
    {
        if (clipNorm == 0)
        {
            return;
        }

        var factor = Factor(kernels.SumOfSquares(gradient, count));
        Apply(0, (int)count, factor);
    }

    /// <summary>Sum of squares of one block of the gradient.</summary>
    public double SumOfSquares(int block) => kernels.SumOfSquares(gradient + (nint)block * KernelSet.NormBlock, Length(block));

    /// <summary>What the gradient is multiplied with, from the sum of its squares.</summary>
    public float Factor(double sumOfSquares)
    {
        var norm = Math.Sqrt(sumOfSquares);
        return norm > clipNorm ? (float)(clipNorm / norm) : 1;
    }

    /// <summary>Applies one block of the gradient.</summary>
    public void Apply(int block, float factor) => Apply((nint)block * KernelSet.NormBlock, Length(block), factor);

    private int Length(int block) => (int)Math.Min(KernelSet.NormBlock, count - (nint)block * KernelSet.NormBlock);

    private void Apply(nint offset, int length, float factor)
    {
        if (factor != 1)
        {
            kernels.Multiply(gradient + offset, factor, length);
        }

        final.Apply(offset, gradient + offset, length);
    }
}
