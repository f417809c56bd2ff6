namespace ApproxCluster.Search;

/// <summary>
/// The tree-structured Parzen estimator; see <see cref="TpeSamplerSpec"/> for sources and choices. Of n results the best min(ceil(n / 10), 25) are "below", the others (with the
/// constant liar running ones too) "above"; of several candidates from the density l of those below, the one with the largest l(x) / g(x) is taken, g being the density of
/// those above. With several objectives the best tenth is chosen by <see cref="TpeFront"/>.
/// </summary>
internal sealed class TpeSampler : ISampler
{
    private readonly TpeSamplerSpec spec;
    private readonly int objectives;
    private readonly SpaceColumns columns;
    private readonly RandomSampler startup;
    private readonly TpeGroup[] groups;
    private readonly int[] groupOf;
    private readonly HistoryReader reader = new();
    private readonly Ranks ranks = new();
    private readonly List<(Assignment Point, double[] Row)> rows = [];
    private readonly HashSet<int> above = [];
    private IReadOnlyList<int> below = [];

    public TpeSampler(TpeSamplerSpec spec, SamplerSettings settings)
    {
        (this.spec, objectives) = (spec, settings.Objectives);
        columns = new SpaceColumns(settings.Space);
        startup = new RandomSampler(settings.Space, settings.Seed);
        groups = [.. Divide(spec, settings.Space, columns).Select(group => new TpeGroup(group, spec, settings.Seed))];
        groupOf = [.. columns.Columns.Select(column => Array.FindIndex(groups, group => group.Columns.Contains(column)))];
    }

    /// <inheritdoc />
    public long? Size => null;

    /// <inheritdoc />
    public Assignment? Suggest(int configuration, SearchHistory history)
    {
        var touched = Read(history);
        if (ranks.Results < spec.StartupTrials || columns.Count == 0)
        {
            Move(touched, history);
            return startup.Suggest(configuration, history);
        }

        touched.UnionWith(below);
        IReadOnlyList<double>? weights = null;
        below = objectives > 1
            ? TpeFront.Below(ranks, history, objectives, out weights)
            : [.. ranks.Sorted.Take(Math.Min((ranks.Results + 9) / 10, 25)).Select(standing => standing.Configuration).Order()];
        touched.UnionWith(below);
        Move(touched, history);

        List<double[]> better = [.. below.Select(number => rows[number].Row)];
        var row = new double[columns.Count];
        var chosen = new bool[groups.Length];
        return columns.Decode(column =>
        {
            var group = groupOf[column.Index];
            if (!chosen[group])
            {
                chosen[group] = true;
                groups[group].Choose(configuration, better, weights, row);
            }

            return row[column.Index];
        });
    }

    private static IEnumerable<IReadOnlyList<Column>> Divide(TpeSamplerSpec spec, SearchSpace space, SpaceColumns columns)
    {
        if (!spec.Multivariate)
        {
            return columns.Columns.Select(column => new[] { column });
        }

        var groups = ColumnGroups.Of(space, columns);
        return spec.Group ? groups : groups.SelectMany((group, index) => index == 0 ? [group] : group.Select(column => (IReadOnlyList<Column>)[column]));
    }

    /// <summary>Takes what is new, and returns the configurations that it is about.</summary>
    private HashSet<int> Read(SearchHistory history)
    {
        var changes = reader.Read(history, out var restarted);
        if (restarted)
        {
            ranks.Clear();
            rows.Clear();
            above.Clear();
            below = [];
            foreach (var group in groups)
            {
                group.Clear();
            }
        }

        var touched = new HashSet<int>();
        foreach (var number in changes)
        {
            if (touched.Add(number))
            {
                Set(history[number]);
            }
        }

        return touched;
    }

    private void Set(Observation observation)
    {
        var number = observation.Configuration;
        ranks.Set(observation);
        if (number == rows.Count)
        {
            rows.Add((observation.Parameters, columns.Encode(observation.Parameters)));
        }
        else if (!ReferenceEquals(rows[number].Point, observation.Parameters))
        {
            Leave(number);
            rows[number] = (observation.Parameters, columns.Encode(observation.Parameters));
        }
    }

    /// <summary>Brings those above up to date where configurations may have come or gone.</summary>
    private void Move(HashSet<int> touched, SearchHistory history)
    {
        foreach (var number in touched)
        {
            var belongs = !below.Contains(number) && (ranks[number] is not null || (spec.ConstantLiar && !history[number].IsFinished));
            if (!belongs)
            {
                Leave(number);
            }
            else if (above.Add(number))
            {
                foreach (var group in groups)
                {
                    group.Add(number, rows[number].Row);
                }
            }
        }
    }

    private void Leave(int number)
    {
        if (above.Remove(number))
        {
            foreach (var group in groups)
            {
                group.Remove(number, rows[number].Row);
            }
        }
    }
}
