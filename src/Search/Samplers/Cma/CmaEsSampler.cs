using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>
/// CMA-ES over the numeric parameters that always exist; see <see cref="CmaEsSamplerSpec"/>. Its state is replayed from the history: configurations are drawn from the state
/// of the moment, results enter in the order in which trials ended, and each population of them closes a generation, so trials in flight never wait for each other. A
/// result that failed counts as the worst; one that its user ended does not count, nor does a trial that is paused at a rung. With several objectives the first one decides.
/// </summary>
internal sealed class CmaEsSampler : ISampler
{
    private const int Better = 200;

    private readonly CmaEsSamplerSpec spec;
    private readonly SpaceColumns columns;
    private readonly RandomSampler startup;
    private readonly InheritedColumns inherited;
    private readonly IReadOnlyList<Column> modelled;
    private readonly double[][] thresholds;
    private readonly ulong key;
    private readonly HistoryReader reader = new();
    private readonly List<double[]> drawn = [];
    private readonly List<double[]> rows = [];
    private readonly List<(Standing Standing, double[] Point)> generation = [];
    private readonly Ranks ranks = new();
    private CmaRestarts? restarts;

    public CmaEsSampler(CmaEsSamplerSpec spec, SamplerSettings settings)
    {
        (this.spec, key) = (spec, Seeds.Derive(settings.Seed, "sampler.cmaes"));
        columns = new SpaceColumns(settings.Space);
        startup = new RandomSampler(settings.Space, settings.Seed);
        inherited = new InheritedColumns(columns);
        var always = ColumnGroups.Unconditional(settings.Space).ToHashSet(StringComparer.Ordinal);
        modelled = [.. columns.Columns.Where(column => !column.IsCategorical && always.Contains(column.Path))];
        thresholds = [.. modelled.Select(column => spec.WithMargin ? column.Thresholds() : [])];
    }

    /// <inheritdoc />
    public long? Size => null;

    /// <inheritdoc />
    public Assignment? Suggest(int configuration, SearchHistory history)
    {
        Read(history);
        if (configuration < spec.StartupTrials || columns.Count == 0)
        {
            return startup.Suggest(configuration, history);
        }

        var random = new Philox(key, (ulong)configuration);
        var point = Draw(ref random);
        var half = ranks.Sorted.Take(Math.Min((ranks.Results + 1) / 2, Better)).Select(standing => rows[standing.Configuration]);
        var row = inherited.Draw(ref random, [.. half]);
        for (var index = 0; index < modelled.Count; index++)
        {
            row[modelled[index].Index] = point[index];
        }

        return columns.Decode(row);
    }

    /// <summary>The modelled parameters' numbers under a configuration's own stream; that of choices begins behind them.</summary>
    private double[] Draw(ref Philox random)
    {
        if (modelled.Count == 0)
        {
            return [];
        }

        var point = Restarts().Run.Draw(ref random);
        random.Position = 1 << 20;
        return point;
    }

    private CmaRestarts Restarts() => restarts ??= new CmaRestarts(spec, modelled.Count, thresholds, key);

    private void Read(SearchHistory history)
    {
        var events = reader.Events(history, out var restarted);
        if (restarted)
        {
            drawn.Clear();
            rows.Clear();
            generation.Clear();
            ranks.Clear();
            restarts = null;
        }

        foreach (var (number, ended) in events)
        {
            if (ended)
            {
                End(history[number]);
            }
            else
            {
                Begin(history[number]);
            }
        }
    }

    /// <summary>Recalls the point before it was rounded, or takes the configuration's where it was chosen otherwise.</summary>
    private void Begin(Observation observation)
    {
        var row = columns.Encode(observation.Parameters);
        rows.Add(row);
        var random = new Philox(key, (ulong)observation.Configuration);
        var point = observation.Configuration < spec.StartupTrials ? [] : Draw(ref random);
        var same = point.Length == modelled.Count && modelled.Select((column, index) => column.Decode(point[index]) == observation.Parameters[column.Path]).All(equal => equal);
        drawn.Add(same ? point : [.. modelled.Select(column => row[column.Index])]);
    }

    private void End(Observation observation)
    {
        ranks.Set(observation);
        var point = drawn[observation.Configuration];
        if (Standing.Of(observation) is not { } standing || modelled.Count == 0 || Array.Exists(point, double.IsNaN))
        {
            return;
        }

        var run = Restarts().Run;
        generation.Add((standing, point));
        if (generation.Count == run.Population)
        {
            generation.Sort((one, other) => one.Standing.CompareTo(other.Standing));
            var (first, last) = (generation[0].Standing, generation[^1].Standing);
            run.Close([.. generation.Select(one => one.Point)], (first.Class, first.First, first.Second) == (last.Class, last.First, last.Second));
            generation.Clear();
            Restarts().Follow();
        }
    }
}
