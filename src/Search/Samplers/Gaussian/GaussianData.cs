namespace ApproxCluster.Search;

/// <summary>What a model is made from: points with costs in the order in which they ended, and points that are still tried.</summary>
internal sealed class GaussianData
{
    private GaussianData(bool[] isCategorical, PointSet points, double[] costs, int[] numbers)
    {
        (IsCategorical, Points, Costs, Numbers) = (isCategorical, points, costs, numbers);
    }

    /// <summary>The dimensions whose numbers are choices.</summary>
    public bool[] IsCategorical { get; }

    /// <summary>The points with costs first.</summary>
    public PointSet Points { get; }

    /// <summary>Costs of the first points, all finite: what failed is as bad as the worst.</summary>
    public double[] Costs { get; }

    /// <summary>Configurations of the first points.</summary>
    public int[] Numbers { get; }

    /// <summary>Points with costs.</summary>
    public int Count => Costs.Length;

    /// <summary>Some of the points with costs, and all that are still tried.</summary>
    public GaussianData Only(IReadOnlyList<int> indices)
    {
        var points = new PointSet(Points.Dimensions, indices.Count + Points.Count - Count);
        var point = new double[Points.Dimensions];
        foreach (var index in indices.Concat(Enumerable.Range(Count, Points.Count - Count)))
        {
            Points.CopyTo(index, point);
            points.Add(point);
        }

        return new GaussianData(IsCategorical, points, [.. indices.Select(index => Costs[index])], [.. indices.Select(index => Numbers[index])]);
    }

    /// <summary>Reads a history; nothing where no cost is finite.</summary>
    public static GaussianData Of(GaussianSpace space, SearchHistory history, IReadOnlyList<int> order)
    {
        var points = new PointSet(space.Count, history.Count);
        var point = new double[space.Count];
        var costs = new double[order.Count];
        var worst = double.NegativeInfinity;
        for (var index = 0; index < costs.Length; index++)
        {
            costs[index] = history[order[index]].Cost ?? double.NaN;
            worst = double.IsFinite(costs[index]) ? Math.Max(worst, costs[index]) : worst;
        }

        if (!double.IsFinite(worst))
        {
            return new(space.IsCategorical, points, [], []);
        }

        for (var index = 0; index < costs.Length; index++)
        {
            costs[index] = double.IsFinite(costs[index]) ? costs[index] : worst;
            space.Encode(history[order[index]].Parameters, point);
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

        return new(space.IsCategorical, points, costs, [.. order]);
    }
}
