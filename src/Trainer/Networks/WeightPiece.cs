namespace ApproxCluster.Trainer;

/// <summary>
/// Some inputs and panels of a layer, whose gradient and update one thread does by itself. As a product sums over samples only, each weight meets the same operations
/// in whatever piece it lies.
/// </summary>
/// <param name="Layer">Number of the layer.</param>
/// <param name="Input">First input.</param>
/// <param name="Inputs">Inputs, the constant 1 of the biases among them; the first and the end are multiples of <see cref="ChunkInputs"/> but for the layer's end.</param>
/// <param name="Column">First column, a panel's.</param>
/// <param name="EndColumn">Column after the last.</param>
internal readonly record struct WeightPiece(int Layer, int Input, int Inputs, int Column, int EndColumn)
{
    /// <summary>Inputs that the weight gradient takes at a time: a multiple of every tile's height, so a cut there cuts no tile.</summary>
    private const int ChunkInputs = 96;

    /// <summary>Most weights of a piece: some 10 microseconds of a batch of 128.</summary>
    private const int MostWeights = 1 << 14;

    /// <summary>Cuts a network into pieces, about 8 a thread where that does not make them smaller than 96 inputs of a panel. A narrow layer is one piece.</summary>
    public static WeightPiece[] Cut(IReadOnlyList<DenseLayer> layers, int threads)
    {
        var pieces = new List<WeightPiece>();
        var most = Math.Min(MostWeights, layers.Sum(layer => (long)(layer.Inputs + 1) * layer.Outputs) / (8 * threads));
        var columns = Math.Max(1, (int)(most / (ChunkInputs * DenseLayer.PanelWidth))) * DenseLayer.PanelWidth;
        for (var i = 0; i < layers.Count; i++)
        {
            var layer = layers[i];
            if (layer.IsNarrow)
            {
                pieces.Add(new WeightPiece(i, 0, layer.Inputs + 1, 0, layer.Columns));
                continue;
            }

            for (var input = 0; input <= layer.Inputs; input += ChunkInputs)
            {
                for (var column = 0; column < layer.Columns; column += columns)
                {
                    pieces.Add(new WeightPiece(i, input, Math.Min(ChunkInputs, layer.Inputs + 1 - input), column, Math.Min(column + columns, layer.Columns)));
                }
            }
        }

        return [.. pieces];
    }

    /// <summary>The part of a panel that lies in the piece is contiguous and looks like a layer of its own, the last of its inputs in the place of the biases.</summary>
    public DenseLayer Panel(in DenseLayer layer, int column)
    {
        var width = layer.PanelColumns(column);
        return new DenseLayer(Inputs - 1, width, layer.PanelOffset(column) + (nint)Input * width);
    }
}
