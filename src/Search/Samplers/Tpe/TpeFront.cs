namespace ApproxCluster.Search;

/// <summary>
/// The best tenth with several objectives, as in multi-objective TPE (Ozaki et al., GECCO 2020 and JAIR 2022) in Optuna's form: whole non-dominated fronts while they fit, of the
/// first that does not those that add most hypervolume one after the other. Their weights are what each one's hypervolume alone adds, relative to the largest.
/// </summary>
internal static class TpeFront
{
    private const double LeastWeight = 1e-12;

    /// <summary>The configurations below, in order of their numbers, with their weights.</summary>
    public static IReadOnlyList<int> Below(Ranks ranks, SearchHistory history, int objectives, out IReadOnlyList<double>? weights)
    {
        var wanted = (ranks.Results + 9) / 10;
        List<(int Number, double[] Costs)> complete = [];
        foreach (var standing in ranks.Sorted.TakeWhile(standing => standing.Class == 0))
        {
            var costs = history[standing.Configuration].Costs;
            if (costs.Count == objectives && costs.All(double.IsFinite))
            {
                complete.Add((standing.Configuration, [.. costs]));
            }
        }

        var reference = Reference([.. complete.Select(one => one.Costs)], objectives);
        List<(int Number, double[] Costs)> chosen = [];
        foreach (var front in Fronts.Of([.. complete.Select(one => one.Costs)], wanted))
        {
            var room = wanted - chosen.Count;
            var taken = front.Count <= room ? front : Hypervolume.Subset([.. front.Select(index => complete[index].Costs)], reference, room).Select(place => front[place]);
            chosen.AddRange(taken.Select(index => complete[index]));
        }

        // Pruned and infeasible ones fill up where there are too few.
        var known = chosen.Select(one => one.Number).ToHashSet();
        var others = ranks.Sorted.Where(standing => standing.HasResult && !known.Contains(standing.Configuration)).Take(wanted - chosen.Count).ToList();
        chosen.Sort((one, other) => one.Number.CompareTo(other.Number));
        var contributions = Hypervolume.Contributions([.. chosen.Select(one => one.Costs)], reference);
        var largest = contributions.DefaultIfEmpty(0).Max();
        var all = chosen.Select((one, index) => (one.Number, Weight: largest > 0 ? Math.Max(contributions[index] / largest, LeastWeight) : 1))
            .Concat(others.Select(standing => (Number: standing.Configuration, Weight: LeastWeight)))
            .OrderBy(one => one.Number).ToList();
        weights = [.. all.Select(one => one.Weight)];
        return [.. all.Select(one => one.Number)];
    }

    /// <summary>A point somewhat worse than the worst in each objective.</summary>
    private static double[] Reference(List<double[]> costs, int objectives) =>
        [.. Enumerable.Range(0, objectives).Select(objective => costs.Select(one => one[objective]).DefaultIfEmpty(0).Max())
            .Select(worst => worst == 0 ? LeastWeight : Math.Max(1.1 * worst, 0.9 * worst))];
}
