namespace ApproxCluster.Trainer;

/// <summary>
/// Labelled images from any IDX files. Without test files the test split comes from the training files. Labels must be 0..classes-1;
/// the number of classes is the largest training label + 1 unless stated; with 2 classes the network has one output.
/// </summary>
internal sealed class IdxDefinition : TargetDefinition
{
    /// <summary>Declares the kind.</summary>
    public IdxDefinition()
        : base(
            "idx",
            "Labelled images from IDX files of unsigned bytes, compressed with gzip or not.",
            [
                Option.Text("train_images", null, "File of images, [n x ...]."),
                Option.Text("train_labels", null, "File of labels, [n]."),
                Option.Text("test_images", "", "File of test images; left out, test samples are split off the training files."),
                Option.Text("test_labels", "", "File of test labels."),
                Option.Integer("classes", 0, "Number of classes; 0 means the largest training label + 1.", 0, 256),
                Option.Integer("train_samples", 0, "Training samples, by seed; 0 means all that the other splits leave.", 0, 10_000_000),
                .. SplitCounts.FractionOptions(" where there are no test files"),
            ])
    {
    }

    /// <inheritdoc />
    public override IEnumerable<TargetFault> CheckTogether(TargetOptions options)
    {
        var (images, labels) = (options.Text("test_images"), options.Text("test_labels"));
        if ((images.Length > 0) != (labels.Length > 0))
        {
            var (missing, other, value) = images.Length > 0 ? ("test_labels", "test_images", images) : ("test_images", "test_labels", labels);
            yield return new(missing, $"{missing} is missing, but must be given with {other}, which is {OptionText.Quote(value)}. Give both or neither.");
        }

        if (options.Sound("classes") && options.Integer("classes") == 1)
        {
            yield return new("classes", "classes is 1, but must be 0 or at least 2. Correct it, or leave it out to count them.");
        }

        foreach (var fault in SplitCounts.CheckFractions(options))
        {
            yield return fault;
        }
    }

    /// <inheritdoc />
    public override ITarget Open(TargetOptions options, ulong seed, string dataFolder)
    {
        string Find(string option) => DataFile.Locate(option, options.Text(option), dataFolder);

        var training = IdxPair.Open(Find("train_images"), Find("train_labels"));
        var test = options.Text("test_images").Length > 0 ? IdxPair.Open(Find("test_images"), Find("test_labels")) : null;
        var counts = SplitCounts.Fractions(training.Images.Path, training.Count, options, splitTest: test is null)
            .WithTraining(training.Images.Path, options.Integer("train_samples"));
        return new IdxTarget(training, test, LabelMap.Plain(Classes(options, training.Labels)), counts, seed);
    }

    private static int Classes(TargetOptions options, IdxFile labels)
    {
        if (options.Integer("classes") is > 0 and var stated)
        {
            return stated;
        }

        var largest = labels.ReadValues().Max();
        return largest > 0
            ? largest + 1
            : throw new TargetException($"{labels.Path}: all its labels are 0, but must be of at least 2 classes. Check that it is the right file.");
    }
}
