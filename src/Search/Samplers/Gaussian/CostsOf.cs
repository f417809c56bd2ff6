namespace ApproxCluster.Search;

/// <summary>What ended configurations came to, as a model takes it.</summary>
internal static class CostsOf
{
    /// <summary>One objective. A pruned trial's cost is what it had come to, but at most the worst of the completed ones: after few epochs it may be out of all proportion.</summary>
    public static double[] One(SearchHistory history, IReadOnlyList<int> order)
    {
        var worst = order.Select(number => history[number])
            .Where(observation => observation is { State: TrialState.Completed, Cost: { } cost } && double.IsFinite(cost))
            .Select(observation => observation.Cost!.Value).DefaultIfEmpty(double.PositiveInfinity).Max();
        return [.. order.Select(number => history[number]).Select(observation => observation switch
        {
            { Cost: null } => double.NaN,
            { State: TrialState.Pruned, Cost: { } cost } when double.IsFinite(cost) => Math.Min(cost, worst),
            { Cost: { } cost } => cost,
        })];
    }

    /// <summary>One of several objectives.</summary>
    public static double[] Objective(SearchHistory history, IReadOnlyList<int> order, int objective) =>
        [.. order.Select(number => history[number].Costs.Count > objective ? history[number].Costs[objective] : double.NaN)];
}
