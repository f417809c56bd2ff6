namespace ApproxCluster.Search;

/// <summary>What ended configurations came to, as a model takes it.</summary>
internal static class CostsOf
{
    /// <summary>
    /// One objective. A pruned trial's cost is what it had come to when it was pruned; from that is taken what the completed ones gained after the same epoch (their median), but not more than leaves
    /// it at the completed ones' median: it was pruned for being bad.
    /// </summary>
    public static double[] One(SearchHistory history, IReadOnlyList<int> order)
    {
        var completed = order.Select(number => history[number])
            .Where(observation => observation is { State: TrialState.Completed, Cost: { } cost } && double.IsFinite(cost)).ToList();
        var middle = Median([.. completed.Select(observation => observation.Cost!.Value)]);
        var gains = new Dictionary<int, double>();
        return [.. order.Select(number => Cost(history[number]))];

        double Cost(Observation observation)
        {
            if (observation.Cost is not { } cost)
            {
                return double.NaN;
            }

            var epochs = observation.Curve.Count;
            if (observation.State != TrialState.Pruned || epochs == 0 || completed.Count == 0)
            {
                return cost;
            }

            if (!gains.TryGetValue(epochs, out var gain))
            {
                gain = Median([.. completed.Where(other => other.Curve.Count > epochs).Select(other => Best(other.Curve, epochs) - other.Cost!.Value).Where(double.IsFinite)]);
                gains.Add(epochs, gain);
            }

            return gain > 0 ? Math.Min(cost, Math.Max(cost - gain, middle)) : cost;
        }
    }

    /// <summary>One of several objectives.</summary>
    public static double[] Objective(SearchHistory history, IReadOnlyList<int> order, int objective) =>
        [.. order.Select(number => history[number].Costs.Count > objective ? history[number].Costs[objective] : double.NaN)];

    private static double Best(IReadOnlyList<double> curve, int epochs)
    {
        var best = double.PositiveInfinity;
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            best = curve[epoch] < best ? curve[epoch] : best;
        }

        return best;
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values.Length == 0 ? double.NaN : values[values.Length / 2];
    }
}
