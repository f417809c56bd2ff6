namespace ApproxCluster.Search;

/// <summary>
/// What a pruner would have left of the recorded front of several objectives. A configuration counts with its mean costs over replicates, each at its best epoch by the first objective;
/// one with a failed trial or beyond the limit on the gap does not count, as in <see cref="SweepFront"/>.
/// </summary>
/// <param name="Size">Configurations on the recorded front.</param>
/// <param name="Kept">Those of them whose trials would all have reached their last epochs.</param>
/// <param name="Hypervolume">
/// Share of the recorded front's hypervolume that the front of the cut curves would have had, 0..1, with the worst of each objective among the recorded ones as the reference; 1 where
/// the recorded front has none, being one point.
/// </param>
public sealed record RehearsedFront(int Size, int Kept, double Hypervolume)
{
    internal static RehearsedFront? Of(Objective objective, IEnumerable<RehearsedTrial> trials)
    {
        if (objective.Further.Count == 0)
        {
            return null;
        }

        var configurations = trials.GroupBy(trial => trial.Recorded.Entry).Where(group => !group.Key.AnyFailed && group.Key.Violation == 0)
            .Select(group => (
                Recorded: ConfigurationEntry.MeanCosts(group.Select(trial => trial.Recorded)),
                Cut: ConfigurationEntry.MeanCosts(group.Select(trial => trial.Again)),
                IsWhole: group.All(trial => trial.End == TrialState.Completed)))
            .Where(one => one.Recorded.Length > 0).ToArray();
        if (configurations.Length == 0)
        {
            return null;
        }

        double[][] recorded = [.. configurations.Select(one => one.Recorded)];
        double[] worst = [.. Enumerable.Range(0, objective.Count).Select(axis => recorded.Max(row => row[axis]))];
        var ranks = ParetoRanks.Of(recorded, new double[recorded.Length]);
        var before = Volume(recorded, worst);
        var after = Volume([.. configurations.Select(one => one.Cut).Where(row => row.Length > 0)], worst);
        return new(
            ranks.Count(rank => rank == 1),
            configurations.Where((one, index) => ranks[index] == 1 && one.IsWhole).Count(),
            before > 0 ? Math.Min(1, after / before) : 1);
    }

    private static double Volume(double[][] rows, double[] worst)
    {
        var ranks = ParetoRanks.Of(rows, new double[rows.Length]);
        return Search.Hypervolume.Of([.. rows.Where((_, index) => ranks[index] == 1)], worst);
    }
}
