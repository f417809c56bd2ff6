namespace ApproxCluster.Search;

/// <summary>What a model is made from: points with costs in the order in which they ended, and points that are still tried.</summary>
internal sealed class GaussianData
{
    private GaussianData(GaussianSpace space, PointSet points, double[] costs, int[] numbers)
    {
        (IsCategorical, Points, Costs, Numbers) = (space.IsCategorical, points, costs, numbers);
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
            return new(space, points, [], []);
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

        return new(space, points, costs, [.. order]);
    }
}
