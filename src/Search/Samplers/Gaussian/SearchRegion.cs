using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>
/// The points of a trust region around its centre: along numbers a box of which the sides are as the length scales and their geometric mean is the region's length (TuRBO, section 2), at least up
/// to the neighbouring values of a column that has them one by one; of choices, the points that differ in at most that share of them, at least in one (X. Wan et al., "Think global and act local:
/// Bayesian optimisation over high-dimensional categorical and mixed search spaces", ICML 2021, section 3.2). Columns that do not exist at the centre are free. Or else all points with one choice.
/// </summary>
internal sealed class SearchRegion
{
    private const double MovedColumns = 20;

    private readonly GaussianSpace space;
    private readonly double[] centre;
    private readonly double[] lower;
    private readonly double[] upper;
    private readonly int[] choices;
    private readonly int free;
    private readonly int? held;

    /// <summary>Lays a region around a point.</summary>
    /// <param name="space">The space.</param>
    /// <param name="centre">The point.</param>
    /// <param name="lengths">Length scales.</param>
    /// <param name="length">The region's length.</param>
    public SearchRegion(GaussianSpace space, double[] centre, IReadOnlyList<double> lengths, double length)
    {
        (this.space, this.centre) = (space, centre);
        (lower, upper) = (new double[centre.Length], new double[centre.Length]);
        Array.Fill(upper, 1);
        var shaped = Enumerable.Range(0, centre.Length).Where(column => !space.IsCategorical[column] && space.Exists(column, centre)).ToList();
        var mean = PortableMath.Exp(shaped.Sum(column => PortableMath.Log(lengths[column])) / Math.Max(1, shaped.Count));
        foreach (var column in shaped)
        {
            var half = 0.5 * length * lengths[column] / mean;
            (lower[column], upper[column]) = (Math.Max(0, centre[column] - half), Math.Min(1, centre[column] + half));
            if (!space.IsContinuous(column))
            {
                var value = space.ValueOf(column, centre[column]);
                lower[column] = Math.Min(Inside(column, lower[column], 1), space.At(column, Math.Max(0, value - 1)));
                upper[column] = Math.Max(Inside(column, upper[column], -1), space.At(column, Math.Min(space.Values(column) - 1, value + 1)));
            }
        }

        choices = [.. Enumerable.Range(0, centre.Length).Where(column => space.IsCategorical[column] && space.Exists(column, centre))];
        free = Math.Max(1, (int)Math.Ceiling(Math.Min(length, 1) * choices.Length));
    }

    /// <summary>Takes all points that have a point's choice in one column.</summary>
    /// <param name="space">The space.</param>
    /// <param name="centre">The point.</param>
    /// <param name="column">The column.</param>
    public SearchRegion(GaussianSpace space, double[] centre, int column)
    {
        (this.space, this.centre, held) = (space, centre, column);
        (lower, upper) = (new double[centre.Length], new double[centre.Length]);
        Array.Fill(upper, 1);
        (choices, free) = ([], 1);
    }

    /// <summary>Where a column's numbers begin.</summary>
    public double Lower(int column) => lower[column];

    /// <summary>Where a column's numbers end.</summary>
    public double Upper(int column) => upper[column];

    /// <summary>Whether a point is inside.</summary>
    public bool Contains(ReadOnlySpan<double> point)
    {
        if (held is { } choice && point[choice] != centre[choice])
        {
            return false;
        }

        for (var column = 0; column < point.Length; column++)
        {
            if (!space.IsCategorical[column] && (point[column] < lower[column] || point[column] > upper[column]) && space.Exists(column, point))
            {
                return false;
            }
        }

        var moved = 0;
        foreach (var column in choices)
        {
            moved += point[column] != centre[column] && space.Exists(column, point) ? 1 : 0;
        }

        return moved <= free;
    }

    /// <summary>Moves an evenly spread point of the unit cube to one inside, of which about 20 columns differ from the centre (TuRBO, supplement: candidates in many dimensions).</summary>
    public void Shrink(Span<double> units, ref Philox random)
    {
        var share = held is not null ? 1 : MovedColumns / units.Length;
        for (var column = 0; column < units.Length; column++)
        {
            var moves = share >= 1 || random.NextDouble() < share || !space.Exists(column, centre);
            units[column] = !moves ? centre[column]
                : space.IsCategorical[column] ? space.FromUnit(column, units[column])
                : space.FromUnit(column, lower[column] + units[column] * (upper[column] - lower[column]));
        }

        Clip(units, ref random);
    }

    /// <summary>Brings a point inside: numbers to the nearest bound, choices, from a random one on, to the centre's.</summary>
    public void Clip(Span<double> point, ref Philox random)
    {
        for (var column = 0; column < point.Length; column++)
        {
            point[column] = space.IsCategorical[column] ? point[column] : Math.Clamp(point[column], lower[column], upper[column]);
        }

        if (held is { } choice)
        {
            point[choice] = centre[choice];
        }

        var (moved, from) = (0, choices.Length > 1 ? (int)random.NextBelow((uint)choices.Length) : 0);
        for (var index = 0; index < choices.Length; index++)
        {
            var column = choices[(from + index) % choices.Length];
            moved += point[column] != centre[column] ? 1 : 0;
            point[column] = moved > free ? centre[column] : point[column];
        }
    }

    /// <summary>The value nearest to a bound, or the next one where that is on its other side.</summary>
    private double Inside(int column, double bound, int toward)
    {
        var value = space.ValueOf(column, bound);
        return space.At(column, (space.At(column, value) - bound) * toward < 0 ? value + toward : value);
    }
}
