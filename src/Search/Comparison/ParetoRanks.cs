namespace ApproxCluster.Search;

/// <summary>
/// Sorts points into fronts: those that none dominates have rank 1, those that only they dominate rank 2, and so on (Goldberg 1989; Deb, Pratap, Agarwal, Meyarivan 2002).
/// By efficient non-dominated sort with binary search (Zhang, Tian, Cheng, Jin 2015): in lexicographic order, each point goes to the first front that does not dominate it.
/// Among points beyond a limit the one that is less so dominates, and all within it dominate them (Deb 2002, section VI).
/// </summary>
internal static class ParetoRanks
{
    /// <summary>The rank of each point, from 1. Smaller costs are better, NaN is worst; equal points share a rank.</summary>
    /// <param name="costs">A row of costs for each point, all of one length of at least 1.</param>
    /// <param name="violations">0 for points within the limits, otherwise by how much they are beyond.</param>
    public static int[] Of(IReadOnlyList<IReadOnlyList<double>> costs, IReadOnlyList<double> violations)
    {
        var ranks = new int[costs.Count];
        var clean = costs.Select(row => row.Select(cost => double.IsNaN(cost) ? double.PositiveInfinity : cost).ToArray()).ToArray();
        var within = Enumerable.Range(0, costs.Count).Where(point => violations[point] <= 0).ToArray();
        Array.Sort(within, (left, right) => Compare(clean[left], clean[right]) is var order and not 0 ? order : left.CompareTo(right));
        var fronts = new List<List<double[]>>();
        for (var place = 0; place < within.Length; place++)
        {
            var point = clean[within[place]];
            if (place > 0 && Compare(clean[within[place - 1]], point) == 0)
            {
                ranks[within[place]] = ranks[within[place - 1]];
                continue;
            }

            var front = FrontFor(fronts, point);
            if (front == fronts.Count)
            {
                fronts.Add([]);
            }

            fronts[front].Add(point);
            ranks[within[place]] = front + 1;
        }

        var rank = fronts.Count;
        var last = 0.0;
        foreach (var point in Enumerable.Range(0, costs.Count).Where(point => !(violations[point] <= 0)).OrderBy(point => violations[point]))
        {
            rank += violations[point] == last ? 0 : 1;
            last = violations[point];
            ranks[point] = rank;
        }

        return ranks;
    }

    /// <summary>Whether a point is at least as good as another in all costs and better in one.</summary>
    public static bool Dominates(ReadOnlySpan<double> point, ReadOnlySpan<double> other)
    {
        var better = false;
        for (var index = 0; index < point.Length; index++)
        {
            if (point[index] > other[index])
            {
                return false;
            }

            better |= point[index] < other[index];
        }

        return better;
    }

    // If a front dominates the point, so does every front before it.
    private static int FrontFor(List<List<double[]>> fronts, double[] point)
    {
        var (low, high) = (0, fronts.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (HasDominator(fronts[middle], point))
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private static bool HasDominator(List<double[]> front, double[] point)
    {
        for (var index = front.Count - 1; index >= 0; index--)
        {
            if (Dominates(front[index], point))
            {
                return true;
            }
        }

        return false;
    }

    private static int Compare(double[] left, double[] right)
    {
        for (var index = 0; index < left.Length; index++)
        {
            if (left[index].CompareTo(right[index]) is var order and not 0)
            {
                return order;
            }
        }

        return 0;
    }
}
