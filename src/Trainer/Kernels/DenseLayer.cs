namespace ApproxCluster.Trainer;

/// <summary>
/// Where a dense layer's numbers lie within the parameter block; optimizer state has the same layout.
/// Usual layers: panels of 32 output columns, each [inputs + 1][32] and contiguous, the last row being the biases; the last panel is 16
/// wide when that suffices. So a panel is the packed right operand of the forward product as it stands.
/// Narrow layers (up to <see cref="NarrowOutputs"/> outputs): one row for each output, [inputs + 1] padded to 16, bias last.
/// The bias is the weight of an input that is always 1. Padding is 0 and stays 0: its gradient is 0 and every update rule maps 0 to 0.
/// </summary>
internal readonly struct DenseLayer
{
    /// <summary>Columns of a full panel.</summary>
    public const int PanelWidth = 32;

    /// <summary>Most outputs of a narrow layer.</summary>
    public const int NarrowOutputs = 8;

    /// <summary>Weights of a layer from which on they do not stay in the second cache beside its samples, so that products fetch them ahead.</summary>
    public const int ResidentFloats = 1 << 16;

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

    /// <summary>Offset of the first weight in floats.</summary>
    public nint Offset { get; }

    /// <summary>Whether the layer has a row for each output instead of panels.</summary>
    public bool IsNarrow => Outputs <= NarrowOutputs;

    /// <summary>Outputs, rounded up to a multiple of 16.</summary>
    public int Columns => Pad(Outputs);

    /// <summary>Floats of a narrow layer's row.</summary>
    public int RowWidth => Pad(Inputs + 1);

    /// <summary>First float after the layer.</summary>
    public nint End => Offset + (IsNarrow ? (nint)Outputs * RowWidth : (nint)(Inputs + 1) * Columns);

    /// <summary>Rounds a width up to a multiple of 16, the widest vector.</summary>
    public static int Pad(int width) => (width + 15) & ~15;

    /// <summary>
    /// Floats between two rows of a matrix of this width: padded, and 16 more, which hold the constant 1 that the biases are multiplied
    /// with and keep rows from falling on the same cache sets.
    /// </summary>
    public static nint Stride(int width) => Pad(width) + 16;

    /// <summary>Width of the panel that begins at a column: 32 or 16.</summary>
    public int PanelColumns(int column) => Math.Min(PanelWidth, Columns - column);

    /// <summary>Offset of a panel that begins at a column.</summary>
    public nint PanelOffset(int column) => Offset + (nint)(Inputs + 1) * column;

    /// <summary>Offset of the weight from an input to an output.</summary>
    public nint WeightOffset(int input, int output)
    {
        if (IsNarrow)
        {
            return Offset + (nint)output * RowWidth + input;
        }

        var panel = output & ~(PanelWidth - 1);
        return PanelOffset(panel) + (nint)input * PanelColumns(panel) + (output - panel);
    }

    /// <summary>Offset of an output's bias.</summary>
    public nint BiasOffset(int output) => WeightOffset(Inputs, output);
}
