namespace ApproxCluster.Search;

/// <summary>The standings of all configurations, sorted, kept up one by one.</summary>
internal sealed class Ranks
{
    private readonly List<Standing> sorted = [];
    private readonly List<Standing?> known = [];

    /// <summary>The best first.</summary>
    public IReadOnlyList<Standing> Sorted => sorted;

    /// <summary>Configurations that came to a result.</summary>
    public int Results { get; private set; }

    /// <summary>The standing of a configuration, if it has one.</summary>
    public Standing? this[int number] => number < known.Count ? known[number] : null;

    /// <summary>Takes an observation that is new or replaced.</summary>
    public void Set(Observation observation)
    {
        var number = observation.Configuration;
        while (known.Count <= number)
        {
            known.Add(null);
        }

        var standing = Standing.Of(observation);
        if (standing == known[number])
        {
            return;
        }

        if (known[number] is { } old)
        {
            sorted.RemoveAt(sorted.BinarySearch(old));
            Results -= old.HasResult ? 1 : 0;
        }

        if (standing is { } now)
        {
            sorted.Insert(~sorted.BinarySearch(now), now);
            Results += now.HasResult ? 1 : 0;
        }

        known[number] = standing;
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        sorted.Clear();
        known.Clear();
        Results = 0;
    }
}
