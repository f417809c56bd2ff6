namespace ApproxCluster.Search;

/// <summary>
/// Logarithms of the mass that a kernel on a stepped column gives to cells, before truncation: they follow from the kernel's width, a whole number of half cells unless clipped,
/// and from the distance in cells, so few different ones occur and are kept.
/// </summary>
/// <param name="cells">Cells of [0, 1], 2 to <see cref="MaximumCells"/>.</param>
internal sealed class CellMasses(int cells)
{
    /// <summary>With more cells than this a stepped column counts as a continuous one.</summary>
    public const int MaximumCells = 256;

    // A mass below this vanishes beside the prior kernel's.
    private const double Least = 1e-30;

    private readonly Dictionary<double, int> rows = [];
    private double[] logs = [];

    /// <summary>Half the width of a cell.</summary>
    public double Half { get; } = 0.5 / cells;

    /// <summary>The logarithms: those of a row by distance in cells.</summary>
    public double[] Logs => logs;

    /// <summary>The cell that a place lies in.</summary>
    public int Cell(double place) => Math.Clamp((int)(place * cells), 0, cells - 1);

    /// <summary>The middle of a cell.</summary>
    public double Place(int cell) => (cell + 0.5) / cells;

    /// <summary>A distance as a whole number of half cells.</summary>
    public double Whole(double distance) => Math.Round(distance * 2 * cells) * Half;

    /// <summary>Where the row of a width begins.</summary>
    public int Row(double width)
    {
        if (!rows.TryGetValue(width, out var row))
        {
            row = rows[width] = rows.Count * cells;
            Array.Resize(ref logs, row + cells);
            for (var distance = 0; distance < cells; distance++)
            {
                var middle = 2 * distance * Half;
                logs[row + distance] = FastMath.Log(Math.Max(Least, Normal.Between((middle - Half) / width, (middle + Half) / width)));
            }
        }

        return row;
    }
}
