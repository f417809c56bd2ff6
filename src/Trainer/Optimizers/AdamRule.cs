using System.Runtime.CompilerServices;

namespace ApproxCluster.Trainer;

/// <summary>
/// Adam (Kingma and Ba 2015, algorithm 1) in the order of its section 2: with c = sqrt(1 - beta2^t), the corrected step
/// rate * mhat / (sqrt(vhat) + epsilon) equals (rate * c / (1 - beta1^t)) * m / (sqrt(v) + epsilon * c). AdamW (Loshchilov and Hutter 2019, algorithm 2) shrinks the
/// parameter by 1 - rate * decay first; a factor of 1 changes no bit. All factors are computed in double and rounded once.
/// </summary>
internal sealed unsafe class AdamRule<TSimd>(OptimizerConfiguration configuration, float* parameters, float* first, float* second)
    : UpdateRule(parameters, first, second)
    where TSimd : unmanaged, ISimd<TSimd>
{
    private readonly float beta1 = (float)configuration.Beta1;
    private readonly float beta2 = (float)configuration.Beta2;
    private readonly float gain1 = (float)(1 - configuration.Beta1);
    private readonly float gain2 = (float)(1 - configuration.Beta2);
    private readonly double weightDecay = configuration.Kind == OptimizerKind.AdamW ? configuration.WeightDecay : 0;
    private readonly Powers powers1 = new(configuration.Beta1);
    private readonly Powers powers2 = new(configuration.Beta2);
    private float negativeRate;
    private float epsilon;
    private float keep;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void BeginStep(long step, double learningRate)
    {
        var correction = Math.Sqrt(1 - powers2.Raise(step));
        negativeRate = (float)(-learningRate * correction / (1 - powers1.Raise(step)));
        epsilon = (float)(configuration.Epsilon * correction);
        keep = (float)(1 - learningRate * weightDecay);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Apply(nint offset, float* gradient, int count)
    {
        var decay1 = TSimd.Broadcast(beta1);
        var decay2 = TSimd.Broadcast(beta2);
        var new1 = TSimd.Broadcast(gain1);
        var new2 = TSimd.Broadcast(gain2);
        var rate = TSimd.Broadcast(negativeRate);
        var tiny = TSimd.Broadcast(epsilon);
        var shrink = TSimd.Broadcast(keep);
        var w = Parameters + offset;
        var m = First + offset;
        var v = Second + offset;
        for (nint i = 0; i < count; i += TSimd.Lanes)
        {
            var g = TSimd.Load(gradient + i);
            var mean = Tiny<TSimd>.Flush(TSimd.Fma(decay1, TSimd.Load(m + i), new1 * g));
            var square = Tiny<TSimd>.FlushPositive(TSimd.Fma(decay2, TSimd.Load(v + i), new2 * g * g));
            TSimd.Store(mean, m + i);
            TSimd.Store(square, v + i);
            TSimd.Store(TSimd.Fma(rate, mean / (TSimd.Sqrt(square) + tiny), TSimd.Load(w + i) * shrink), w + i);
        }
    }
}
