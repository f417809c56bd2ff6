namespace ApproxCluster.Trainer;

/// <summary>
/// Keeps the gradient in a block of the parameters' layout instead of applying it: the way of a step that needs the whole gradient first. The gradient stands for all three blocks of the rule, so that
/// a product fetches ahead what it is going to store.
/// </summary>
internal sealed unsafe class GradientStore(float* gradient) : UpdateRule(gradient, gradient, gradient)
{
    public override float* Direct => First;

    public override void BeginStep(long step, double learningRate)
    {
    }

    public override void Apply(nint offset, float* gradient, int count) =>
        new ReadOnlySpan<float>(gradient, count).CopyTo(new Span<float>(First + offset, count));
}
