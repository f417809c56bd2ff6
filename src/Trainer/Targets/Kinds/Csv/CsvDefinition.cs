namespace ApproxCluster.Trainer;

/// <summary>
/// A table in a CSV file (RFC 4180, UTF-8). Classes are the distinct words of the target column in ordinal order; with two of them the
/// network has one output. Columns are named as in the header, or by their number from 1 where there is none.
/// </summary>
internal sealed class CsvDefinition : TargetDefinition
{
    /// <summary>Declares the kind.</summary>
    public CsvDefinition()
        : base(
            "csv",
            "A table in a CSV file: numbers or classes from the other columns.",
            [
                Option.Text("file", null, "CSV file (relative to the data folder)."),
                Option.Text("target", null, "The column to be learned; several, separated by commas, for regression."),
                Option.Text("columns", "", "Input columns, separated by commas; left out, all others."),
                Option.Choice("task", "regression", "Whether the target holds numbers or classes.", "classification", "regression"),
                Option.Choice("target_scale", "z_score", "Scale of regression targets: z_score over the training split, or none (units of the file).", "none", "z_score"),
                Option.Choice("delimiter", "comma", "What separates fields.", "comma", "pipe", "semicolon", "tab"),
                Option.Boolean("header", true, "Whether the first row holds the columns' names."),
                Option.Integer("train_samples", 0, "Training samples, by seed; 0 means all that the other splits leave.", 0, CsvTable.MaximumRows),
                .. SplitCounts.FractionOptions(),
            ])
    {
    }

    /// <inheritdoc />
    public override IEnumerable<TargetFault> CheckTogether(TargetOptions options)
    {
        var inputs = CsvColumns.Split(options.Text("columns"));
        var targets = options.Sound("target") ? CsvColumns.Split(options.Text("target")) : [];
        if (options.Sound("target", "task") && targets.Length != 1 && (targets.Length == 0 || options.Text("task") == "classification"))
        {
            yield return new("target", $"target is {OptionText.Quote(options.Text("target"))}, but must be the name of one column where task is {options.Text("task")}. Name one.");
        }

        foreach (var (option, twice) in Twice("target", targets).Concat(Twice("columns", inputs)))
        {
            yield return new(option, $"{option} names {OptionText.Quote(twice)} twice, but must name it once. Remove one.");
        }

        foreach (var both in inputs.Intersect(targets))
        {
            yield return new("columns", $"columns names {OptionText.Quote(both)}, but must not: it is the target. Remove it from one of them.");
        }

        foreach (var fault in SplitCounts.CheckFractions(options))
        {
            yield return fault;
        }
    }

    /// <inheritdoc />
    public override ITarget Open(TargetOptions options, ulong seed, string dataFolder)
    {
        var path = DataFile.Locate("file", options.Text("file"), dataFolder);
        var delimiter = options.Text("delimiter") switch { "tab" => '\t', "semicolon" => ';', "pipe" => '|', _ => ',' };
        var fingerprint = Fingerprint.Of(path);
        var table = CsvTable.Read(
            path,
            delimiter,
            options.Boolean("header"),
            CsvColumns.Split(options.Text("target")),
            CsvColumns.Split(options.Text("columns")),
            options.Text("task") == "classification");
        var counts = SplitCounts.Fractions(path, table.Rows, options).WithTraining(path, options.Integer("train_samples"));
        return new CsvTarget(table, counts, options.Text("target_scale") == "z_score", seed, fingerprint);
    }

    private static IEnumerable<(string Option, string Name)> Twice(string option, string[] names) =>
        names.GroupBy(name => name).Where(group => group.Count() > 1).Select(group => (option, group.Key));
}
