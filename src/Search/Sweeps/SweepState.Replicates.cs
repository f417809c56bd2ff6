namespace ApproxCluster.Search;

/// <content>Further trials of configurations that are there already: those of a race, and the confirmation of its outcome.</content>
public sealed partial class SweepState
{
    private readonly List<int> bests = [];
    private readonly Contest confirmation = new(0.95);
    private Race? race;
    private bool confirming;

    /// <summary>
    /// Configurations that were the best so far once their trials had ended, in virtual order; in a race its incumbents. The last one is what the search has chosen.
    /// </summary>
    public IReadOnlyList<int> BestConfigurations => bests;

    /// <summary>Whether a trial trains to its last epoch whatever the pruner: means over trials that stopped at different epochs would compare nothing.</summary>
    internal bool IsWhole(Trial trial) => trial.Replicate >= Spec.FirstReplicates;

    /// <summary>Configurations that stand before all others: the confirmed ones, best first; else the incumbent of a race; else none.</summary>
    internal IReadOnlyList<ConfigurationEntry> Leaders =>
        Confirmed() is { Count: > 0 } confirmed ? confirmed : race?.Incumbent is { AnyFailed: false } incumbent ? [incumbent] : [];

    /// <summary>Whether a configuration is told apart from the best one as worse, in a race or after a confirmation; null where intervals decide.</summary>
    internal bool? IsApart(ConfigurationEntry entry, ConfigurationEntry best) =>
        IsConfirmed(best) ? !IsConfirmed(entry) || IsBehindConfirmed(entry, best)
        : race is not null && race.IsWhole(best) ? !race.IsWhole(entry) || race.IsBehind(entry, best)
        : null;

    private bool IsConfirming(Trial trial) => trial.Replicate >= Spec.Replicates;

    // While the sampler has more, at most every second trial is a further seed: half the effort, as SMAC's intensification takes.
    private TrialCreated? NextRaced()
    {
        if (trials.Count >= Spec.Trials)
        {
            return null;
        }

        if (configurations.Count > 0 && configurations[^1] is { AnyFailed: false } last && last.Own.Count < Spec.FirstReplicates)
        {
            return Replicate(last);
        }

        var further = trials.Count - (long)configurations.Count * Spec.FirstReplicates;
        if (2 * further < trials.Count && race!.Next() is { } contender)
        {
            return Replicate(contender);
        }

        return NextConfiguration() ?? (race!.Next() is { } rest ? Replicate(rest) : null);
    }

    private TrialCreated Replicate(ConfigurationEntry entry) => Create(entry.Number, entry.Own.Count, entry.Parameters);

    private TrialCreated Create(int configuration, int replicate, Assignment parameters) =>
        Repeated(new(trials.Count, configuration, replicate, TrialSeeds.Of(Spec, configuration, replicate), parameters));

    /// <summary>The next trial on a fresh seed: every finalist has its first before any has its second.</summary>
    private TrialCreated? NextConfirmation() => Finalists().MinBy(entry => entry.Confirmation.Count) is { } entry && entry.Confirmation.Count < Spec.Confirm
        ? Create(entry.Number, Spec.Replicates + entry.Confirmation.Count, entry.Parameters)
        : null;

    /// <summary>What the search has come to: the best configuration and those that cannot be told apart from it; with several objectives those on the front. At most <see cref="ContenderLimit"/>.</summary>
    private IReadOnlyList<ConfigurationEntry> Finalists()
    {
        if (Spec.Objective.Further.Count > 0)
        {
            return [.. Leaderboard.Front(this).Take(ContenderLimit)];
        }

        var sound = Ranking.Configurations.Select(number => configurations[number]).TakeWhile(entry => !entry.AnyFailed);
        if (race?.Incumbent is { AnyFailed: false } incumbent)
        {
            return [.. sound.Where(entry => entry != incumbent && race.IsWhole(entry) && !race.IsBehind(entry, incumbent)).Prepend(incumbent).Take(ContenderLimit)];
        }

        var best = default(ConfigurationEntry);
        return [.. sound.Where(entry => Interval.Of(entry).Overlaps(Interval.Of(best ??= entry)) && entry.Violation <= best.Violation).Take(ContenderLimit)];
    }

    /// <summary>Those of whom every fresh seed has ended well, best first; empty before there is one.</summary>
    private List<ConfigurationEntry> Confirmed() => !confirming
        ? []
        : [.. Finalists().Where(IsConfirmed).OrderBy(entry => entry.Confirmation.Sum(trial => trial.Violation)).ThenBy(entry => entry.Confirmation.Sum(CostOf))];

    private bool IsConfirmed(ConfigurationEntry entry) =>
        Spec.Confirm > 0 && entry.Confirmation.Count == Spec.Confirm && entry.Confirmation.TrueForAll(trial => trial is { State: TrialState.Completed, Value: not null });

    private bool IsBehindConfirmed(ConfigurationEntry entry, ConfigurationEntry best) =>
        (entry.Confirmation.Exists(trial => trial.Violation > 0) && !best.Confirmation.Exists(trial => trial.Violation > 0))
        || confirmation.Compare([.. entry.Confirmation.Select(CostOf)], [.. best.Confirmation.Select(CostOf)]) > 0;

    private double CostOf(Trial trial) => Spec.Objective.Cost(trial.Value!.Value);

    private void NoteBest(ConfigurationEntry entry)
    {
        if (race is not null)
        {
            race.Update(entry);
            entry = race.Incumbent ?? entry;
        }

        if (entry.Key is { Failed: false } key && ObservationOf(entry).Cost is not null && (bests.Count == 0 || entry.Number != bests[^1])
            && (race is not null || bests.Count == 0 || key.CompareTo(configurations[bests[^1]].Key!.Value) < 0))
        {
            bests.Add(entry.Number);
        }
    }
}
