using System.Runtime.CompilerServices;

namespace ApproxCluster.Trainer;

/// <summary>w = w - rate * g, one rounding.</summary>
internal sealed unsafe class SgdRule<TSimd>(float* parameters) : UpdateRule
    where TSimd : unmanaged, ISimd<TSimd>
{
    private float negativeRate;

    public override void BeginStep(long step, double learningRate) => negativeRate = (float)-learningRate;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Apply(nint offset, float* gradient, int count)
    {
        var rate = TSimd.Broadcast(negativeRate);
        var w = parameters + offset;
        for (nint i = 0; i < count; i += TSimd.Lanes)
        {
            TSimd.Store(TSimd.Fma(rate, TSimd.Load(gradient + i), TSimd.Load(w + i)), w + i);
        }
    }
}

/// <summary>m = momentum * m + g; w = w - rate * m (Polyak's heavy ball as most libraries have it).</summary>
internal sealed unsafe class MomentumRule<TSimd>(OptimizerConfiguration configuration, float* parameters, float* moments) : UpdateRule
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
        var w = parameters + offset;
        var m = moments + offset;
        for (nint i = 0; i < count; i += TSimd.Lanes)
        {
            var moment = TSimd.Fma(momentum, TSimd.Load(m + i), TSimd.Load(gradient + i));
            TSimd.Store(moment, m + i);
            TSimd.Store(TSimd.Fma(rate, moment, TSimd.Load(w + i)), w + i);
        }
    }
}
