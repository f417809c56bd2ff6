namespace ApproxCluster.Search;

/// <summary>
/// Overtuning of a sweep (Schneider, Bischl, Feurer, "Overtuning in hyperparameter optimization", arXiv 2506.19540, 2025): by how much the test score of what the search chose is
/// worse than the best one among its incumbents on the way. Known only where the sweep scores them (<see cref="SweepSpec.Overtuning"/>), once, after all decisions.
/// </summary>
/// <param name="Absolute">Test cost of the last incumbent less the least among all: at least 0.</param>
/// <param name="Relative">
/// The same as a share of what the search gained at most, test cost of the first incumbent less the least: above 1, the choice is worse than the first one. Null where nothing was gained.
/// </param>
/// <param name="Incumbents">The incumbents in virtual order.</param>
public sealed record Overtuning(double Absolute, double? Relative, IReadOnlyList<ScoredIncumbent> Incumbents)
{
    /// <summary>Of a sweep; null where it did not ask for it, or a score is missing.</summary>
    public static Overtuning? Of(SweepState state)
    {
        if (!state.Spec.Overtuning || state.BestConfigurations.Count == 0)
        {
            return null;
        }

        var objective = state.Spec.Objective;
        var incumbents = state.BestConfigurations.Select(number => Scored(state, state.Entries[number])).ToArray();
        if (!Array.TrueForAll(incumbents, incumbent => double.IsFinite(incumbent.Test)))
        {
            return null;
        }

        var costs = incumbents.Select(incumbent => objective.Cost(incumbent.Test)).ToArray();
        var least = costs.Min();
        var gained = costs[0] - least;
        return new(costs[^1] - least, gained > 0 ? (costs[^1] - least) / gained : null, incumbents);
    }

    private static ScoredIncumbent Scored(SweepState state, ConfigurationEntry entry)
    {
        var trials = entry.Trials.Where(trial => trial.Value is not null).ToArray();
        var test = trials.Sum(trial => (state.Spec.Objective.Metric == ObjectiveValues.ValidationLoss ? trial.Test?.Loss : trial.Test?.Metric) ?? double.NaN);
        return new(entry.Number, entry.Mean ?? double.NaN, test / trials.Length);
    }
}

/// <summary>An incumbent with its scores, means over its replicates.</summary>
/// <param name="Configuration">The configuration.</param>
/// <param name="Validation">Its objective.</param>
/// <param name="Test">The objective's metric on the test split, without a weighted gap.</param>
public sealed record ScoredIncumbent(int Configuration, double Validation, double Test);
