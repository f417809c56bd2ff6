using System.Runtime.CompilerServices;

namespace ApproxCluster.Trainer;

/// <summary>
/// Elementwise parts of the encodings. Arrays need no padding: the last elements run through a full vector of copies, so each element
/// meets the same operations whatever the width.
/// </summary>
internal static unsafe class EncodingKernels<TSimd>
    where TSimd : unmanaged, ISimd<TSimd>
{
    /// <summary>result[i] = (x[i] - center[i]) * scale[i], rounded after each operation.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scale(float* x, float* center, float* scale, float* result, int count)
    {
        var i = 0;
        for (; i <= count - TSimd.Lanes; i += TSimd.Lanes)
        {
            TSimd.Store((TSimd.Load(x + i) - TSimd.Load(center + i)) * TSimd.Load(scale + i), result + i);
        }

        for (; i < count; i++)
        {
            result[i] = (x[i] - center[i]) * scale[i];
        }
    }

    /// <summary>sin and cos of frequency[i] * x[i]; the product's rounding error is carried along.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fourier(float* frequency, float* x, float* sines, float* cosines, int count)
    {
        var i = 0;
        for (; i <= count - TSimd.Lanes; i += TSimd.Lanes)
        {
            SineCosine(frequency + i, x + i, sines + i, cosines + i);
        }

        if (i == count)
        {
            return;
        }

        var edge = stackalloc float[4 * 16];
        var rest = count - i;
        for (var lane = 0; lane < 16; lane++)
        {
            edge[lane] = lane < rest ? frequency[i + lane] : 0;
            edge[16 + lane] = lane < rest ? x[i + lane] : 0;
        }

        SineCosine(edge, edge + 16, edge + 32, edge + 48);
        for (var lane = 0; lane < rest; lane++)
        {
            sines[i + lane] = edge[32 + lane];
            cosines[i + lane] = edge[48 + lane];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SineCosine(float* frequency, float* x, float* sines, float* cosines)
    {
        var n = TSimd.Load(frequency);
        var argument = TSimd.Load(x);
        var product = n * argument;
        var error = TSimd.Fma(n, argument, TSimd.Broadcast(0f) - product);
        Elementary<TSimd>.SineCosine(product, error, out var sine, out var cosine);
        TSimd.Store(sine, sines);
        TSimd.Store(cosine, cosines);
    }
}
