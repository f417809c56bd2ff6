using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>
/// NSGA-II and NSGA-III; see <see cref="Nsga2SamplerSpec"/> and <see cref="Nsga3SamplerSpec"/>. Results enter in the order in which trials ended, whichever generation they were
/// drawn in; each population of them closes a generation: the best of it and of its parents are the next parents. So trials in flight never wait for each other.
/// </summary>
internal sealed class NsgaSampler : ISampler
{
    private readonly GeneticSettings genetic;
    private readonly int objectives;
    private readonly bool byReference;
    private readonly ReferencePoints? references;
    private readonly SpaceColumns columns;
    private readonly Breeding breeding;
    private readonly RandomSampler startup;
    private readonly ulong key;
    private readonly HistoryReader reader = new();
    private readonly List<Individual> generation = [];
    private List<Individual> parents = [];

    public NsgaSampler(GeneticSettings genetic, int? divisions, SamplerSettings settings)
    {
        (this.genetic, objectives, byReference) = (genetic, settings.Objectives, divisions is not null);
        references = divisions is { } parts && objectives > 1 ? new ReferencePoints(objectives, parts) : null;
        columns = new SpaceColumns(settings.Space);
        breeding = new Breeding(columns);
        startup = new RandomSampler(settings.Space, settings.Seed);
        key = Seeds.Derive(settings.Seed, byReference ? "sampler.nsga3" : "sampler.nsga2");
    }

    /// <inheritdoc />
    public long? Size => null;

    /// <inheritdoc />
    public Assignment? Suggest(int configuration, SearchHistory history)
    {
        Read(history);
        if (parents.Count == 0 || columns.Count == 0)
        {
            return startup.Suggest(configuration, history);
        }

        var random = new Philox(key, (ulong)configuration);
        var (first, second) = (Parent(ref random), Parent(ref random));
        double[] child = random.NextDouble() >= genetic.CrossoverProbability
            ? [.. first]
            : genetic.Crossover == GeneticCrossover.Uniform
                ? Breeding.Cross(first, second, genetic.SwappingProbability, ref random)
                : breeding.Spread(first, second, objectives > 1 ? 20 : 2, ref random);
        breeding.Mutate(child, genetic.MutationProbability ?? 1.0 / columns.Count, ref random);
        breeding.Fill(child, ref random);
        return columns.Decode(child);
    }

    /// <summary>The better of two random parents; with reference points a random one, as all of them are equally wanted.</summary>
    private double[] Parent(ref Philox random)
    {
        var (one, other) = (random.NextBelow((uint)parents.Count), random.NextBelow((uint)parents.Count));
        return parents[(int)(references is null ? Math.Min(one, other) : one)].Row;
    }

    private void Read(SearchHistory history)
    {
        var events = reader.Events(history, out var restarted);
        if (restarted)
        {
            generation.Clear();
            parents = [];
        }

        foreach (var (number, ended) in events)
        {
            if (ended && Individual.Of(history[number], columns, objectives) is { } individual)
            {
                generation.Add(individual);
                if (generation.Count == genetic.Population)
                {
                    parents = Survival.Best([.. parents, .. generation], genetic.Population, references is null ? null : references.Choose);
                    generation.Clear();
                }
            }
        }
    }
}
