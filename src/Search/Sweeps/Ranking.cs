namespace ApproxCluster.Search;

/// <summary>
/// Configurations with a result, best first, kept in order as results come: those without a failed trial before those with one, those within the
/// limit on the gap before those beyond it by how much they are, then by mean, then by number.
/// </summary>
internal sealed class Ranking(Objective objective)
{
    private readonly SortedSet<(bool Failed, double Violation, double Cost, int Number)> order = [];

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
        double violations = 0;
        var count = 0;
        entry.AnyFailed = false;
        foreach (var trial in entry.Trials)
        {
            entry.AnyFailed |= trial.State == TrialState.Failed;
            if (trial.Value is { } value)
            {
                sum += value;
                violations += trial.Violation;
                count++;
            }
        }

        entry.Mean = count == 0 ? null : sum / count;
        entry.Violation = count == 0 ? 0 : violations / count;
        (bool, double, double, int)? key = entry.Mean is { } mean ? (entry.AnyFailed, entry.Violation, objective.Cost(mean), entry.Number) : null;
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
