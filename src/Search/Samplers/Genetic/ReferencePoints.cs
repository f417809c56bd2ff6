namespace ApproxCluster.Search;

/// <summary>
/// NSGA-III's choice among a front that does not fit (Deb and Jain, IEEE TEC 18(4), 2014, sections IV B to E): costs are measured from the ideal point in units of the intercepts of
/// the plane through the extreme points; each individual belongs to the nearest of evenly placed directions, and directions with few survivors are filled first. Where the paper
/// draws, the first one is taken.
/// </summary>
/// <param name="objectives">Objectives, at least 2.</param>
/// <param name="divisions">Parts that each axis is divided in, at least 1.</param>
internal sealed class ReferencePoints(int objectives, int divisions)
{
    private readonly double[][] directions = [.. Place([], objectives, divisions).Select(parts => parts.Select(part => (double)part / divisions).ToArray())];

    /// <summary>Places of the chosen in the front.</summary>
    /// <param name="survivors">Costs of those who live on already.</param>
    /// <param name="front">Costs of the front.</param>
    /// <param name="count">How many there is room for, fewer than the front has.</param>
    public IReadOnlyList<int> Choose(IReadOnlyList<double[]> survivors, IReadOnlyList<double[]> front, int count)
    {
        var scale = Scale([.. survivors, .. front]);
        var niches = new int[directions.Length];
        foreach (var survivor in survivors)
        {
            niches[Nearest(scale(survivor)).Direction]++;
        }

        var candidates = front.Select((costs, place) => (Place: place, Near: Nearest(scale(costs)))).ToList();
        var chosen = new List<int>();
        while (chosen.Count < count)
        {
            // The emptiest direction that has a candidate; its nearest one while it is empty, then in order.
            var next = candidates.OrderBy(candidate => niches[candidate.Near.Direction]).ThenBy(candidate => candidate.Near.Direction)
                .ThenBy(candidate => niches[candidate.Near.Direction] == 0 ? candidate.Near.Distance : 0).ThenBy(candidate => candidate.Place).First();
            niches[next.Near.Direction]++;
            candidates.Remove(next);
            chosen.Add(next.Place);
        }

        return chosen;
    }

    /// <summary>Whole numbers that add up to the divisions, in rising order.</summary>
    private static IEnumerable<int[]> Place(int[] before, int left, int rest) => left == 1
        ? [[.. before, rest]]
        : Enumerable.Range(0, rest + 1).SelectMany(part => Place([.. before, part], left - 1, rest - part));

    private (int Direction, double Distance) Nearest(double[] point)
    {
        var (best, least) = (0, double.PositiveInfinity);
        for (var index = 0; index < directions.Length; index++)
        {
            var direction = directions[index];
            var along = point.Zip(direction, (one, other) => one * other).Sum() / direction.Sum(part => part * part);
            var distance = point.Zip(direction, (one, other) => (one - along * other) * (one - along * other)).Sum();
            (best, least) = distance < least ? (index, distance) : (best, least);
        }

        return (best, least);
    }

    private Func<double[], double[]> Scale(IReadOnlyList<double[]> costs)
    {
        double[] ideal = [.. Enumerable.Range(0, objectives).Select(axis => costs.Min(one => one[axis]))];
        double[][] moved = [.. costs.Select(one => one.Zip(ideal, (cost, least) => cost - least).ToArray())];
        double[][] extremes = [.. Enumerable.Range(0, objectives).Select(axis => moved.MinBy(one => Achievement(one, axis))!)];
        var intercepts = Intercepts(extremes) ?? [.. Enumerable.Range(0, objectives).Select(axis => moved.Max(one => one[axis]))];
        return one => [.. Enumerable.Range(0, objectives).Select(axis => (one[axis] - ideal[axis]) / Math.Max(intercepts[axis], 1e-12))];
    }

    private static double Achievement(double[] point, int axis) => point.Select((cost, index) => cost / (index == axis ? 1 : 1e-6)).Max();

    /// <summary>Where the plane through the points meets the axes, by Gaussian elimination with pivots; null where there is no such plane.</summary>
    private static double[]? Intercepts(double[][] points)
    {
        var size = points.Length;
        double[][] rows = [.. points.Select(point => (double[])[.. point, 1])];
        for (var column = 0; column < size; column++)
        {
            var pivot = Enumerable.Range(column, size - column).MaxBy(row => Math.Abs(rows[row][column]));
            if (Math.Abs(rows[pivot][column]) < 1e-12)
            {
                return null;
            }

            (rows[column], rows[pivot]) = (rows[pivot], rows[column]);
            for (var row = 0; row < size; row++)
            {
                var factor = row == column ? 0 : rows[row][column] / rows[column][column];
                for (var index = column; index <= size && factor != 0; index++)
                {
                    rows[row][index] -= factor * rows[column][index];
                }
            }
        }

        double[] intercepts = [.. rows.Select((row, index) => row[index] / row[size])];
        return intercepts.All(intercept => double.IsFinite(intercept) && intercept > 1e-12) ? intercepts : null;
    }
}
