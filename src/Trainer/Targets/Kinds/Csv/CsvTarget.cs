namespace ApproxCluster.Trainer;

/// <summary>
/// The rows of a table. The seed puts them in an order; its front is validation, then come test and training, so a smaller training
/// split is the beginning of a larger one.
/// </summary>
/// <param name="table">The rows.</param>
/// <param name="counts">Sizes of the splits.</param>
/// <param name="scaleValues">Whether values are scaled to mean 0 and standard deviation 1 over the training split.</param>
/// <param name="seed">Seed of the order.</param>
/// <param name="fingerprint">The file's fingerprint.</param>
internal sealed class CsvTarget(CsvTable table, SplitCounts counts, bool scaleValues, ulong seed, string fingerprint) : LoadedOnce
{
    private readonly int[] order = new Draws(seed, TargetSplit.Dealing).Permutation(table.Rows);

    /// <inheritdoc />
    public override TargetShape Shape { get; } = new(
        table.Columns.Inputs.Length,
        table.Classes.Count switch { 0 => table.Columns.Targets.Length, 2 => 1, var many => many },
        table.Classes.Count switch { 0 => TaskKind.Regression, 2 => TaskKind.BinaryClassification, _ => TaskKind.Classification },
        table.Classes.Count == 0 ? MetricKind.Rmse : MetricKind.Accuracy,
        counts.Training,
        counts.Validation,
        counts.Test,
        fingerprint);

    /// <inheritdoc />
    public override ModelColumns Columns
    {
        get
        {
            var scales = scaleValues && table.Classes.Count == 0 ? Enumerable.Range(0, Shape.Outputs).Select(output => Spread(output, Shape.Outputs)).ToArray() : [];
            return new ModelColumns
            {
                Inputs = [.. table.Columns.Inputs.Select(number => table.Columns.Names[number])],
                Outputs = [.. table.Columns.Targets.Select(number => table.Columns.Names[number])],
                Classes = table.Classes,
                OutputScale = [.. scales.Select(scale => (float)scale.Deviation)],
                OutputShift = [.. scales.Select(scale => (float)scale.Mean)],
            };
        }
    }

    private ReadOnlySpan<int> TrainingRows => order.AsSpan(counts.Validation + counts.Test, counts.Training);

    /// <inheritdoc />
    public override Samples LoadTest() => Take(order.AsSpan(counts.Validation, counts.Test));

    /// <inheritdoc />
    protected override TargetData LoadNow() => new(Shape, ScalerKind.ZScore, Take(TrainingRows), Take(order.AsSpan(0, counts.Validation)));

    private Samples Take(ReadOnlySpan<int> rows)
    {
        var inputs = Pick(table.Inputs, rows, table.Columns.Inputs.Length);
        if (table.Classes.Count > 0)
        {
            var labels = new int[rows.Length];
            for (var i = 0; i < rows.Length; i++)
            {
                labels[i] = table.Labels[rows[i]];
            }

            return new Samples(table.Columns.Inputs.Length, inputs, labels);
        }

        var outputs = table.Columns.Targets.Length;
        var values = Pick(table.Values, rows, outputs);
        for (var output = 0; scaleValues && output < outputs; output++)
        {
            var (mean, deviation) = Spread(output, outputs);
            for (var i = output; i < values.Length; i += outputs)
            {
                values[i] = (float)((values[i] - mean) / deviation);
            }
        }

        return new Samples(table.Columns.Inputs.Length, inputs, outputs, values);
    }

    /// <summary>Mean and standard deviation (over n) of an output over the training split; 1 for the deviation of a constant.</summary>
    private (double Mean, double Deviation) Spread(int output, int outputs)
    {
        var (sum, squares) = (0.0, 0.0);
        foreach (var row in TrainingRows)
        {
            sum += table.Values[row * outputs + output];
        }

        var mean = sum / counts.Training;
        foreach (var row in TrainingRows)
        {
            var difference = table.Values[row * outputs + output] - mean;
            squares += difference * difference;
        }

        var deviation = Math.Sqrt(squares / counts.Training);
        return (mean, deviation > 0 ? deviation : 1);
    }

    private static float[] Pick(float[] all, ReadOnlySpan<int> rows, int width)
    {
        var picked = new float[rows.Length * width];
        for (var i = 0; i < rows.Length; i++)
        {
            all.AsSpan(rows[i] * width, width).CopyTo(picked.AsSpan(i * width));
        }

        return picked;
    }
}
