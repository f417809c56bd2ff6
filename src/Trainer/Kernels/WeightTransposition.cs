using System.Runtime.CompilerServices;

namespace ApproxCluster.Trainer;

/// <summary>Transposes the weights of some inputs, block by block in registers.</summary>
internal static unsafe class WeightTransposition<TSimd>
    where TSimd : unmanaged, ISimd<TSimd>
{
    private const int Side = 16;
    private const int PanelsAhead = 2;

    /// <summary>Lays the weights of 32 (or 16) inputs out as [outputs][inputs]; inputs that do not exist become 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(in DenseLayer layer, float* parameters, int firstInput, int width, float* result)
    {
        for (var column = 0; column < layer.Columns; column += DenseLayer.PanelWidth)
        {
            var panelWidth = layer.PanelColumns(column);
            var ahead = column + PanelsAhead * DenseLayer.PanelWidth;
            if (ahead < layer.Columns)
            {
                Fetch(parameters + layer.PanelOffset(ahead) + (nint)firstInput * DenseLayer.PanelWidth, width * DenseLayer.PanelWidth);
            }

            for (var input = firstInput; input < firstInput + width; input += Side)
            {
                var panel = parameters + layer.PanelOffset(column) + (nint)input * panelWidth;
                for (var part = 0; part < panelWidth; part += Side)
                {
                    var to = result + (nint)(column + part) * width + (input - firstInput);
                    if (input + Side <= layer.Inputs)
                    {
                        TSimd.Transpose16(panel + part, panelWidth, to, width);
                    }
                    else
                    {
                        Edge(panel + part, panelWidth, layer.Inputs - input, to, width);
                    }
                }
            }
        }
    }

    /// <summary>Asks for the next panel's rows: panels lie too far apart for the processor to guess. The last rows may not exist, which harms nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Fetch(float* rows, int count)
    {
        for (var i = 0; i < count; i += Side)
        {
            TSimd.Prefetch(rows + i);
        }
    }

    private static void Edge(float* from, int stride, int rows, float* to, int toStride)
    {
        var block = stackalloc float[Side * Side];
        new Span<float>(block, Side * Side).Clear();
        for (var row = 0; row < rows; row++)
        {
            new ReadOnlySpan<float>(from + row * stride, Side).CopyTo(new Span<float>(block + row * Side, Side));
        }

        TSimd.Transpose16(block, Side, to, toStride);
    }
}
