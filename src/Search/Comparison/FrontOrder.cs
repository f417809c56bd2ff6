namespace ApproxCluster.Search;

/// <summary>
/// A total order of points with several costs: front by front (non-dominated sorting), and within a front so that any beginning of it is spread out: first the best in
/// the first cost, then always the point farthest from those taken (a greedy epsilon-net). As Schmucker, Donini, Zafar, Salinas, Archambeau, "Multi-objective asynchronous
/// successive halving" (2021, arXiv 2106.12639, section 4) rank trials. Distances are Euclidean with each cost in units of its range within the front.
/// </summary>
internal static class FrontOrder
{
    /// <summary>Indices of the points, the best first; ties by index.</summary>
    /// <param name="points">Points of equally many costs, none of them NaN; smaller is better.</param>
    /// <param name="violations">By how much each lies beyond limits; left out: all are within them.</param>
    public static int[] Of(IReadOnlyList<double[]> points, IReadOnlyList<double>? violations = null)
    {
        var levels = new FrontLevels();
        for (var index = 0; index < points.Count; index++)
        {
            levels.Add(points[index], violations?[index] ?? 0);
        }

        return [.. levels.Fronts.SelectMany(front => Spread(points, front))];
    }

    /// <summary>The order within a front, as far as it is asked for: O(m n) for each of n points of m costs.</summary>
    public static IEnumerable<int> Spread(IReadOnlyList<double[]> points, IReadOnlyList<int> front)
    {
        var units = new double[points[front[0]].Length];
        for (var cost = 0; cost < units.Length; cost++)
        {
            var range = front.Max(index => points[index][cost]) - front.Min(index => points[index][cost]);
            units[cost] = range > 0 && double.IsFinite(range) ? range : 1;
        }

        var left = front.OrderBy(index => points[index][0]).ThenBy(index => index).ToList();
        var distances = left.Select(_ => double.PositiveInfinity).ToList();
        while (left.Count > 0)
        {
            var farthest = 0;
            for (var place = 1; place < left.Count; place++)
            {
                farthest = distances[place] > distances[farthest] ? place : farthest;
            }

            var taken = left[farthest];
            yield return taken;
            left.RemoveAt(farthest);
            distances.RemoveAt(farthest);
            for (var place = 0; place < left.Count; place++)
            {
                var sum = 0.0;
                for (var cost = 0; cost < units.Length; cost++)
                {
                    var difference = (points[left[place]][cost] - points[taken][cost]) / units[cost];
                    sum = Math.FusedMultiplyAdd(difference, difference, sum);
                }

                distances[place] = Math.Min(distances[place], sum);
            }
        }
    }
}
