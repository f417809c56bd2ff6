using System.Runtime.CompilerServices;

namespace ApproxCluster.Trainer;

/// <summary>
/// m = momentum * m + g; w = w - rate * m (Polyak's heavy ball as most libraries have it). With Nesterov's look-ahead (Sutskever et al.
/// 2013, in the form of the same libraries) w = w - rate * (g + momentum * m).
/// </summary>
internal sealed unsafe class MomentumRule<TSimd>(OptimizerConfiguration configuration, float* parameters, float* moments)
    : UpdateRule(parameters, moments, null)
    where TSimd : unmanaged, ISimd<TSimd>
{
    private readonly float decay = (float)configuration.Momentum;
    private float negativeRate;

    public override void BeginStep(long step, double learningRate) => negativeRate = (float)-learningRate;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Apply(nint offset, float* gradient, int count)
    {
        var rate = TSimd.Broadcast(negativeRate);
        var momentum = TSimd.Broadcast(decay);
        var w = Parameters + offset;
        var m = First + offset;
        for (nint i = 0; i < count; i += TSimd.Lanes)
        {
            var g = TSimd.Load(gradient + i);
            var moment = Tiny<TSimd>.Flush(TSimd.Fma(momentum, TSimd.Load(m + i), g));
            TSimd.Store(moment, m + i);
            var direction = configuration.Nesterov ? TSimd.Fma(momentum, moment, g) : moment;
            TSimd.Store(TSimd.Fma(rate, direction, TSimd.Load(w + i)), w + i);
        }
    }
}
