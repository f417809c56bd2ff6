namespace ApproxCluster.Trainer;

/// <summary>A target without files: each split is drawn from its own stream of the seed.</summary>
/// <param name="shape">Sizes and kinds.</param>
/// <param name="scaler">The scaler that suits it.</param>
/// <param name="seed">Seed of the draws.</param>
/// <param name="draw">Draws a split of <c>count</c> samples.</param>
internal sealed class DrawnTarget(TargetShape shape, ScalerKind scaler, ulong seed, Func<TargetSplit, int, Draws, Samples> draw) : LoadedOnce
{
    /// <inheritdoc />
    public override TargetShape Shape => shape;

    /// <inheritdoc />
    public override Samples LoadTest() => Draw(TargetSplit.Test, shape.TestSamples);

    /// <inheritdoc />
    protected override TargetData LoadNow() =>
        new(shape, scaler, Draw(TargetSplit.Training, shape.TrainingSamples), Draw(TargetSplit.Validation, shape.ValidationSamples));

    private Samples Draw(TargetSplit split, int count) => draw(split, count, new Draws(seed, split));
}
