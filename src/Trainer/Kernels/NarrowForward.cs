using System.Runtime.CompilerServices;

namespace ApproxCluster.Trainer;

/// <summary>
/// Forward product of a narrow layer: y[s][o] is the dot product (see <see cref="DotProducts"/>) of a sample, with its constant 1, and the output's row.
/// </summary>
internal static unsafe class NarrowForward<TSimd>
    where TSimd : unmanaged, ISimd<TSimd>
{
    private const int Lanes = 16;

    /// <summary>Computes the sums of all rows, rounded up to 16; only those of real rows are stored.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    public static void Run(in DenseLayer layer, float* parameters, float* x, nint xStride, float* y, nint yStride, int rows)
    {
        var sums = stackalloc float[Lanes];
        for (var row = 0; row < rows; row += Lanes)
        {
            var count = Math.Min(Lanes, rows - row);
            for (var output = 0; output < layer.Outputs; output++)
            {
                var weights = parameters + layer.Offset + (nint)output * layer.RowWidth;
                TSimd.Dots16(x + row * xStride, xStride, weights, layer.RowWidth, sums);
                var to = y + row * yStride + output;
                for (var sample = 0; sample < count; sample++, to += yStride)
                {
                    *to = sums[sample];
                }
            }
        }
    }
}
