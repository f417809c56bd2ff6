using System.Runtime.CompilerServices;

namespace ApproxCluster.Trainer;

/// <summary>
/// gradient[i] = x[0][i] delta[0] + x[1][i] delta[1] + ... over the samples in sequence, for one output of a narrow layer: the operations of a tile, but none for
/// rows that are not there. Up to 12 vectors of inputs stay in registers, as each sum waits 4 cycles for the one before.
/// </summary>
internal static unsafe class RowGradient<TSimd>
    where TSimd : unmanaged, ISimd<TSimd>
{
    /// <summary>Outputs up to which this takes less time than tiles of 4 rows.</summary>
    public const int MostOutputs = 3;

    private const int MostVectors = 12;

    /// <summary>Computes so many columns, a multiple of 16, of the gradient.</summary>
    public static void Run(float* x, nint xStride, float* delta, nint deltaStride, int samples, float* gradient, int columns)
    {
        var left = columns / TSimd.Lanes;
        for (var strips = (left + MostVectors - 1) / MostVectors; strips > 0; strips--)
        {
            var vectors = left / strips;
            Strip(x, xStride, delta, deltaStride, samples, gradient, vectors);
            x += vectors * TSimd.Lanes;
            gradient += vectors * TSimd.Lanes;
            left -= vectors;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Strip(float* x, nint xStride, float* delta, nint deltaStride, int samples, float* gradient, int vectors)
    {
        var c0 = TSimd.Broadcast(0f);
        var (c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11) = (c0, c0, c0, c0, c0, c0, c0, c0, c0, c0, c0);
        for (; samples > 0; samples--, x += xStride, delta += deltaStride)
        {
            var d = TSimd.Broadcast(*delta);
            TSimd.FmaTo(ref c0, d, TSimd.Load(x));
            do
            {
                if (vectors == 1)
                {
                    break;
                }

                TSimd.FmaTo(ref c1, d, TSimd.Load(x + TSimd.Lanes));
                if (vectors == 2)
                {
                    break;
                }

                TSimd.FmaTo(ref c2, d, TSimd.Load(x + 2 * TSimd.Lanes));
                if (vectors == 3)
                {
                    break;
                }

                TSimd.FmaTo(ref c3, d, TSimd.Load(x + 3 * TSimd.Lanes));
                if (vectors == 4)
                {
                    break;
                }

                TSimd.FmaTo(ref c4, d, TSimd.Load(x + 4 * TSimd.Lanes));
                if (vectors == 5)
                {
                    break;
                }

                TSimd.FmaTo(ref c5, d, TSimd.Load(x + 5 * TSimd.Lanes));
                if (vectors == 6)
                {
                    break;
                }

                TSimd.FmaTo(ref c6, d, TSimd.Load(x + 6 * TSimd.Lanes));
                if (vectors == 7)
                {
                    break;
                }

                TSimd.FmaTo(ref c7, d, TSimd.Load(x + 7 * TSimd.Lanes));
                if (vectors == 8)
                {
                    break;
                }

                TSimd.FmaTo(ref c8, d, TSimd.Load(x + 8 * TSimd.Lanes));
                if (vectors == 9)
                {
                    break;
                }

                TSimd.FmaTo(ref c9, d, TSimd.Load(x + 9 * TSimd.Lanes));
                if (vectors == 10)
                {
                    break;
                }

                TSimd.FmaTo(ref c10, d, TSimd.Load(x + 10 * TSimd.Lanes));
                if (vectors == 11)
                {
                    break;
                }

                TSimd.FmaTo(ref c11, d, TSimd.Load(x + 11 * TSimd.Lanes));
            }
            while (false);
        }

        Store(c0, gradient, 0, vectors);
        Store(c1, gradient, 1, vectors);
        Store(c2, gradient, 2, vectors);
        Store(c3, gradient, 3, vectors);
        Store(c4, gradient, 4, vectors);
        Store(c5, gradient, 5, vectors);
        Store(c6, gradient, 6, vectors);
        Store(c7, gradient, 7, vectors);
        Store(c8, gradient, 8, vectors);
        Store(c9, gradient, 9, vectors);
        Store(c10, gradient, 10, vectors);
        Store(c11, gradient, 11, vectors);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(TSimd sum, float* gradient, int vector, int vectors)
    {
        if (vector < vectors)
        {
            TSimd.Store(sum, gradient + vector * TSimd.Lanes);
        }
    }
}
