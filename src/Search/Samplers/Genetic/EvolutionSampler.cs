using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>
/// Aging evolution (Real et al., "Regularized evolution for image classifier architecture search", AAAI 2019, algorithm 1): of the last results a few are drawn, and the best of
/// these is changed in one parameter. Old ones die, however good they were. The paper has a population of 100 and samples of 25 for 20,000 models; the defaults here keep the
/// ratio for sweeps of a few hundred. With several objectives the first one decides.
/// </summary>
/// <param name="Population">P: results that are alive, at least 2; so many random configurations come first.</param>
/// <param name="Sample">S: results drawn, with replacement, of which the best is the parent, at least 1.</param>
public sealed record EvolutionSamplerSpec(int Population = 20, int Sample = 5) : SamplerSpec
{
    /// <summary>The sampler in sweep files.</summary>
    internal static SamplerKind Kind { get; } = new SamplerKind<EvolutionSamplerSpec>(
        new(
            "evolution",
            "Aging evolution (Real et al. 2019): changes one parameter of the best of a few recent results.",
            Known.Count("population_size", "Latest results that are alive; so many random configurations come first.", 2, 100_000, 20),
            Known.Count("sample_size", "Of so many drawn from these the best is changed.", 1, 100_000, 5)),
        values => new(values.Whole("population_size"), values.Whole("sample_size")),
        spec => [ParameterValue.Of((long)spec.Population), ParameterValue.Of((long)spec.Sample)],
        (spec, settings) => new EvolutionSampler(spec, settings));
}

/// <summary>See <see cref="EvolutionSamplerSpec"/>. A choice changes to any other one; a number half of the time to one nearby, else to any.</summary>
internal sealed class EvolutionSampler : ISampler
{
    private const double Nearby = 0.15;

    private readonly EvolutionSamplerSpec spec;
    private readonly SpaceColumns columns;
    private readonly Breeding breeding;
    private readonly RandomSampler startup;
    private readonly ulong key;
    private readonly HistoryReader reader = new();
    private readonly Queue<Individual> alive = new();

    public EvolutionSampler(EvolutionSamplerSpec spec, SamplerSettings settings)
    {
        (this.spec, key) = (spec, Seeds.Derive(settings.Seed, "sampler.evolution"));
        columns = new SpaceColumns(settings.Space);
        breeding = new Breeding(columns);
        startup = new RandomSampler(settings.Space, settings.Seed);
    }

    /// <inheritdoc />
    public long? Size => null;

    /// <inheritdoc />
    public Assignment? Suggest(int configuration, SearchHistory history)
    {
        Read(history);
        if (alive.Count < spec.Population || columns.Count == 0)
        {
            return startup.Suggest(configuration, history);
        }

        var random = new Philox(key, (ulong)configuration);
        var members = alive.ToArray();
        var parent = members[random.NextBelow((uint)members.Length)];
        for (var drawn = 1; drawn < spec.Sample; drawn++)
        {
            var other = members[random.NextBelow((uint)members.Length)];
            parent = other.Standing.CompareTo(parent.Standing) < 0 ? other : parent;
        }

        var child = (double[])parent.Row.Clone();
        Mutate(child, ref random);
        breeding.Fill(child, ref random);
        return columns.Decode(child);
    }

    private void Mutate(double[] row, ref Philox random)
    {
        Column[] existing = [.. columns.Columns.Where(column => !double.IsNaN(row[column.Index]))];
        if (existing.Length == 0)
        {
            return;
        }

        var column = existing[random.NextBelow((uint)existing.Length)];
        var number = row[column.Index];
        if (column.IsCategorical)
        {
            var step = 1 + random.NextBelow((uint)column.Count!.Value - 1);
            row[column.Index] = (number + step) % column.Count.Value;
            return;
        }

        var (isNear, uniform, normal) = (random.NextDouble() < 0.5, random.NextDouble(), Normal.Quantile(random.NextDouble()));
        row[column.Index] = isNear ? Math.Clamp(number + Nearby * normal, 0, 1) : uniform;
    }

    private void Read(SearchHistory history)
    {
        var events = reader.Events(history, out var restarted);
        if (restarted)
        {
            alive.Clear();
        }

        foreach (var (number, ended) in events)
        {
            if (ended && Individual.Of(history[number], columns, 1) is { } individual)
            {
                alive.Enqueue(individual);
                if (alive.Count > spec.Population)
                {
                    alive.Dequeue();
                }
            }
        }
    }
}
