using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>
/// A Parzen estimator over some columns: a mixture of one product kernel per observation and one prior kernel. Numeric columns have truncated normals
/// (<see cref="KernelColumn"/>), categorical ones the observed choice smoothed by prior weight / kernels on every choice. Observations stand in slots; every figure is a function
/// of which slots hold what, however it came to be so.
/// </summary>
internal sealed partial class KernelMixture
{
    private readonly IReadOnlyList<Column> columns;
    private readonly double priorWeight;
    private readonly KernelColumn?[] kernels;
    private readonly int[] continuous;
    private readonly int[] stepped;
    private readonly int[] categorical;
    private readonly HashSet<int> changed = [];
    private double shift;

    public KernelMixture(IReadOnlyList<Column> columns, TpeSamplerSpec spec)
    {
        (this.columns, priorWeight) = (columns, spec.PriorWeight);
        kernels = [.. columns.Select(column => column.IsCategorical ? null : new KernelColumn(column, spec))];
        var places = Enumerable.Range(0, columns.Count).ToList();
        continuous = [.. places.Where(place => kernels[place] is { Masses: null })];
        stepped = [.. places.Where(place => kernels[place] is { Masses: not null })];
        categorical = [.. places.Where(place => kernels[place] is null)];
        blocks = new KernelBlocks(continuous.Length, stepped.Length, categorical.Length);
    }

    /// <summary>Observations.</summary>
    public int Count { get; private set; }

    /// <summary>Adds an observation to a free slot.</summary>
    /// <param name="slot">Any number; memory is taken up to the largest.</param>
    /// <param name="row">Its numbers, all columns of the space.</param>
    public void Add(int slot, ReadOnlySpan<double> row)
    {
        Count++;
        blocks.Occupy(slot);
        changed.Add(slot);
        for (var place = 0; place < columns.Count; place++)
        {
            kernels[place]?.Add(slot, row[columns[place].Index]);
        }

        for (var index = 0; index < categorical.Length; index++)
        {
            blocks.SetChoice(slot, index, row[columns[categorical[index]].Index]);
        }
    }

    /// <summary>Removes a slot's observation.</summary>
    public void Remove(int slot)
    {
        Count--;
        blocks.Vacate(slot);
        changed.Remove(slot);
        foreach (var kernel in kernels)
        {
            kernel?.Remove(slot);
        }
    }

    /// <summary>Removes all observations.</summary>
    public void Clear()
    {
        Count = 0;
        blocks.Clear();
        changed.Clear();
        foreach (var kernel in kernels)
        {
            kernel?.Clear();
        }
    }

    /// <summary>Brings all figures up to date; to be called after changes, before the others.</summary>
    /// <param name="weights">Weight of each observation in order of the slots, the first of them the first; above 0, at most 1.</param>
    public void Prepare(Func<int, double> weights)
    {
        foreach (var kernel in kernels)
        {
            kernel?.Refresh(changed);
        }

        foreach (var slot in changed)
        {
            Write(slot);
        }

        changed.Clear();
        shift = Math.Max(0, blocks.SetWeights(weights) - 600);
        smoothing = priorWeight / (Count + 1);
        logChoices = [.. categorical.Select(place => LogChoice(columns[place].Count!.Value))];
    }

    /// <summary>Draws a point: a kernel by weight, then each column's number from it. Numbers stand for values exactly.</summary>
    public void Sample(ref Philox random, Span<double> point)
    {
        var slot = blocks.Draw(random.NextDouble(), priorWeight);
        for (var place = 0; place < columns.Count; place++)
        {
            var unit = random.NextDouble();
            point[place] = kernels[place] is { } kernel ? Number(kernel, slot, unit) : Choice(place, slot, unit);
        }
    }

    private (double Hit, double Miss) LogChoice(long count)
    {
        var all = FastMath.Log(1 + count * smoothing);
        return (FastMath.Log(1 + smoothing) - all, FastMath.Log(smoothing) - all);
    }

    /// <summary>A number from a truncated normal, by its quantiles.</summary>
    private static double Number(KernelColumn kernel, int slot, double unit)
    {
        if (slot == KernelColumn.Prior)
        {
            return kernel.Snap(Math.Clamp(0.5 + Normal.Quantile(kernel.PriorLow + unit * kernel.PriorShare), 0, 1));
        }

        var (centre, width) = (kernel.Places[slot], kernel.Widths[slot]);
        var low = Normal.Cumulative(-centre / width);
        var share = Normal.Cumulative((1 - centre) / width) - low;
        return kernel.Snap(Math.Clamp(centre + width * Normal.Quantile(low + unit * share), 0, 1));
    }

    private double Choice(int place, int slot, double unit)
    {
        var count = columns[place].Count!.Value;
        if (slot == KernelColumn.Prior)
        {
            return Math.Min((long)(unit * count), count - 1);
        }

        var at = unit * (1 + count * smoothing);
        return at < 1 ? blocks.Choice(slot, Array.IndexOf(categorical, place)) : Math.Min((long)((at - 1) / smoothing), count - 1);
    }

    private void Write(int slot)
    {
        var factor = 0.0;
        for (var index = 0; index < continuous.Length; index++)
        {
            var kernel = kernels[continuous[index]]!;
            factor += kernel.LogFactors[slot];
            blocks.SetKernel(slot, index, kernel.Places[slot], kernel.Widths[slot]);
        }

        for (var index = 0; index < stepped.Length; index++)
        {
            var kernel = kernels[stepped[index]]!;
            factor += kernel.LogFactors[slot];
            blocks.SetCell(slot, index, kernel.Masses!.Cell(kernel.Places[slot]), kernel.Masses.Row(kernel.Widths[slot]));
        }

        blocks.SetFactor(slot, factor);
    }
}
