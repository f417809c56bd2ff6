namespace ApproxCluster.Search;

/// <summary>
/// Points with several costs in fronts, as they come: those that none dominates, those that only they dominate, and so on. A point beyond a limit is dominated by all within it and by
/// those less beyond (Deb et al. 2002, section VI). Each new point goes to the first front that does not dominate it, found by bisection, and pushes what it dominates there to the next front, and so on
/// (Li, Deb, Zhang, Zhang, "Efficient nondomination level update method for steady-state evolutionary multiobjective optimization", IEEE Transactions on Cybernetics 47(9), 2017).
/// </summary>
internal sealed class FrontLevels
{
    private readonly List<double[]> points = [];
    private readonly List<double> violations = [];
    private readonly List<List<int>> fronts = [];

    /// <summary>The points, in the order in which they came.</summary>
    public IReadOnlyList<double[]> Points => points;

    /// <summary>Places of the points, front by front; within a front in no order of meaning.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Fronts => fronts;

    /// <summary>Adds a point.</summary>
    /// <param name="costs">Its costs, none of them NaN; smaller is better.</param>
    /// <param name="violation">By how much it lies beyond limits: 0 within them.</param>
    public void Add(double[] costs, double violation = 0)
    {
        var level = LevelOf(costs, violation);
        List<int> moving = [points.Count];
        points.Add(costs);
        violations.Add(violation);
        for (; level < fronts.Count; level++)
        {
            var front = fronts[level];
            var pushed = front.FindAll(member => moving.Exists(mover => Dominates(points[mover], violations[mover], points[member], violations[member])));
            if (pushed.Count == front.Count)
            {
                // All of it goes one further, and so does what comes after it.
                fronts.Insert(level, moving);
                return;
            }

            if (pushed.Count == 0)
            {
                front.AddRange(moving);
                return;
            }

            front.RemoveAll(pushed.Contains);
            front.AddRange(moving);
            moving = pushed;
        }

        fronts.Add(moving);
    }

    /// <summary>Place of the front, from 0, that a point would come to.</summary>
    public int LevelOf(double[] costs, double violation = 0)
    {
        var (low, high) = (0, fronts.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (fronts[middle].Exists(member => Dominates(points[member], violations[member], costs, violation)))
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

    /// <summary>Place of the front that the point with a place, from 0, in the order of fronts lies in.</summary>
    public int LevelAt(int place)
    {
        var level = 0;
        while (place >= fronts[level].Count)
        {
            place -= fronts[level++].Count;
        }

        return level;
    }

    private static bool Dominates(double[] point, double violation, double[] other, double otherViolation) =>
        violation < otherViolation || (violation == otherViolation && violation <= 0 && ParetoRanks.Dominates(point, other));
}
