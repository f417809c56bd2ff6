namespace ApproxCluster.Search;

/// <summary>
/// Points that no other is at least as good as in all three costs and better in one (Kung, Luccio, Preparata 1975, for three dimensions): points in lexicographic order
/// meet the staircase of (second, third) costs of those before them. O(n log n) comparisons; a step of the staircase is inserted by moving the ones behind it.
/// </summary>
internal static class ParetoFront
{
    /// <summary>Whether each point is on the front; smaller is better, and NaN is worst.</summary>
    public static bool[] Of(IReadOnlyList<(double First, double Second, long Third)> points)
    {
        var order = new int[points.Count];
        for (var index = 0; index < order.Length; index++)
        {
            order[index] = index;
        }

        var costs = points.Select(point => (Worst(point.First), Worst(point.Second), point.Third)).ToArray();
        Array.Sort(order, (left, right) => costs[left].CompareTo(costs[right]));
        var front = new bool[points.Count];
        var steps = new List<(double Second, long Third)>();
        for (var place = 0; place < order.Length; place++)
        {
            var index = order[place];
            if (place > 0 && costs[order[place - 1]] == costs[index])
            {
                front[index] = front[order[place - 1]];
                continue;
            }

            front[index] = Climb(steps, (costs[index].Item2, costs[index].Item3));
        }

        return front;
    }

    // Steps rise in Second and fall in Third. True when the point is below the stairs, and then it becomes a step.
    private static bool Climb(List<(double Second, long Third)> steps, (double Second, long Third) point)
    {
        var next = steps.BinarySearch((point.Second, long.MaxValue));
        next = next >= 0 ? next + 1 : ~next;
        if (next > 0 && steps[next - 1].Third <= point.Third)
        {
            return false;
        }

        var first = next > 0 && steps[next - 1].Second == point.Second ? next - 1 : next;
        var last = next;
        while (last < steps.Count && steps[last].Third >= point.Third)
        {
            last++;
        }

        steps.RemoveRange(first, last - first);
        steps.Insert(first, point);
        return true;
    }

    private static double Worst(double value) => double.IsNaN(value) ? double.PositiveInfinity : value;
}
