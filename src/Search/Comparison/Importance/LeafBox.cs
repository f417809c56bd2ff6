namespace ApproxCluster.Search;

/// <summary>The part of a space that a leaf covers: an interval of [0, 1] for each number, a set for each choice.</summary>
/// <param name="Low">Lower ends.</param>
/// <param name="High">Upper ends.</param>
/// <param name="Choices">For choices, which; null for numbers.</param>
/// <param name="Value">The leaf's cost.</param>
internal sealed record LeafBox(double[] Low, double[] High, bool[]?[] Choices, double Value)
{
    /// <summary>All of a space.</summary>
    public static LeafBox Whole(IReadOnlyList<Column> columns) => new(
        [.. columns.Select(_ => 0.0)],
        [.. columns.Select(_ => 1.0)],
        [.. columns.Select(column => column.IsCategorical ? Enumerable.Repeat(true, (int)column.Count!.Value).ToArray() : null)],
        0);

    /// <summary>The share of a column's values within it.</summary>
    public double Share(int column) => Choices[column] is { } choices ? (double)choices.Count(choice => choice) / choices.Length : High[column] - Low[column];

    /// <summary>The parts on both sides of a threshold; for a choice: that choice, and the others.</summary>
    public (LeafBox Left, LeafBox Right) Split(Column column, double threshold)
    {
        var index = column.Index;
        if (Choices[index] is { } choices)
        {
            var only = new bool[choices.Length];
            only[(int)threshold] = choices[(int)threshold];
            var others = (bool[])choices.Clone();
            others[(int)threshold] = false;
            return (this with { Choices = With(Choices, index, only) }, this with { Choices = With(Choices, index, others) });
        }

        return (this with { High = With(High, index, threshold) }, this with { Low = With(Low, index, threshold) });
    }

    private static T[] With<T>(T[] values, int index, T value)
    {
        var copy = (T[])values.Clone();
        copy[index] = value;
        return copy;
    }
}
