namespace ApproxCluster.Search;

/// <summary>Takes what an earlier sweep found into the history of another one.</summary>
public static class EarlierSweep
{
    /// <summary>Most observations that are taken: the latest.</summary>
    public const int MaximumObservations = 10_000;

    /// <summary>Most epochs of curves that are taken in all, those of the latest observations; the others have no curve. Some 2 MB of the journal.</summary>
    public const int MaximumCurveValues = 100_000;

    /// <summary>
    /// The earlier sweep's configurations that ended, in their order, repeats aside, with their curves as far as the new sweep's epochs go, so that one that was stopped there counts as one that is stopped here;
    /// those that are no points of the new sweep's space, or break its rules, are counted and dropped.
    /// </summary>
    /// <param name="earlier">The earlier sweep, ended.</param>
    /// <param name="spec">The new sweep.</param>
    /// <exception cref="ArgumentException">It has not ended, or searched for another objective.</exception>
    public static HistoryTaken Take(SweepState earlier, SweepSpec spec)
    {
        if (!earlier.Status.IsFinal())
        {
            throw new ArgumentException($"from is '{spec.From}', but must be a sweep that has ended. Wait for its end, or stop it.");
        }

        if (earlier.Spec.Objective != spec.Objective)
        {
            throw new ArgumentException(
                $"from is '{spec.From}', which is to {Words(earlier.Spec.Objective)}, but must be to {Words(spec.Objective)}, as this sweep is. Name another one, or change the objective.");
        }

        var ended = earlier.Entries.Where(entry => entry.Own.TrueForAll(trial => trial.SameAs is null)).Select(earlier.ObservationOf)
            .Where(observation => observation.State is TrialState.Completed or TrialState.Pruned or TrialState.Failed)
            .TakeLast(MaximumObservations)
            .ToList();
        var taken = new List<PriorObservation>();
        var values = 0L;
        foreach (var observation in Enumerable.Reverse(ended))
        {
            if (DomainValues.Fit(spec.Space, observation.Parameters) is { } point && spec.Space.Allows(point))
            {
                var epochs = Math.Min(observation.Curve.Count, spec.Epochs);
                values += epochs;
                taken.Add(new(point, observation.State, observation.Cost)
                {
                    Costs = observation.Costs,
                    Curve = values <= MaximumCurveValues ? [.. observation.Curve.Take(epochs)] : [],
                    Violation = observation.Violation,
                });
            }
        }

        taken.Reverse();
        return new(EventWriter.DigestOf(taken), ended.Count - taken.Count, taken);
    }

    private static string Words(Objective objective) => $"{(objective.Maximize ? "maximize" : "minimize")} {objective.Metric}";
}
