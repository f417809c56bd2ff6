namespace ApproxCluster.Trainer;

/// <summary>
/// An update of parameters from a gradient, block by block as the weight gradient comes; elementwise, so blocks may come in any order
/// and size. Constants such as 1 - beta are computed in double and rounded once.
/// </summary>
internal abstract unsafe class UpdateRule(float* parameters, float* first, float* second)
{
    /// <summary>Blocks of state, each of the parameters' size, that a configuration's rule needs: 0 to 2.</summary>
    public static int StateBlocks(OptimizerConfiguration configuration) => configuration.Kind switch
    {
        OptimizerKind.Sgd => configuration.Momentum == 0 ? 0 : 1,
        OptimizerKind.Adam or OptimizerKind.AdamW => 2,
        _ => 1,
    };

    /// <summary>Where whole tiles of the gradient are stored instead of being handed over; null for rules that update.</summary>
    public virtual float* Direct => null;

    /// <summary>The parameter block.</summary>
    protected float* Parameters { get; } = parameters;

    /// <summary>First block of state; the parameters again where there is none.</summary>
    protected float* First { get; } = first == null ? parameters : first;

    /// <summary>Second block of state; the parameters again where there is none.</summary>
    protected float* Second { get; } = second == null ? parameters : second;

    /// <summary>Names what an update from an offset on will touch, so that a product can fetch it ahead.</summary>
    public void Ahead(ref TileOperands product, nint offset)
    {
        product.AheadLines = 24;
        product.AheadStep = 32;
        product.Ahead0 = Parameters + offset;
        product.Ahead1 = First + offset;
        product.Ahead2 = Second + offset;
    }

    /// <summary>Sets the constants of a step.</summary>
    /// <param name="step">1-based number of the step since the trial began.</param>
    /// <param name="learningRate">The rate of this step.</param>
    public abstract void BeginStep(long step, double learningRate);

    /// <summary>Updates count parameters (a multiple of 16) from an offset on.</summary>
    public abstract void Apply(nint offset, float* gradient, int count);
}
