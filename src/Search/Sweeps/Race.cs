namespace ApproxCluster.Search;

/// <summary>
/// Which configurations of a raced sweep get a further seed. The incumbent keeps its place until another configuration is told apart from it as the better one, or does better over the
/// seeds in common, which are two at least once the incumbent has two: a single lucky seed does not take it. (SMAC's "intensify", Hutter, Hoos, Leyton-Brown 2011, asks for as many
/// seeds as the incumbent has; a budget then ends with better ones waiting.) A further seed goes to the one with the fewest among the incumbent and its
/// rivals: the configurations among the best few by mean that are not told apart from it as worse (races: F-Race, irace; Heidrich-Meisner and Igel 2009). When there is none left
/// the race is decided. A function of the trials that have ended; a decision looks at a few configurations only.
/// </summary>
/// <param name="spec">The sweep.</param>
/// <param name="entries">Its configurations.</param>
/// <param name="ranking">Their ranking by mean.</param>
internal sealed class Race(SweepSpec spec, IReadOnlyList<ConfigurationEntry> entries, Ranking ranking)
{
    private readonly Contest contest = new(spec.Race!.Confidence, spec.Race.Corrected ? (spec.Race.Min, spec.Replicates) : null);

    /// <summary>The best configuration by the rule above; null before one has ended whole.</summary>
    public ConfigurationEntry? Incumbent { get; private set; }

    /// <summary>The best few by mean that are not the incumbent.</summary>
    private IEnumerable<ConfigurationEntry> Challengers =>
        ranking.Configurations.Take(SweepState.ContenderLimit).Select(number => entries[number]).Where(entry => entry != Incumbent);

    /// <summary>A trial of a configuration has ended.</summary>
    public void Update(ConfigurationEntry entry)
    {
        if (Incumbent is null || !IsWhole(Incumbent))
        {
            Incumbent = ranking.Configurations.Take(SweepState.ContenderLimit).Select(number => entries[number]).FirstOrDefault(IsWhole) ?? (IsWhole(entry) ? entry : null);
            return;
        }

        if (entry != Incumbent)
        {
            Challenge(entry);
            return;
        }

        // It has one seed more and may have lost by it.
        foreach (var challenger in Challengers.ToArray())
        {
            Challenge(challenger);
        }
    }

    /// <summary>The configuration that gets a further seed, or null while nobody should.</summary>
    public ConfigurationEntry? Next()
    {
        if (Incumbent is null || !IsWhole(Incumbent))
        {
            return null;
        }

        var next = default(ConfigurationEntry);
        var rivals = 0;
        foreach (var challenger in Challengers)
        {
            if (!IsWhole(challenger) || IsBehind(challenger, Incumbent))
            {
                continue;
            }

            rivals++;
            if (CanGrow(challenger) && (next is null || challenger.Trials.Count < next.Trials.Count))
            {
                next = challenger;
            }
        }

        return rivals > 0 && CanGrow(Incumbent) && (next is null || Incumbent.Trials.Count <= next.Trials.Count) ? Incumbent : next;
    }

    /// <summary>Whether a configuration is told apart from another as the worse one: by the limit on the gap, or by what both cost within it or violate beyond it.</summary>
    public bool IsBehind(ConfigurationEntry entry, ConfigurationEntry other) =>
        entry.Violation > 0 != other.Violation > 0 ? entry.Violation > 0 : contest.Compare(Values(entry), Values(other)) > 0;

    /// <summary>Whether its trials, as far as they have ended and at least the first ones, were trained to their last epoch.</summary>
    public bool IsWhole(ConfigurationEntry entry) =>
        !entry.AnyFailed && entry.Ended >= spec.FirstReplicates && entry.Trials.TrueForAll(trial => trial is { State: TrialState.Completed, Value: not null } || !trial.State.IsFinal());

    private bool CanGrow(ConfigurationEntry entry) => entry.Ended == entry.Trials.Count && entry.Trials.Count < spec.Replicates;

    private void Challenge(ConfigurationEntry challenger)
    {
        if (!IsWhole(challenger))
        {
            return;
        }

        if (IsBehind(Incumbent!, challenger))
        {
            Incumbent = challenger;
            return;
        }

        var seeds = Math.Min(challenger.Ended, Incumbent!.Ended);
        if (seeds < Math.Min(2, Incumbent.Ended))
        {
            return;
        }

        var own = (Mean(challenger, seeds, trial => trial.Violation), Mean(challenger, seeds, CostOf));
        if (own.CompareTo((Mean(Incumbent, seeds, trial => trial.Violation), Mean(Incumbent, seeds, CostOf))) < 0)
        {
            Incumbent = challenger;
        }
    }

    private static double Mean(ConfigurationEntry entry, int seeds, Func<Trial, double> value)
    {
        double sum = 0;
        for (var seed = 0; seed < seeds; seed++)
        {
            sum += value(entry.Trials[seed]);
        }

        return sum / seeds;
    }

    private double CostOf(Trial trial) => spec.Objective.Cost(trial.Value!.Value);

    // Further seeds are given one after the other, so those that have ended are the first ones.
    private double[] Values(ConfigurationEntry entry) =>
        [.. entry.Trials.Take(entry.Ended).Select(trial => entry.Violation > 0 ? trial.Violation : CostOf(trial))];
}
