using System.Runtime.CompilerServices;

namespace ApproxCluster.Trainer;

/// <summary>
/// Activations over a block [rows][width] in place, width a multiple of 16, run while the block is still in the first cache. f' follows
/// from a = f(z), but for the sine: linear 1; ReLU 1 above 0 else 0; leaky ReLU 1 above 0 else slope; tanh 1 - a^2; sigmoid a (1 - a);
/// sine w0 cos(w0 z). At z = 0 the slope is the one from below. NaN passes through all of them.
/// </summary>
internal static unsafe class ActivationKernels<TSimd>
    where TSimd : unmanaged, ISimd<TSimd>
{
    /// <summary>Applies an activation that is not part of the product. The sine's <paramref name="derivative"/> (same stride) takes f'(z) unless it is null.</summary>
    public static void AfterProduct(in Activation activation, float* z, nint stride, int rows, int width, float* derivative)
    {
        switch (activation.Kind)
        {
            case ActivationKind.Tanh:
                Map<TanhEpilogue<TSimd>>(activation.Slope, z, stride, rows, width);
                break;
            case ActivationKind.Sigmoid:
                Map<SigmoidEpilogue<TSimd>>(activation.Slope, z, stride, rows, width);
                break;
            case ActivationKind.Sine:
                Sine(activation.Frequency, z, stride, rows, width, derivative);
                break;
        }
    }

    /// <summary>Applies any activation.</summary>
    public static void Forward(in Activation activation, float* z, nint stride, int rows, int width, float* derivative)
    {
        switch (activation.Kind)
        {
            case ActivationKind.Relu:
                Map<ReluEpilogue<TSimd>>(activation.Slope, z, stride, rows, width);
                break;
            case ActivationKind.LeakyRelu:
                Map<LeakyReluEpilogue<TSimd>>(activation.Slope, z, stride, rows, width);
                break;
            default:
                AfterProduct(activation, z, stride, rows, width, derivative);
                break;
        }
    }

    /// <summary>Two vectors at a time, which share the loads of the function's constants.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Map<TOperation>(float constant, float* z, nint stride, int rows, int width)
        where TOperation : struct, IEpilogue<TSimd>
    {
        var slope = TSimd.Broadcast(constant);
        for (var row = 0; row < rows; row++, z += stride)
        {
            nint column = 0;
            for (; column < width - TSimd.Lanes; column += 2 * TSimd.Lanes)
            {
                var first = TOperation.Apply(TSimd.Load(z + column), slope, slope);
                var second = TOperation.Apply(TSimd.Load(z + column + TSimd.Lanes), slope, slope);
                TSimd.Store(first, z + column);
                TSimd.Store(second, z + column + TSimd.Lanes);
            }

            if (column < width)
            {
                TSimd.Store(TOperation.Apply(TSimd.Load(z + column), slope, slope), z + column);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sine(float frequency, float* z, nint stride, int rows, int width, float* derivative)
    {
        var scale = TSimd.Broadcast(frequency);
        for (var row = 0; row < rows; row++, z += stride)
        {
            for (var column = 0; column < width; column += TSimd.Lanes)
            {
                // The product's rounding error goes along, so that w0 z is as good as exact.
                var argument = TSimd.Load(z + column);
                var product = argument * scale;
                var error = TSimd.Fma(argument, scale, TSimd.Broadcast(0f) - product);
                Elementary<TSimd>.SineCosine(product, error, out var sine, out var cosine);
                TSimd.Store(sine, z + column);
                if (derivative != null)
                {
                    TSimd.Store(scale * cosine, derivative + column);
                }
            }

            if (derivative != null)
            {
                derivative += stride;
            }
        }
    }
}
