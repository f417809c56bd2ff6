namespace ApproxCluster.Search;

/// <summary>Who of a pool lives on.</summary>
internal static class Survival
{
    /// <summary>
    /// The best of a pool, the best first. With one objective by standing. With several (NSGA-II, Deb et al., IEEE TEC 6(2), 2002) front by front, those of a front by falling crowding
    /// distance; those that are infeasible, stopped or failed come behind, by standing.
    /// </summary>
    /// <param name="pool">The individuals.</param>
    /// <param name="count">How many live on.</param>
    /// <param name="choose">Chooses among a front that does not fit, and sorts every front: its members' costs and how many there is room for give places; null for crowding.</param>
    public static List<Individual> Best(IReadOnlyList<Individual> pool, int count, Func<IReadOnlyList<double[]>, IReadOnlyList<double[]>, int, IReadOnlyList<int>>? choose = null)
    {
        var known = pool.Where(one => one.Costs.Length > 0).OrderBy(one => one.Standing.Configuration).ToList();
        var survivors = new List<Individual>();
        foreach (var front in Fronts.Of([.. known.Select(one => one.Costs)], count))
        {
            var room = count - survivors.Count;
            double[][] costs = [.. front.Select(index => known[index].Costs)];
            var places = choose is null ? Crowding.Order(costs).Take(room) : costs.Length <= room ? Enumerable.Range(0, costs.Length) : choose([.. survivors.Select(one => one.Costs)], costs, room);
            survivors.AddRange(places.Select(place => known[front[place]]));
        }

        survivors.AddRange(pool.Where(one => one.Costs.Length == 0).OrderBy(one => one.Standing).Take(count - survivors.Count));
        return survivors;
    }
}

/// <summary>Crowding distances (Deb et al. 2002, section III B).</summary>
internal static class Crowding
{
    /// <summary>Places of a front's members by falling distance; of equal ones the first.</summary>
    public static IEnumerable<int> Order(IReadOnlyList<double[]> front)
    {
        var distances = Distances(front);
        return Enumerable.Range(0, front.Count).OrderByDescending(place => distances[place]).ThenBy(place => place);
    }

    /// <summary>For each member the sum over objectives of the distance of its neighbours, relative to the front's range; infinite for the outermost ones.</summary>
    public static double[] Distances(IReadOnlyList<double[]> front)
    {
        var distances = new double[front.Count];
        for (var objective = 0; objective < front[0].Length; objective++)
        {
            var order = Enumerable.Range(0, front.Count).OrderBy(place => front[place][objective]).ThenBy(place => place).ToList();
            var range = front[order[^1]][objective] - front[order[0]][objective];
            (distances[order[0]], distances[order[^1]]) = (double.PositiveInfinity, double.PositiveInfinity);
            for (var place = 1; place < order.Count - 1 && range > 0; place++)
            {
                distances[order[place]] += (front[order[place + 1]][objective] - front[order[place - 1]][objective]) / range;
            }
        }

        return distances;
    }
}
