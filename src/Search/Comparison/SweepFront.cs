namespace ApproxCluster.Search;

/// <summary>How far a sweep with several objectives has come.</summary>
/// <param name="Size">Configurations that no other dominates.</param>
/// <param name="Reference">
/// The reference point, in the objectives' own values: the worst of each objective among the sweep's configurations without a failed trial and within the limit on the gap.
/// It moves as worse ones come, so compare sweeps only by a reference of your own.
/// </param>
/// <param name="Hypervolume">Volume between the front and the reference point, in the product of the objectives' units.</param>
public sealed record SweepFront(int Size, IReadOnlyList<double> Reference, double Hypervolume)
{
    /// <summary>The front of a sweep; null for a single objective or before there is a result.</summary>
    public static SweepFront? Of(SweepState state)
    {
        var objective = state.Spec.Objective;
        var costs = state.Entries.Where(entry => !entry.AnyFailed && entry.Violation == 0).Select(entry => entry.MeanCosts()).Where(row => row.Length > 0).ToArray();
        if (objective.Further.Count == 0 || costs.Length == 0)
        {
            return null;
        }

        double[] worst = [.. Enumerable.Range(0, objective.Count).Select(axis => costs.Max(row => row[axis]))];
        var ranks = ParetoRanks.Of(costs, new double[costs.Length]);
        var front = costs.Where((_, index) => ranks[index] == 1).ToArray();
        return new(front.Length, objective.ValuesOf(worst), Search.Hypervolume.Of(front, worst));
    }
}
