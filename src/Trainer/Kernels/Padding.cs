using System.Runtime.CompilerServices;

namespace ApproxCluster.Trainer;

/// <summary>The columns between a matrix's width and its padded width.</summary>
internal static unsafe class Padding<TSimd>
    where TSimd : unmanaged, ISimd<TSimd>
{
    /// <summary>Writes a value into the column after the last and 0 from there to the end of its 16 columns, in every row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Write(float* matrix, nint stride, int rows, int width, float value)
    {
        // Keep the bits of the columns before, add those of the value.
        var first = width & ~15;
        var keep = stackalloc int[16];
        var add = stackalloc float[16];
        for (var lane = 0; lane < 16; lane++)
        {
            keep[lane] = lane < width - first ? -1 : 0;
            add[lane] = lane == width - first ? value : 0;
        }

        for (var lane = 0; lane < 16; lane += TSimd.Lanes)
        {
            var mask = TSimd.Load((float*)keep + lane);
            var bits = TSimd.Load(add + lane);
            var at = matrix + first + lane;
            for (var row = 0; row < rows; row++, at += stride)
            {
                TSimd.Store((TSimd.Load(at) & mask) | bits, at);
            }
        }
    }
}
