using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>
/// BOHB's sampler; see <see cref="BohbSamplerSpec"/>. A configuration counts at each epoch that it has reached, with its cost there; one that failed counts as the worst at every
/// epoch. Where no curves are reported, the results count. Parameters that a configuration does not have take the numbers of random other ones, as in HpBandSter.
/// </summary>
internal sealed class BohbSampler : ISampler
{
    private readonly BohbSamplerSpec spec;
    private readonly SpaceColumns columns;
    private readonly RandomSampler startup;
    private readonly int minimum;
    private readonly (ulong Choice, ulong Gaps) keys;
    private readonly HistoryReader reader = new();
    private readonly List<double[]> rows = [];

    public BohbSampler(BohbSamplerSpec spec, SamplerSettings settings)
    {
        this.spec = spec;
        columns = new SpaceColumns(settings.Space);
        startup = new RandomSampler(settings.Space, settings.Seed);
        minimum = spec.MinPoints ?? columns.Count + 1;
        keys = (Seeds.Derive(settings.Seed, "sampler.bohb"), Seeds.Derive(settings.Seed, "sampler.bohb.gaps"));
    }

    /// <inheritdoc />
    public long? Size => null;

    /// <inheritdoc />
    public Assignment? Suggest(int configuration, SearchHistory history)
    {
        Read(history);
        var random = new Philox(keys.Choice, (ulong)configuration);
        if (columns.Count == 0 || random.NextDouble() < spec.RandomFraction || Points(history) is not { } sorted)
        {
            return startup.Suggest(configuration, history);
        }

        var good = Math.Max(minimum, spec.TopPercent * sorted.Count / 100);
        var bad = Math.Max(minimum, (100 - spec.TopPercent) * sorted.Count / 100);
        var best = new ProductKernels(columns.Columns, Filled(sorted[..good]), spec.MinBandwidth);
        var worst = new ProductKernels(columns.Columns, Filled(sorted[good..Math.Min(sorted.Count, good + bad)]), spec.MinBandwidth);
        var (chosen, highest) = (Array.Empty<double>(), double.NegativeInfinity);
        for (var sample = 0; sample < spec.Samples; sample++)
        {
            var row = best.Draw(ref random, spec.BandwidthFactor);
            var ratio = best.LogDensity(row) - worst.LogDensity(row);
            (chosen, highest) = sample == 0 || ratio > highest ? (row, ratio) : (chosen, highest);
        }

        return columns.Decode(chosen);
    }

    private void Read(SearchHistory history)
    {
        var changes = reader.Read(history, out var restarted);
        if (restarted)
        {
            rows.Clear();
        }

        foreach (var number in changes)
        {
            var row = columns.Encode(history[number].Parameters);
            if (number == rows.Count)
            {
                rows.Add(row);
            }
            else
            {
                rows[number] = row;
            }
        }
    }

    /// <summary>Numbers of the configurations at the largest epoch with enough of them, the best first; null where there is no such epoch.</summary>
    private List<int>? Points(SearchHistory history)
    {
        var enough = minimum + 2;
        var failed = history.Count(observation => observation.State == TrialState.Failed);
        var lengths = history.Where(observation => observation.State != TrialState.Failed && observation.Curve.Count > 0).Select(observation => observation.Curve.Count).OrderDescending().ToList();
        var epoch = lengths.Count + failed >= enough && lengths.Count > 0 ? lengths[Math.Clamp(enough - failed, 1, lengths.Count) - 1] : 0;
        var costs = new List<(double Cost, int Number)>();
        foreach (var observation in history)
        {
            var cost = observation.State == TrialState.Failed ? double.PositiveInfinity
                : epoch > 0 ? observation.Curve.Count >= epoch ? observation.Curve[epoch - 1] : (double?)null
                : Standing.Of(observation) is { HasResult: true } ? observation.Cost : null;
            if (cost is { } known)
            {
                costs.Add((double.IsNaN(known) ? double.PositiveInfinity : known, observation.Configuration));
            }
        }

        costs.Sort();
        return costs.Count >= enough ? [.. costs.Select(one => one.Number)] : null;
    }

    /// <summary>Rows whose gaps hold the number of a random other one of them, or a uniform one where none has any.</summary>
    private List<double[]> Filled(IReadOnlyList<int> numbers)
    {
        var filled = new List<double[]>();
        foreach (var number in numbers)
        {
            var row = (double[])rows[number].Clone();
            for (var index = 0; index < row.Length; index++)
            {
                if (double.IsNaN(row[index]))
                {
                    var random = new Philox(keys.Gaps, (ulong)number * (ulong)row.Length + (ulong)index);
                    List<double> others = [.. numbers.Select(other => rows[other][index]).Where(value => !double.IsNaN(value))];
                    row[index] = others.Count > 0 ? others[(int)random.NextBelow((uint)others.Count)] : Breeding.Uniform(columns.Columns[index], ref random);
                }
            }

            filled.Add(row);
        }

        return filled;
    }
}
