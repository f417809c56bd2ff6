using System.Runtime.CompilerServices;

namespace ApproxCluster.Trainer;

/// <summary>What clipping by global norm needs. Counts are multiples of 16.</summary>
internal static unsafe class NormKernels<TSimd>
    where TSimd : unmanaged, ISimd<TSimd>
{
    private const int Lanes = 16;
    private const int Block = KernelSet.NormBlock;

    /// <summary>
    /// Sum over blocks, in sequence and in double, of sums of squares in float: lane l of 16 sums the elements l, l + 16 ... with fused
    /// multiply-adds, then l and l + 8, l and l + 4, l and l + 2, l and l + 1 are added.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double SumOfSquares(float* values, nint count)
    {
        var lanes = stackalloc float[Lanes];
        var total = 0.0;
        for (nint block = 0; block < count; block += Block)
        {
            var end = Math.Min(block + Block, count);
            for (var lane = 0; lane < Lanes; lane += TSimd.Lanes)
            {
                var sum = TSimd.Broadcast(0f);
                for (var i = block + lane; i < end; i += Lanes)
                {
                    var value = TSimd.Load(values + i);
                    TSimd.FmaTo(ref sum, value, value);
                }

                TSimd.Store(sum, lanes + lane);
            }

            for (var half = Lanes / 2; half > 0; half /= 2)
            {
                for (var lane = 0; lane < half; lane++)
                {
                    lanes[lane] += lanes[lane + half];
                }
            }

            total += lanes[0];
        }

        return total;
    }

    /// <summary>values[i] *= factor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(float* values, float factor, nint count)
    {
        var factors = TSimd.Broadcast(factor);
        for (nint i = 0; i < count; i += TSimd.Lanes)
        {
            TSimd.Store(TSimd.Load(values + i) * factors, values + i);
        }
    }
}
