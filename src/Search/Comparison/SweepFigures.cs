namespace ApproxCluster.Search;

/// <summary>
/// How hard a sweep's target was for it: a row of the difficulty table, comparable across targets since all of it is relative to the sweep's own configurations.
/// </summary>
/// <param name="Best">Best mean objective of a configuration; null while there is none.</param>
/// <param name="Median">Median over configurations: what an arbitrary one reaches.</param>
/// <param name="Gain">
/// (median - best) / (third quartile - best), in costs, 0..1: towards 1 where good configurations are few and far from the rest, towards 0 where half of them are about as good. Null where
/// nothing differs.
/// </param>
/// <param name="TrialsToReach">Trials created until one was that comes within a tenth of the way from the best to the median; null while there is none.</param>
/// <param name="Configurations">Configurations with a result.</param>
/// <param name="Trials">Trials there are.</param>
/// <param name="Flops">Floating-point operations of training.</param>
public sealed record SweepFigures(double? Best, double? Median, double? Gain, int? TrialsToReach, int Configurations, int Trials, long Flops)
{
    /// <summary>Share of the way from best to median that counts as reached.</summary>
    public const double Reach = 0.1;

    /// <summary>Those of a sweep.</summary>
    public static SweepFigures Of(SweepState state)
    {
        var objective = state.Spec.Objective;
        var costs = state.Entries.Where(entry => entry.Key is { Failed: false }).Select(entry => objective.Cost(entry.Mean!.Value)).Order().ToArray();
        var progress = state.Progress;
        if (costs.Length == 0)
        {
            return new(null, null, null, null, 0, state.Trials.Count, progress.Flops);
        }

        var (best, median, quartile) = (costs[0], costs[costs.Length / 2], costs[costs.Length * 3 / 4]);
        var bound = best + Reach * (median - best);
        int? reached = null;
        foreach (var trial in state.Trials)
        {
            if (reached is null && trial.Replicate < state.Spec.Replicates && trial.Value is { } value && objective.Cost(value) <= bound)
            {
                reached = trial.Number + 1;
            }
        }

        double Value(double cost) => objective.Maximize ? -cost : cost;
        return new(Value(best), Value(median), quartile > best ? (median - best) / (quartile - best) : null, reached, costs.Length, state.Trials.Count, progress.Flops);
    }
}
