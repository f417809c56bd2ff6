namespace ApproxCluster.Trainer;

/// <summary>
/// Labelled images from IDX files, values 0..255. The seed puts the images of the training files in an order; its front is validation
/// (then test, when there are no test files), the next <c>TrainingSamples</c> are training: a smaller training split is the beginning
/// of a larger one. Test files are taken whole, in their order.
/// </summary>
internal sealed class IdxTarget : LoadedOnce
{
    private readonly IdxPair training;
    private readonly IdxPair? test;
    private readonly LabelMap labels;
    private readonly ulong seed;

    /// <summary>Makes the target of opened files.</summary>
    /// <param name="training">The training files.</param>
    /// <param name="test">The test files; null to split test samples off the training files.</param>
    /// <param name="labels">The allowed labels.</param>
    /// <param name="counts">Training, validation and test samples; test is ignored where there are test files.</param>
    /// <param name="seed">Seed of the order.</param>
    public IdxTarget(IdxPair training, IdxPair? test, LabelMap labels, SplitCounts counts, ulong seed)
    {
        (this.training, this.test, this.labels, this.seed) = (training, test, labels, seed);
        if (test is not null && test.Images.Width != training.Images.Width)
        {
            throw new TargetException($"{test.Images.Path}: its images have {test.Images.Width} pixels, but must have {training.Images.Width}, "
                + $"as in {training.Images.Path}. Check that the files belong together.");
        }

        var binary = labels.Classes == 2;
        IdxPair[] pairs = test is null ? [training] : [training, test];
        Shape = new TargetShape(
            training.Images.Width,
            binary ? 1 : labels.Classes,
            binary ? TaskKind.BinaryClassification : TaskKind.Classification,
            MetricKind.Accuracy,
            counts.Training,
            counts.Validation,
            test?.Count ?? counts.Test,
            Fingerprint.Of([.. pairs.SelectMany(pair => new[] { pair.Images.Path, pair.Labels.Path })]));
    }

    /// <inheritdoc />
    public override TargetShape Shape { get; }

    /// <inheritdoc />
    public override ModelColumns Columns => base.Columns with { Classes = [.. Enumerable.Range(0, labels.Classes).Select(labels.NameOf)] };

    /// <inheritdoc />
    public override Samples LoadTest()
    {
        var (pixels, classes) = (test ?? training).Read(labels);
        int[] order = test is null ? Order() : [.. Enumerable.Range(0, classes.Length)];
        return IdxPair.Take(pixels, classes, order.AsSpan(test is null ? Shape.ValidationSamples : 0, Shape.TestSamples));
    }

    /// <inheritdoc />
    protected override TargetData LoadNow()
    {
        var (pixels, classes) = training.Read(labels);
        var order = Order().AsSpan();
        var front = Shape.ValidationSamples + (test is null ? Shape.TestSamples : 0);
        return new TargetData(
            Shape,
            ScalerKind.Byte,
            IdxPair.Take(pixels, classes, order.Slice(front, Shape.TrainingSamples)),
            IdxPair.Take(pixels, classes, order[..Shape.ValidationSamples]));
    }

    private int[] Order() => new Draws(seed, TargetSplit.Dealing).Permutation(training.Count);
}
