namespace ApproxCluster.Trainer;

/// <summary>Sizes of the splits of a set of samples that all come from one place.</summary>
/// <param name="Training">Training samples.</param>
/// <param name="Validation">Validation samples.</param>
/// <param name="Test">Test samples.</param>
internal readonly record struct SplitCounts(int Training, int Validation, int Test)
{
    /// <summary>Options <c>validation_fraction</c> and <c>test_fraction</c> that <see cref="Fractions"/> reads.</summary>
    public static TargetOption[] FractionOptions(string testWhen = "") =>
    [
        Option.Number("validation_fraction", 0.15, "Share of the samples kept for validation.", 0.001, 0.9),
        Option.Number("test_fraction", 0.15, $"Share of the samples kept for the test split{testWhen}.", 0.001, 0.9),
    ];

    /// <summary>The fault of fractions that leave nothing to learn from.</summary>
    public static IEnumerable<TargetFault> CheckFractions(TargetOptions options)
    {
        if (options.Sound("validation_fraction", "test_fraction")
            && options.Number("validation_fraction") + options.Number("test_fraction") is var sum and > 0.95)
        {
            yield return new("test_fraction", $"validation_fraction + test_fraction is {TargetOptions.Show(sum)}, but must be at most 0.95, "
                + "so that something is left to learn from. Lower one of them.");
        }
    }

    /// <summary>Counts by fractions: rounded down, at least 1 each; the rest is training.</summary>
    /// <param name="source">Where the samples come from, for messages.</param>
    /// <param name="count">Samples in all.</param>
    /// <param name="options">The fractions.</param>
    /// <param name="splitTest">Whether test samples are split off too.</param>
    public static SplitCounts Fractions(string source, int count, TargetOptions options, bool splitTest = true)
    {
        var validation = Math.Max(1, (int)(count * options.Number("validation_fraction")));
        var test = splitTest ? Math.Max(1, (int)(count * options.Number("test_fraction"))) : 0;
        return count - validation - test >= 1
            ? new SplitCounts(count - validation - test, validation, test)
            : throw new TargetException($"{source}: its number of samples is {count}, but must be at least {validation + test + 1}, "
                + "one for each split. Add samples.");
    }

    /// <summary>The same with training cut to a number of samples; 0 leaves all.</summary>
    public SplitCounts WithTraining(string source, int samples) => samples switch
    {
        0 => this,
        _ when samples <= Training => this with { Training = samples },
        _ => throw new TargetException($"train_samples is {samples}, but must be at most {Training}, "
            + $"what validation{(Test > 0 ? " and test leave" : " leaves")} of {source}. Lower it, or leave it out for all."),
    };
}
