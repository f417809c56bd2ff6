namespace ApproxCluster.Trainer;

/// <summary>What the input gradient of a layer is computed from. Every matrix of samples has room for rows rounded up to 16.</summary>
internal unsafe struct GradientOperands
{
    /// <summary>The parameter block.</summary>
    public float* Parameters;

    /// <summary>Gradient of the loss with respect to the layer's sums, [rows][delta stride]; padding is 0.</summary>
    public float* Delta;

    /// <summary>Floats between two samples of <see cref="Delta"/>.</summary>
    public nint DeltaStride;

    /// <summary>Result: gradient with respect to the previous layer's sums, [rows][stride], over the padded inputs.</summary>
    public float* Gradient;

    /// <summary>Floats between two samples of <see cref="Gradient"/> and <see cref="Kept"/>.</summary>
    public nint Stride;

    /// <summary>What the derivative of the previous activation follows from: its results, or the derivative itself for the sine.</summary>
    public float* Kept;

    /// <summary>Samples.</summary>
    public int Rows;

    /// <summary>Activation of the previous layer.</summary>
    public Activation Previous;

    /// <summary>Scratch memory.</summary>
    public float* Scratch;
}
