namespace ApproxCluster.Search;

/// <summary>
/// Volume of what some points dominate, up to a reference point (Zitzler and Thiele 1998), exactly, by the recursion of While, Bradstreet and Barone ("A fast way of
/// calculating exact hypervolumes", 2012): the sum, over the points, of the volume of each alone less that of what those after it take from it.
/// </summary>
internal static class Hypervolume
{
    /// <summary>The volume; 0 without points better than the reference in every cost.</summary>
    /// <param name="points">Costs, smaller is better.</param>
    /// <param name="reference">The reference point.</param>
    public static double Of(IEnumerable<IReadOnlyList<double>> points, IReadOnlyList<double> reference)
    {
        var inside = points.Where(point => point.Zip(reference).All(pair => pair.First < pair.Second)).Select(point => point.ToArray());
        return Volume(Front(inside), [.. reference]);
    }

    private static double Volume(List<double[]> front, double[] reference)
    {
        double volume = 0;
        for (var index = 0; index < front.Count; index++)
        {
            var point = front[index];
            double alone = 1;
            for (var axis = 0; axis < reference.Length; axis++)
            {
                alone *= reference[axis] - point[axis];
            }

            var taken = front.Skip(index + 1).Select(other => point.Zip(other, Math.Max).ToArray());
            volume += alone - Volume(Front(taken), reference);
        }

        return volume;
    }

    // Points that no other dominates, each once, worst in the last cost first: so the lists shrink soon.
    private static List<double[]> Front(IEnumerable<double[]> points)
    {
        var front = new List<double[]>();
        foreach (var point in points)
        {
            if (front.Exists(other => other.AsSpan().SequenceEqual(point) || ParetoRanks.Dominates(other, point)))
            {
                continue;
            }

            front.RemoveAll(other => ParetoRanks.Dominates(point, other));
            front.Add(point);
        }

        return [.. front.OrderByDescending(point => point[^1])];
    }
}
