namespace ApproxCluster.Search;

/// <summary>
/// Two sweeps side by side. What both tried is compared by a paired test over the configurations that they share, each one's mean over its replicates; where they share fewer than two, there
/// is no test, since a difference of two best values says nothing on chance.
/// </summary>
/// <param name="Left">The first sweep in figures.</param>
/// <param name="Right">The second.</param>
/// <param name="Shared">Configurations that both have, with a result in both.</param>
/// <param name="Test">The test of the first's values less the second's over those; null for fewer than two.</param>
/// <param name="LeftOnly">Searched parameters of the first only.</param>
/// <param name="RightOnly">Of the second only.</param>
public sealed record SweepDifference(SweepFigures Left, SweepFigures Right, int Shared, PairedTest? Test, IReadOnlyList<string> LeftOnly, IReadOnlyList<string> RightOnly)
{
    /// <summary>Compares two sweeps with the same metric.</summary>
    /// <exception cref="ArgumentException">Their objectives have other metrics.</exception>
    public static SweepDifference Of(SweepState left, SweepState right)
    {
        if (left.Spec.Objective.Metric != right.Spec.Objective.Metric)
        {
            throw new ArgumentException($"Objective is {right.Spec.Objective.Metric}, but must be that of the first sweep, which is {left.Spec.Objective.Metric}. Compare sweeps with one metric.");
        }

        var known = new Dictionary<Assignment, double>();
        foreach (var entry in Results(left))
        {
            known.TryAdd(entry.Parameters, entry.Mean!.Value);
        }

        var differences = new List<double>();
        foreach (var entry in Results(right))
        {
            if (known.Remove(entry.Parameters, out var mean))
            {
                differences.Add(mean - entry.Mean!.Value);
            }
        }

        var (own, others) = (ParameterEffects.Paths(left), ParameterEffects.Paths(right));
        return new(SweepFigures.Of(left), SweepFigures.Of(right), differences.Count, PairedTest.Of(differences), [.. own.Except(others)], [.. others.Except(own)]);
    }

    private static IEnumerable<ConfigurationEntry> Results(SweepState state) => state.Entries.Where(entry => entry.Key is { Failed: false });
}
