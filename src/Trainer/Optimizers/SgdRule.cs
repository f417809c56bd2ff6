using System.Runtime.CompilerServices;

namespace ApproxCluster.Trainer;

/// <summary>w = w - rate * g, one rounding.</summary>
internal sealed unsafe class SgdRule<TSimd>(float* parameters) : UpdateRule(parameters, null, null)
    where TSimd : unmanaged, ISimd<TSimd>
{
    private float negativeRate;

    public override void BeginStep(long step, double learningRate) => negativeRate = (float)-learningRate;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Apply(nint offset, float* gradient, int count)
    {
        var rate = TSimd.Broadcast(negativeRate);
        var w = Parameters + offset;
        for (nint i = 0; i < count; i += TSimd.Lanes)
        {
            TSimd.Store(TSimd.Fma(rate, TSimd.Load(gradient + i), TSimd.Load(w + i)), w + i);
        }
    }
}
