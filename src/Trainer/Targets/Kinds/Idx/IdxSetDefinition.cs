namespace ApproxCluster.Trainer;

/// <summary>A well-known set of four IDX files, compressed (<c>.gz</c>) or not, in a folder of the data folder.</summary>
/// <param name="name">The kind's name.</param>
/// <param name="summary">One line.</param>
/// <param name="folder">The folder unless the user says otherwise.</param>
/// <param name="files">Names of training images and labels, test images and labels, without <c>.gz</c>.</param>
/// <param name="validation">Validation samples unless the user says otherwise.</param>
/// <param name="labels">The allowed labels.</param>
internal sealed class IdxSetDefinition(string name, string summary, string folder, IdxSetFiles files, int validation, LabelMap labels) : TargetDefinition(
    name,
    summary,
    Option.Text("folder", folder, "Folder of the four files, within the data folder."),
    Option.Integer("validation", validation, "Validation samples, taken from the training files by seed.", 1, 10_000_000),
    Option.Integer("train_samples", 0, "Training samples, by seed; 0 means all that validation leaves.", 0, 10_000_000))
{
    /// <inheritdoc />
    public override ITarget Open(TargetOptions options, ulong seed, string dataFolder)
    {
        var root = DataFile.FullPath("folder", options.Text("folder"), dataFolder);
        var training = IdxPair.Open(Find(root, files.TrainImages), Find(root, files.TrainLabels));
        var test = IdxPair.Open(Find(root, files.TestImages), Find(root, files.TestLabels));
        var kept = options.Integer("validation");
        if (kept >= training.Count)
        {
            throw new TargetException($"validation is {kept}, but must be less than {training.Count}, the samples of {training.Images.Path}. Lower it.");
        }

        var counts = new SplitCounts(training.Count - kept, kept, 0).WithTraining(training.Images.Path, options.Integer("train_samples"));
        return new IdxTarget(training, test, labels, counts, seed);
    }

    private static string Find(string root, string file)
    {
        var paths = new[] { Path.Combine(root, file + ".gz"), Path.Combine(root, file) };
        return paths.FirstOrDefault(File.Exists) ?? throw new TargetException(Directory.Exists(paths[0]) || Directory.Exists(paths[1])
            ? $"{paths.First(Directory.Exists)} is a folder, but must be a file. Put the IDX file in its place."
            : $"{file} is missing; looked at {paths[0]} and {paths[1]}. {DataFile.RootAdvice}");
    }
}

/// <summary>File names of a set, without <c>.gz</c>.</summary>
/// <param name="TrainImages">Training images.</param>
/// <param name="TrainLabels">Training labels.</param>
/// <param name="TestImages">Test images.</param>
/// <param name="TestLabels">Test labels.</param>
internal sealed record IdxSetFiles(string TrainImages, string TrainLabels, string TestImages, string TestLabels);
