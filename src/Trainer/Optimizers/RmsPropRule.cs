using System.Runtime.CompilerServices;

namespace ApproxCluster.Trainer;

/// <summary>RMSprop (Hinton 2012, lecture 6e): v = beta2 * v + (1 - beta2) * g^2; w = w - rate * g / (sqrt(v) + epsilon).</summary>
internal sealed unsafe class RmsPropRule<TSimd>(OptimizerConfiguration configuration, float* parameters, float* squares)
    : UpdateRule(parameters, squares, null)
    where TSimd : unmanaged, ISimd<TSimd>
{
    private readonly float beta = (float)configuration.Beta2;
    private readonly float gain = (float)(1 - configuration.Beta2);
    private readonly float epsilon = (float)configuration.Epsilon;
    private float negativeRate;

    public override void BeginStep(long step, double learningRate) => negativeRate = (float)-learningRate;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Apply(nint offset, float* gradient, int count)
    {
        var decay = TSimd.Broadcast(beta);
        var fresh = TSimd.Broadcast(gain);
        var rate = TSimd.Broadcast(negativeRate);
        var tiny = TSimd.Broadcast(epsilon);
        var w = Parameters + offset;
        var v = First + offset;
        for (nint i = 0; i < count; i += TSimd.Lanes)
        {
            var g = TSimd.Load(gradient + i);
            var square = Tiny<TSimd>.FlushPositive(TSimd.Fma(decay, TSimd.Load(v + i), fresh * g * g));
            TSimd.Store(square, v + i);
            TSimd.Store(TSimd.Fma(rate, g / (TSimd.Sqrt(square) + tiny), TSimd.Load(w + i)), w + i);
        }
    }
}
