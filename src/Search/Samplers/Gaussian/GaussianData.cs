namespace ApproxCluster.Search;

/// <summary>What a model is made from: points with costs in the order in which they ended, and points that are still tried.</summary>
internal sealed class GaussianData
{
    /// <summary>Most costs that a model is made from; beyond, the best two thirds and the newest third, so that a suggestion's cost stays bounded.</summary>
    public const int Cap = 300;

    /// <summary>Takes points.</summary>
    /// <param name="isCategorical">The dimensions whose numbers are choices.</param>
    /// <param name="points">The points with costs first.</param>
    /// <param name="costs">Costs of the first points, all finite.</param>
    /// <param name="numbers">Configurations of the first points.</param>
    public GaussianData(bool[] isCategorical, PointSet points, double[] costs, int[] numbers)
    {
        (IsCategorical, Points, Costs, Numbers) = (isCategorical, points, costs, numbers);
    }

    /// <summary>The dimensions whose numbers are choices.</summary>
    public bool[] IsCategorical { get; }

    /// <summary>The points with costs first.</summary>
    public PointSet Points { get; }

    /// <summary>Costs of the first points, all finite.</summary>
    public double[] Costs { get; }

    /// <summary>Configurations of the first points.</summary>
    public int[] Numbers { get; }

    /// <summary>Points with costs.</summary>
    public int Count => Costs.Length;

    /// <summary>Reads a history; nothing where no cost is finite.</summary>
    /// <param name="space">The space.</param>
    /// <param name="history">The history.</param>
    /// <param name="order">Configurations that have ended, in the order in which they did.</param>
    /// <param name="costs">What they came to, one each; NaN or infinite: as bad as the worst.</param>
    public static GaussianData Of(GaussianSpace space, SearchHistory history, IReadOnlyList<int> order, double[] costs)
    {
        var points = new PointSet(space.Count, history.Count);
        var point = new double[space.Count];
        var worst = costs.Where(double.IsFinite).DefaultIfEmpty(double.NaN).Max();
        if (double.IsNaN(worst))
        {
            return new(space.IsCategorical, points, [], []);
        }

        foreach (var number in order)
        {
            space.Encode(history[number].Parameters, point);
            points.Add(point);
        }

        foreach (var observation in history)
        {
            if (!observation.IsFinished)
            {
                space.Encode(observation.Parameters, point);
                points.Add(point);
            }
        }

        return new(space.IsCategorical, points, [.. costs.Select(cost => double.IsFinite(cost) ? cost : worst)], [.. order]);
    }

    /// <summary>The same points with other costs.</summary>
    public GaussianData With(double[] costs) => new(IsCategorical, Points, costs, Numbers);

    /// <summary>The first points, none of them still tried, and not too many.</summary>
    public GaussianData Front(int count) => Select([.. Enumerable.Range(0, count)], []).Capped();

    /// <summary>Not too many of the points with costs, and all that are still tried.</summary>
    public GaussianData Capped()
    {
        if (Count <= Cap)
        {
            return this;
        }

        var newest = Count - Cap / 3;
        var best = Enumerable.Range(0, newest).OrderBy(index => Costs[index]).ThenBy(index => index).Take(Cap - Cap / 3).Order();
        return Only([.. best, .. Enumerable.Range(newest, Count - newest)]);
    }

    /// <summary>Some of the points with costs, and all that are still tried.</summary>
    public GaussianData Only(IReadOnlyList<int> indices) => Select(indices, Enumerable.Range(Count, Points.Count - Count));

    /// <summary>A point.</summary>
    public double[] Point(int index)
    {
        var point = new double[Points.Dimensions];
        Points.CopyTo(index, point);
        return point;
    }

    private GaussianData Select(IReadOnlyList<int> indices, IEnumerable<int> tried)
    {
        var points = new PointSet(Points.Dimensions, indices.Count);
        foreach (var index in indices.Concat(tried))
        {
            points.Add(Point(index));
        }

        return new GaussianData(IsCategorical, points, [.. indices.Select(index => Costs[index])], [.. indices.Select(index => Numbers[index])]);
    }
}
