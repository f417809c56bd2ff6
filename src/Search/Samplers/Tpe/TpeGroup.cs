using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>Columns that are modelled jointly: the densities of the better ("below") and of the other ("above") observations that have all of them, and the choice by both.</summary>
internal sealed class TpeGroup
{
    private readonly IReadOnlyList<Column> columns;
    private readonly TpeSamplerSpec spec;
    private readonly ulong key;
    private readonly KernelMixture below;
    private readonly KernelMixture above;
    private readonly double[] points;
    private readonly double[] good;
    private readonly double[] bad;
    private IReadOnlyList<double[]>? last;

    public TpeGroup(IReadOnlyList<Column> columns, TpeSamplerSpec spec, ulong seed)
    {
        (this.columns, this.spec) = (columns, spec);
        key = Seeds.Derive(seed, $"sampler.tpe.{columns[0].Path}");
        (below, above) = (new(columns, spec), new(columns, spec));
        var padded = (spec.Candidates + 3) / 4 * 4;
        (points, good, bad) = (new double[padded * columns.Count], new double[padded], new double[padded]);
    }

    /// <summary>The columns.</summary>
    public IReadOnlyList<Column> Columns => columns;

    /// <summary>Whether a row has all the columns.</summary>
    public bool Has(ReadOnlySpan<double> row)
    {
        foreach (var column in columns)
        {
            if (double.IsNaN(row[column.Index]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Adds a configuration to those above.</summary>
    public void Add(int configuration, ReadOnlySpan<double> row)
    {
        if (Has(row))
        {
            above.Add(configuration, row);
        }
    }

    /// <summary>Removes a configuration from those above.</summary>
    public void Remove(int configuration, ReadOnlySpan<double> row)
    {
        if (Has(row))
        {
            above.Remove(configuration);
        }
    }

    /// <summary>Removes all from those above.</summary>
    public void Clear() => above.Clear();

    /// <summary>Writes the numbers of the most promising candidate into a row.</summary>
    /// <param name="configuration">The configuration that is chosen.</param>
    /// <param name="better">Rows of those below, in order of their numbers.</param>
    /// <param name="weights">Their weights; null for the usual ones.</param>
    /// <param name="row">The row.</param>
    public void Choose(int configuration, IReadOnlyList<double[]> better, IReadOnlyList<double>? weights, double[] row)
    {
        if (weights is not null || last is null || !better.SequenceEqual(last))
        {
            Fill(better, weights);
            last = [.. better];
        }

        above.Prepare(Ramp(above.Count));
        var best = Best(configuration);
        for (var place = 0; place < columns.Count; place++)
        {
            row[columns[place].Index] = points[best * columns.Count + place];
        }
    }

    /// <summary>Weights by rank from the oldest: 1 for the last 25, before them rising evenly from 1/n to 1.</summary>
    internal static Func<int, double> Ramp(int count)
    {
        const int Full = 25;
        var older = count - Full;
        var step = older > 1 ? (1 - 1.0 / count) / (older - 1) : 0;
        return rank => rank < older ? 1.0 / count + rank * step : 1;
    }

    private void Fill(IReadOnlyList<double[]> better, IReadOnlyList<double>? weights)
    {
        below.Clear();
        var own = new List<double>();
        for (var index = 0; index < better.Count; index++)
        {
            if (Has(better[index]))
            {
                below.Add(own.Count, better[index]);
                own.Add(weights?[index] ?? 1);
            }
        }

        below.Prepare(weights is null ? Ramp(below.Count) : rank => own[rank]);
    }

    private int Best(int configuration)
    {
        var random = new Philox(key, (ulong)configuration);
        var distinct = 0;
        for (var candidate = 0; candidate < spec.Candidates; candidate++)
        {
            var point = points.AsSpan(distinct * columns.Count, columns.Count);
            below.Sample(ref random, point);
            distinct += IsKnown(point, distinct) ? 0 : 1;
        }

        var padded = (distinct + 3) / 4 * 4;
        for (var candidate = distinct; candidate < padded; candidate++)
        {
            points.AsSpan(0, columns.Count).CopyTo(points.AsSpan(candidate * columns.Count));
        }

        below.LogDensities(points, good.AsSpan(0, padded));
        above.LogDensities(points, bad.AsSpan(0, padded));
        var best = 0;
        for (var candidate = 1; candidate < distinct; candidate++)
        {
            if (good[candidate] - bad[candidate] > good[best] - bad[best])
            {
                best = candidate;
            }
        }

        return best;
    }

    private bool IsKnown(ReadOnlySpan<double> point, int count)
    {
        for (var candidate = 0; candidate < count; candidate++)
        {
            if (points.AsSpan(candidate * columns.Count, columns.Count).SequenceEqual(point))
            {
                return true;
            }
        }

        return false;
    }
}
