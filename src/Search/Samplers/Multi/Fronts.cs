namespace ApproxCluster.Search;

/// <summary>Non-dominated sorting (Deb et al., IEEE TEC 6(2), 2002, section III): front after front of points that no remaining one dominates. Smaller is better.</summary>
internal static class Fronts
{
    /// <summary>The fronts as places in the list, each in its order, until so many points are in them.</summary>
    public static IReadOnlyList<IReadOnlyList<int>> Of(IReadOnlyList<double[]> costs, int enough)
    {
        // Sorted by all objectives, a point can be dominated only by ones before it.
        var order = Enumerable.Range(0, costs.Count).Order(Comparer<int>.Create((one, other) => Compare(costs[one], costs[other]) is not 0 and var sign ? sign : one.CompareTo(other))).ToList();
        List<IReadOnlyList<int>> fronts = [];
        var placed = 0;
        while (order.Count > 0 && placed < enough)
        {
            var front = new List<int>();
            order.RemoveAll(index =>
            {
                if (front.Exists(member => ParetoRanks.Dominates(costs[member], costs[index])))
                {
                    return false;
                }

                front.Add(index);
                return true;
            });
            front.Sort();
            fronts.Add(front);
            placed += front.Count;
        }

        return fronts;
    }

    private static int Compare(double[] one, double[] other)
    {
        for (var index = 0; index < one.Length; index++)
        {
            var order = one[index].CompareTo(other[index]);
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }
}
