using System.Runtime.CompilerServices;

namespace ApproxCluster.Trainer;

/// <summary>An activation with its constants in the precision of the kernels.</summary>
/// <param name="Kind">The activation.</param>
/// <param name="Slope">Leaky ReLU's slope below 0.</param>
/// <param name="Frequency">Sine's frequency.</param>
internal readonly record struct Activation(ActivationKind Kind, float Slope, float Frequency)
{
    /// <summary>Rounds the constants of a configuration once.</summary>
    public static Activation From(ActivationConfiguration configuration) =>
        new(configuration.Kind, (float)configuration.Slope, (float)configuration.Frequency);

    /// <summary>The output layer's.</summary>
    public static Activation Linear => new(ActivationKind.Linear, 0, 0);

    /// <summary>Whether the derivative follows from z only, so that the forward pass has to keep it.</summary>
    public bool KeepsDerivative => Kind == ActivationKind.Sine;
}

/// <summary>
/// Activations over a block [rows][width] in place, width a multiple of 16: the epilogues of the forward product (z to f(z)) and of the
/// input gradient (d to d * f'(z)), run while the block is still in the first cache. f' follows from a = f(z), but for the sine:
/// linear 1; ReLU 1 above 0 else 0; leaky ReLU 1 above 0 else slope; tanh 1 - a^2; sigmoid a (1 - a); sine w0 cos(w0 z). At z = 0 the
/// slope is the one from below. NaN passes through all of them.
/// </summary>
internal static unsafe class ActivationKernels<TSimd>
    where TSimd : unmanaged, ISimd<TSimd>
{
    /// <summary>Applies the activation. For the sine, <paramref name="derivative"/> (same stride) takes f'(z) unless it is null.</summary>
    public static void Forward(in Activation activation, float* z, nint stride, int rows, int width, float* derivative)
    {
        switch (activation.Kind)
        {
            case ActivationKind.Relu:
                Map<ReluOperation>(activation.Slope, z, stride, rows, width);
                break;
            case ActivationKind.LeakyRelu:
                Map<LeakyReluOperation>(activation.Slope, z, stride, rows, width);
                break;
            case ActivationKind.Tanh:
                Map<TanhOperation>(activation.Slope, z, stride, rows, width);
                break;
            case ActivationKind.Sigmoid:
                Map<SigmoidOperation>(activation.Slope, z, stride, rows, width);
                break;
            case ActivationKind.Sine:
                Sine(activation.Frequency, z, stride, rows, width, derivative);
                break;
        }
    }

    /// <summary>Multiplies the gradient by f'(z), given a = f(z), or the kept derivative for the sine.</summary>
    public static void Backward(
        in Activation activation, float* gradient, nint stride, float* a, float* derivative, nint aStride, int rows, int width)
    {
        switch (activation.Kind)
        {
            case ActivationKind.Relu:
                MapGradient<ReluOperation>(activation.Slope, gradient, stride, a, aStride, rows, width);
                break;
            case ActivationKind.LeakyRelu:
                MapGradient<LeakyReluOperation>(activation.Slope, gradient, stride, a, aStride, rows, width);
                break;
            case ActivationKind.Tanh:
                MapGradient<TanhOperation>(activation.Slope, gradient, stride, a, aStride, rows, width);
                break;
            case ActivationKind.Sigmoid:
                MapGradient<SigmoidOperation>(activation.Slope, gradient, stride, a, aStride, rows, width);
                break;
            case ActivationKind.Sine:
                MapGradient<KeptOperation>(activation.Slope, gradient, stride, derivative, aStride, rows, width);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Map<TOperation>(float constant, float* z, nint stride, int rows, int width)
        where TOperation : struct, IOperation
    {
        var slope = TSimd.Broadcast(constant);
        for (var row = 0; row < rows; row++, z += stride)
        {
            for (var column = 0; column < width; column += TSimd.Lanes)
            {
                TSimd.Store(TOperation.Value(TSimd.Load(z + column), slope), z + column);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MapGradient<TOperation>(float constant, float* gradient, nint stride, float* a, nint aStride, int rows, int width)
        where TOperation : struct, IOperation
    {
        var slope = TSimd.Broadcast(constant);
        for (var row = 0; row < rows; row++, gradient += stride, a += aStride)
        {
            for (var column = 0; column < width; column += TSimd.Lanes)
            {
                var upstream = TSimd.Load(gradient + column);
                TSimd.Store(TOperation.Gradient(upstream, TSimd.Load(a + column), slope), gradient + column);
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

    private interface IOperation
    {
        static abstract TSimd Value(TSimd z, TSimd slope);

        static abstract TSimd Gradient(TSimd upstream, TSimd a, TSimd slope);
    }

    private readonly struct ReluOperation : IOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TSimd Value(TSimd z, TSimd slope)
        {
            var zero = TSimd.Broadcast(0f);
            return TSimd.Select(TSimd.AtMost(z, zero), zero, z);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TSimd Gradient(TSimd upstream, TSimd a, TSimd slope)
        {
            var zero = TSimd.Broadcast(0f);
            return TSimd.Select(TSimd.AtMost(a, zero), zero, upstream);
        }
    }

    private readonly struct LeakyReluOperation : IOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TSimd Value(TSimd z, TSimd slope) => TSimd.Select(TSimd.AtMost(z, TSimd.Broadcast(0f)), z * slope, z);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TSimd Gradient(TSimd upstream, TSimd a, TSimd slope) =>
            TSimd.Select(TSimd.AtMost(a, TSimd.Broadcast(0f)), upstream * slope, upstream);
    }

    private readonly struct TanhOperation : IOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TSimd Value(TSimd z, TSimd slope) => Elementary<TSimd>.Tanh(z);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TSimd Gradient(TSimd upstream, TSimd a, TSimd slope) =>
            upstream * TSimd.Fma(TSimd.Broadcast(0f) - a, a, TSimd.Broadcast(1f));
    }

    private readonly struct SigmoidOperation : IOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TSimd Value(TSimd z, TSimd slope) => Elementary<TSimd>.Sigmoid(z);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TSimd Gradient(TSimd upstream, TSimd a, TSimd slope) => upstream * (a * (TSimd.Broadcast(1f) - a));
    }

    /// <summary>The derivative was kept by the forward pass.</summary>
    private readonly struct KeptOperation : IOperation
    {
        public static TSimd Value(TSimd z, TSimd slope) => z;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TSimd Gradient(TSimd upstream, TSimd a, TSimd slope) => upstream * a;
    }
}
