namespace ApproxCluster.Trainer;

/// <summary>What the features of a batch are computed from; no array needs padding.</summary>
internal unsafe struct EncodingOperands
{
    /// <summary>The encoding.</summary>
    public EncodingKind Kind;

    /// <summary>Its order K.</summary>
    public int Order;

    /// <summary>Raw inputs of a sample.</summary>
    public int Inputs;

    /// <summary>Raw inputs, [samples][inputs].</summary>
    public float* X;

    /// <summary>Numbers of the samples, or null for the first rows of <see cref="X"/>.</summary>
    public int* Picked;

    /// <summary>Samples to encode.</summary>
    public int Rows;

    /// <summary>What is subtracted, one an input.</summary>
    public float* Center;

    /// <summary>What the difference is multiplied with, one an input.</summary>
    public float* Scale;

    /// <summary>Frequency of each wave, [order][inputs], padded to 16.</summary>
    public float* Frequencies;

    /// <summary>Result, [rows][stride]; nothing beyond the features is written.</summary>
    public float* Features;

    /// <summary>Floats between two rows of the result.</summary>
    public nint Stride;
}
