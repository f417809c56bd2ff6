namespace ApproxCluster.Search;

/// <summary>
/// The kernels of one numeric column, a truncated normal on [0, 1] at each observation: kept sorted by place (then by slot), together with a prior kernel in the middle, so that
/// each kernel's width follows from its neighbours. A stepped column's kernels lie in the middle of their cells and give each cell its mass.
/// </summary>
internal sealed class KernelColumn
{
    /// <summary>Slot of the prior kernel.</summary>
    public const int Prior = -1;

    private const double Narrowest = 1e-12;

    private readonly Column column;
    private readonly bool endpoints;
    private readonly bool magicClip;
    private readonly List<(double Place, int Slot)> sorted = [(0.5, Prior)];
    private readonly List<(double Place, int Slot)> added = [];
    private readonly HashSet<int> dirty = [];
    private readonly double logPrior;
    private double floor = double.NaN;

    public KernelColumn(Column column, TpeSamplerSpec spec)
    {
        (this.column, endpoints, magicClip) = (column, spec.ConsiderEndpoints, spec.ConsiderMagicClip);
        Masses = column is { Count: <= CellMasses.MaximumCells, IsLog: false } ? new CellMasses((int)column.Count.Value) : null;
        (PriorLow, PriorShare) = (Normal.Cumulative(-0.5), Normal.Between(-0.5, 0.5));
        logPrior = -Normal.LogRootTwoPi - FastMath.Log(PriorShare);
    }

    /// <summary>The masses of cells; null where kernels have densities.</summary>
    public CellMasses? Masses { get; }

    /// <summary>By slot: centre.</summary>
    public double[] Places { get; private set; } = [];

    /// <summary>By slot: standard deviation.</summary>
    public double[] Widths { get; private set; } = [];

    /// <summary>By slot: logarithm of what the kernel's shape e^(-z^2/2), or its cell's mass, is multiplied by.</summary>
    public double[] LogFactors { get; private set; } = [];

    /// <summary>Share of the prior kernel's normal distribution below 0.</summary>
    public double PriorLow { get; }

    /// <summary>Share of the prior kernel's normal distribution between 0 and 1.</summary>
    public double PriorShare { get; }

    /// <summary>The prior kernel's log density, or log mass of a cell, at a place.</summary>
    public double PriorLog(double place) => Masses is { } masses
        ? FastMath.Log(Normal.Between(place - masses.Half - 0.5, place + masses.Half - 0.5) / PriorShare)
        : -0.5 * (place - 0.5) * (place - 0.5) + logPrior;

    /// <summary>The place that a candidate's number stands for exactly.</summary>
    public double Snap(double place) => Masses is { } masses ? masses.Place(masses.Cell(place)) : column.Snap(place);

    /// <summary>Adds a kernel to a free slot. Its figures follow with <see cref="Refresh"/>.</summary>
    public void Add(int slot, double place)
    {
        if (slot >= Places.Length)
        {
            var size = Math.Max(slot + 1, Places.Length * 2);
            (Places, Widths, LogFactors) = (Grown(Places, size), Grown(Widths, size), Grown(LogFactors, size));
        }

        (Places[slot], Widths[slot]) = (place, 0);
        added.Add((place, slot));
    }

    /// <summary>Removes a slot's kernel.</summary>
    public void Remove(int slot)
    {
        Insert();
        dirty.Remove(slot);
        var at = sorted.BinarySearch((Places[slot], slot));
        sorted.RemoveAt(at);
        Touch(at - 1);
        Touch(at);
    }

    /// <summary>Removes all kernels.</summary>
    public void Clear()
    {
        sorted.Clear();
        sorted.Add((0.5, Prior));
        added.Clear();
        dirty.Clear();
        floor = double.NaN;
    }

    /// <summary>Brings widths up to date and adds the slots whose figures changed.</summary>
    public void Refresh(HashSet<int> changed)
    {
        Insert();
        var narrowest = magicClip ? 1 / Math.Min(100.0, 1 + sorted.Count) : Narrowest;
        if (narrowest != floor)
        {
            floor = narrowest;
            dirty.UnionWith(sorted.Select(kernel => kernel.Slot));
            dirty.Remove(Prior);
        }

        foreach (var slot in dirty)
        {
            var width = Width(sorted.BinarySearch((Places[slot], slot)));
            if (width != Widths[slot])
            {
                var (low, high) = (-Places[slot] / width, (1 - Places[slot]) / width);
                var log = -FastMath.Log(Normal.Between(low, high));
                LogFactors[slot] = Masses is null ? log - FastMath.Log(width) - Normal.LogRootTwoPi : log;
                Widths[slot] = width;
                changed.Add(slot);
            }
        }

        dirty.Clear();
    }

    private static double[] Grown(double[] values, int size)
    {
        Array.Resize(ref values, size);
        return values;
    }

    /// <summary>The larger gap to a neighbour; the outermost kernels have one neighbour only, unless the ends count too.</summary>
    private double Width(int at)
    {
        var place = sorted[at].Place;
        var left = place - (at > 0 ? sorted[at - 1].Place : 0);
        var right = (at + 1 < sorted.Count ? sorted[at + 1].Place : 1) - place;
        var gap = endpoints ? Math.Max(left, right) : at == 0 ? right : at + 1 == sorted.Count ? left : Math.Max(left, right);
        return Math.Clamp(Masses?.Whole(gap) ?? gap, floor, 1);
    }

    private void Insert()
    {
        if (added.Count > 16 + sorted.Count / 8)
        {
            sorted.AddRange(added);
            sorted.Sort();
            dirty.UnionWith(sorted.Select(kernel => kernel.Slot));
            dirty.Remove(Prior);
        }
        else
        {
            foreach (var kernel in added)
            {
                var at = ~sorted.BinarySearch(kernel);
                sorted.Insert(at, kernel);
                Touch(at - 1);
                Touch(at);
                Touch(at + 1);
            }
        }

        added.Clear();
    }

    private void Touch(int at)
    {
        if (at >= 0 && at < sorted.Count && sorted[at].Slot != Prior)
        {
            dirty.Add(sorted[at].Slot);
        }
    }
}
