namespace ApproxCluster.Trainer;

/// <summary>How the left operand of a product lies in memory.</summary>
internal interface IDepth
{
    /// <summary>True when the depth runs over rows of memory (the left operand is transposed), false when it runs along a row.</summary>
    static abstract bool IsRow { get; }
}

/// <summary>Element (r, k) of the left operand is at r * stride + k: samples times weights.</summary>
internal readonly struct DepthAlongRow : IDepth
{
    public static bool IsRow => false;
}

/// <summary>Element (r, k) of the left operand is at k * stride + r: inputs transposed times deltas, summed over samples.</summary>
internal readonly struct DepthOverRows : IDepth
{
    public static bool IsRow => true;
}

/// <summary>Operands of one tile; strides in floats.</summary>
internal unsafe struct TileOperands
{
    /// <summary>First element of the left operand.</summary>
    public float* Left;

    /// <summary>Floats between two rows of memory of the left operand.</summary>
    public nint LeftStride;

    /// <summary>First element of the right operand, [depth][columns].</summary>
    public float* Right;

    /// <summary>Floats between two rows of the right operand.</summary>
    public nint RightStride;

    /// <summary>Length of the sums.</summary>
    public nint Depth;

    /// <summary>What the sums start from, row by row.</summary>
    public float* Initial;

    /// <summary>Floats between two rows of <see cref="Initial"/>; 0 when all rows start alike.</summary>
    public nint InitialStride;

    /// <summary>First element of the result.</summary>
    public float* Result;

    /// <summary>Floats between two rows of the result.</summary>
    public nint ResultStride;
}
