using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>Compares the trials of a sweep.</summary>
public static class Leaderboard
{
    /// <summary>Share of its minimum by which validation loss must stay above it to count as overfitting.</summary>
    public const double OnsetTolerance = 0.01;

    /// <summary>The result of a trial's curves, or null when no epoch has a finite objective. Of equal epochs the first is the best; epochs beyond the objective's limit on the gap come after those within it.</summary>
    public static TrialResult? Evaluate(IReadOnlyList<EpochReport> epochs, Objective objective)
    {
        EpochReport? best = null;
        var least = double.PositiveInfinity;
        foreach (var report in epochs)
        {
            var value = objective.Of(report);
            var cost = ObjectiveValues.RankCost(objective.Cost(value), objective.ViolationOf(objective.GapOf(report)));
            if (report.IsFinite && double.IsFinite(value) && cost < least)
            {
                (best, least) = (report, cost);
            }
        }

        return best is null
            ? null
            : new(best.Epoch, objective.Of(best), best, epochs[^1], Onset(epochs))
            {
                Gap = objective.GapOf(best),
                LastGap = objective.GapOf(epochs[^1]),
                Violation = objective.ViolationOf(objective.GapOf(best)),
            };
    }

    /// <summary>The result of a trial so far, or null; worked out once per epoch count.</summary>
    public static TrialResult? ResultOf(SweepState state, Trial trial)
    {
        if (trial.Value is null)
        {
            return null;
        }

        if (trial.Result is not { } known || !ReferenceEquals(known.Last, trial.Epochs[^1]))
        {
            trial.Result = known = Evaluate(trial.Epochs, state.Spec.Objective)!;
        }

        return known;
    }

    /// <summary>
    /// Configurations with a result, best first; ties by number. Those beyond the limit on the gap come after those within it, those of which a trial failed after all others. Their
    /// means are over the replicates that have a value, so a row of a running sweep may change its place. With several objectives: by front, then by the first objective.
    /// </summary>
    public static IReadOnlyList<LeaderboardRow> Build(SweepState state)
    {
        var rows = InOrder(state, int.MaxValue);
        var sound = rows.TakeWhile(row => !state.Entries[row.Configuration].AnyFailed).ToArray();
        if (state.Spec.Objective.Further.Count > 0)
        {
            return ByFronts(state, rows, sound);
        }

        var front = ParetoFront.Of([.. sound.Select(row => (state.Spec.Objective.Cost(row.Mean), row.Gap, row.ParameterCount))]);
        return [.. rows.Select((row, place) => place < front.Length && front[place] ? row with { OnParetoFront = true } : row)];
    }

    /// <summary>
    /// The first rows of the leaderboard. For a single objective without their place on the Pareto front, at a cost that grows with their number only.
    /// </summary>
    public static IReadOnlyList<LeaderboardRow> Top(SweepState state, int count) =>
        state.Spec.Objective.Further.Count > 0 ? [.. Build(state).Take(count)] : InOrder(state, count);

    /// <summary>Configurations that no other dominates, by the first objective; for several objectives.</summary>
    internal static IEnumerable<ConfigurationEntry> Front(SweepState state)
    {
        var rows = InOrder(state, int.MaxValue);
        var sound = rows.TakeWhile(row => !state.Entries[row.Configuration].AnyFailed).ToArray();
        return ByFronts(state, rows, sound).Where(row => row.ParetoRank == 1).Select(row => state.Entries[row.Configuration]);
    }

    private static List<LeaderboardRow> InOrder(SweepState state, int count)
    {
        var leaders = state.Spec.Objective.Further.Count > 0 ? [] : state.Leaders;
        var order = leaders.Concat(state.Ranking.Configurations.Select(number => state.Entries[number]).Where(entry => !leaders.Contains(entry))).Take(count);
        var rows = new List<LeaderboardRow>();
        var best = default((ConfigurationEntry Entry, Interval Interval)?);
        foreach (var entry in order)
        {
            var interval = Interval.Of(entry);
            best ??= (entry, interval);
            var apart = entry.AnyFailed ? true : state.IsApart(entry, best.Value.Entry);
            rows.Add(Row(state, entry, interval, rows.Count + 1, apart is null ? interval.Overlaps(best.Value.Interval) && entry.Violation <= best.Value.Entry.Violation : !apart.Value));
        }

        return rows;
    }

    private static LeaderboardRow[] ByFronts(SweepState state, List<LeaderboardRow> rows, LeaderboardRow[] sound)
    {
        var costs = sound.Select(row => state.Entries[row.Configuration].MeanCosts()).ToArray();
        var ranks = ParetoRanks.Of(costs, [.. sound.Select(row => row.Violation)]);
        var ranked = sound.Select((row, place) => row with
        {
            ParetoRank = ranks[place],
            OnParetoFront = ranks[place] == 1 && row.Violation == 0,
            Objectives = state.Spec.Objective.ValuesOf(costs[place]),
        });
        return [.. ranked.OrderBy(row => row.ParetoRank).Concat(rows.Skip(sound.Length)).Select((row, place) => row with { Rank = place + 1 })];
    }

    private static LeaderboardRow Row(SweepState state, ConfigurationEntry entry, Interval interval, int rank, bool tied)
    {
        var results = entry.Trials.Select(trial => ResultOf(state, trial)).OfType<TrialResult>().ToArray();
        var several = results.Length > 1;
        return new(
            rank,
            entry.Number,
            [.. entry.Trials.Select(trial => trial.Number)],
            entry.Parameters,
            interval.Mean,
            interval.StandardDeviation,
            several ? interval.Low : null,
            several ? interval.High : null,
            results.Sum(result => result.Gap) / results.Length,
            results[0].BestEpoch,
            entry.ParameterCount,
            entry.State,
            tied,
            OnParetoFront: false)
        {
            Violation = entry.Violation,
            From = entry.Own[0].From,
            Values = [.. results.Select(result => result.Value)],
            Confirmation = [.. entry.Confirmation.Where(trial => trial.Value is not null).Select(trial => trial.Value!.Value)],
        };
    }

    // The first epoch after the minimum from which on validation loss stays above it, if training loss has fallen meanwhile.
    private static int? Onset(IReadOnlyList<EpochReport> epochs)
    {
        var count = 0;
        EpochReport? lowest = null;
        while (count < epochs.Count && epochs[count].IsFinite)
        {
            lowest = lowest is null || epochs[count].ValidationLoss < lowest.ValidationLoss ? epochs[count] : lowest;
            count++;
        }

        if (lowest is null)
        {
            return null;
        }

        var bound = lowest.ValidationLoss + OnsetTolerance * Math.Abs(lowest.ValidationLoss);
        var first = count;
        var training = double.PositiveInfinity;
        while (first > 0 && epochs[first - 1].ValidationLoss > bound && epochs[first - 1].Epoch > lowest.Epoch)
        {
            first--;
            training = Math.Min(training, epochs[first].TrainingLoss);
        }

        return training < lowest.TrainingLoss ? epochs[first].Epoch : null;
    }
}
