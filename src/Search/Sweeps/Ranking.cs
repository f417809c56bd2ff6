namespace ApproxCluster.Search;

/// <summary>
/// Configurations with a result, best first, kept in order as results come: those without a failed trial before those with one, then by mean, then
/// by number.
/// </summary>
internal sealed class Ranking(Objective objective)
{
    private readonly SortedSet<(bool Failed, double Cost, int Number)> order = [];

    /// <summary>Numbers of the configurations, best first.</summary>
    public IEnumerable<int> Configurations => order.Select(key => key.Number);

    /// <summary>Configurations with a result.</summary>
    public int Count => order.Count;

    /// <summary>The best configuration without a failed trial, or null.</summary>
    public int? Best => order.Count > 0 && order.Min is { Failed: false } best ? best.Number : null;

    /// <summary>A trial of a configuration has a new value or has ended.</summary>
    public void Update(ConfigurationEntry entry)
    {
        double sum = 0;
        var count = 0;
        entry.AnyFailed = false;
        foreach (var trial in entry.Trials)
        {
            entry.AnyFailed |= trial.State == TrialState.Failed;
            if (trial.Value is { } value)
            {
                sum += value;
                count++;
            }
        }

        entry.Mean = count == 0 ? null : sum / count;
        (bool, double, int)? key = entry.Mean is { } mean ? (entry.AnyFailed, objective.Cost(mean), entry.Number) : null;
        if (key == entry.Key)
        {
            return;
        }

        if (entry.Key is { } old)
        {
            order.Remove(old);
        }

        if (key is { } place)
        {
            order.Add(place);
        }

        entry.Key = key;
    }
}
