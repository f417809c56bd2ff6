namespace ApproxCluster.Trainer;

/// <summary>
/// Where a dense layer's numbers lie within the parameter block. Weights stand in panels of 32 output columns, each panel
/// [inputs][32] and contiguous; the last panel is 16 wide when that suffices. Biases follow, padded to the same number of columns.
/// Padding is 0 and stays 0: its gradient is 0 and every update rule maps 0 to 0. Optimizer state has the same layout.
/// </summary>
internal readonly struct DenseLayer
{
    /// <summary>Columns of a full panel.</summary>
    public const int PanelWidth = 32;

    /// <summary>Places a layer at an offset, in floats, of the parameter block.</summary>
    public DenseLayer(int inputs, int outputs, nint offset)
    {
        Inputs = inputs;
        Outputs = outputs;
        Offset = offset;
    }

    /// <summary>Inputs of the layer.</summary>
    public int Inputs { get; }

    /// <summary>Outputs of the layer.</summary>
    public int Outputs { get; }

    /// <summary>Offset of the first panel in floats.</summary>
    public nint Offset { get; }

    /// <summary>Outputs, rounded up to a multiple of 16.</summary>
    public int Columns => Pad(Outputs);

    /// <summary>Offset of the biases in floats.</summary>
    public nint BiasOffset => Offset + (nint)Inputs * Columns;

    /// <summary>First float after the layer.</summary>
    public nint End => BiasOffset + Columns;

    /// <summary>Rounds a width up to a multiple of 16, the widest vector.</summary>
    public static int Pad(int width) => (width + 15) & ~15;

    /// <summary>Floats between two rows of a matrix of this width: padded, and 16 more so that rows do not fall on the same cache sets.</summary>
    public static nint Stride(int width) => Pad(width) + 16;

    /// <summary>Width of the panel that begins at a column: 32 or 16.</summary>
    public int PanelColumns(int column) => Math.Min(PanelWidth, Columns - column);

    /// <summary>Offset of a panel that begins at a column.</summary>
    public nint PanelOffset(int column) => Offset + (nint)Inputs * column;

    /// <summary>Offset of the weight from an input to an output.</summary>
    public nint WeightOffset(int input, int output)
    {
        var panel = output & ~(PanelWidth - 1);
        return PanelOffset(panel) + (nint)input * PanelColumns(panel) + (output - panel);
    }
}
