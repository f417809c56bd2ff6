namespace ApproxCluster.Search;

/// <summary>Points row by row in one array, which is used again once cleared.</summary>
/// <param name="width">Numbers of a row.</param>
internal sealed class RowSet(int width)
{
    private double[] numbers = new double[16 * Math.Max(1, width)];

    /// <summary>Rows so far.</summary>
    public int Count { get; private set; }

    /// <summary>A row; adding others may leave it behind.</summary>
    public Span<double> this[int row] => numbers.AsSpan(row * width, width);

    /// <summary>Adds a row and gives it to be written; until then it holds anything.</summary>
    public Span<double> Add()
    {
        if ((Count + 1) * width > numbers.Length)
        {
            Array.Resize(ref numbers, 2 * numbers.Length);
        }

        return this[Count++];
    }

    /// <summary>Removes all.</summary>
    public void Clear() => Count = 0;
}
