namespace ApproxCluster.Search;

/// <summary>Points of a model, each coordinate of all points together, so that kernels run along points.</summary>
internal sealed class PointSet
{
    private readonly int dimensions;
    private double[] numbers;
    private int stride;

    public PointSet(int dimensions, int capacity)
    {
        (this.dimensions, stride) = (dimensions, Lanes.Padded(capacity + Lanes.Count));
        numbers = new double[Math.Max(1, dimensions) * stride];
    }

    /// <summary>Points so far.</summary>
    public int Count { get; private set; }

    /// <summary>Coordinates of a point.</summary>
    public int Dimensions => dimensions;

    /// <summary>A coordinate of every point, followed by zeros up to whole vectors.</summary>
    public ReadOnlySpan<double> Coordinates(int dimension) => numbers.AsSpan(dimension * stride, Lanes.Padded(Count));

    /// <summary>Adds a point.</summary>
    public void Add(ReadOnlySpan<double> point)
    {
        if (Count + Lanes.Count >= stride)
        {
            Grow();
        }

        for (var dimension = 0; dimension < dimensions; dimension++)
        {
            numbers[dimension * stride + Count] = point[dimension];
        }

        Count++;
    }

    /// <summary>A point.</summary>
    public void CopyTo(int index, Span<double> point)
    {
        for (var dimension = 0; dimension < dimensions; dimension++)
        {
            point[dimension] = numbers[dimension * stride + index];
        }
    }

    /// <summary>A copy that can grow by itself.</summary>
    public PointSet Copy()
    {
        var copy = new PointSet(dimensions, stride) { Count = Count };
        for (var dimension = 0; dimension < dimensions; dimension++)
        {
            numbers.AsSpan(dimension * stride, Count).CopyTo(copy.numbers.AsSpan(dimension * copy.stride));
        }

        return copy;
    }

    private void Grow()
    {
        var wider = Lanes.Padded(2 * stride);
        var grown = new double[Math.Max(1, dimensions) * wider];
        for (var dimension = 0; dimension < dimensions; dimension++)
        {
            numbers.AsSpan(dimension * stride, Count).CopyTo(grown.AsSpan(dimension * wider));
        }

        (numbers, stride) = (grown, wider);
    }
}
