namespace ApproxCluster.Trainer;

/// <summary>How the left operand of a product lies in memory.</summary>
internal interface IDepth
{
    /// <summary>True when the depth runs over rows of memory (the left operand is transposed), false when it runs along a row.</summary>
    static abstract bool IsRow { get; }

    /// <summary>True when a row consists of several segments, one a panel of weights.</summary>
    static abstract bool IsSegmented { get; }
}

/// <summary>Element (r, k) of the left operand is at r * stride + k: samples times weights.</summary>
internal readonly struct DepthAlongRow : IDepth
{
    public static bool IsRow => false;

    public static bool IsSegmented => false;
}

/// <summary>Element (r, k) of the left operand is at k * stride + r: inputs transposed times deltas, summed over samples.</summary>
internal readonly struct DepthOverRows : IDepth
{
    public static bool IsRow => true;

    public static bool IsSegmented => false;
}

/// <summary>Element (r, 32 s + k) of the left operand is at s * segment stride + 32 r + k: weights in panels times deltas of samples.</summary>
internal readonly struct DepthOverPanels : IDepth
{
    public static bool IsRow => false;

    public static bool IsSegmented => true;
}

/// <summary>Operands of one tile; strides in floats.</summary>
internal unsafe struct TileOperands
{
    /// <summary>Largest depth that products without tiles serve.</summary>
    public const int ShallowDepth = 4;

    /// <summary>First element of the left operand.</summary>
    public float* Left;

    /// <summary>Floats between two rows of memory of the left operand.</summary>
    public nint LeftStride;

    /// <summary>Segments of a row, where the left operand is segmented.</summary>
    public nint Segments;

    /// <summary>Floats between the starts of two segments.</summary>
    public nint SegmentStride;

    /// <summary>First element of the right operand, [depth][columns].</summary>
    public float* Right;

    /// <summary>Floats between two rows of the right operand.</summary>
    public nint RightStride;

    /// <summary>Length of the sums, or of one segment of them.</summary>
    public nint Depth;

    /// <summary>What the sums start from, row by row; null for 0.</summary>
    public float* Initial;

    /// <summary>Floats between two rows of <see cref="Initial"/>; 0 when all rows start alike.</summary>
    public nint InitialStride;

    /// <summary>First element of the result.</summary>
    public float* Result;

    /// <summary>Floats between two rows of the result.</summary>
    public nint ResultStride;

    /// <summary>Floats from the result to the epilogue's other operand.</summary>
    public nint Other;

    /// <summary>The epilogue's constant.</summary>
    public float Constant;

    /// <summary>Lines to fetch ahead during a tile, one a step from each of the following addresses.</summary>
    public nint AheadLines;

    /// <summary>Floats from the two lines fetched at a step to the next two, where the depth runs over rows; else they follow one another.</summary>
    public nint AheadStep;

    /// <summary>Floats from what a tile fetches to what the next one does, where the depth does not run over rows; else they follow one another.</summary>
    public nint AheadNext;

    /// <summary>Parameters that the update after the next tile will touch, or a part of the next right operand.</summary>
    public float* Ahead0;

    /// <summary>State alike.</summary>
    public float* Ahead1;

    /// <summary>State alike.</summary>
    public float* Ahead2;
}
