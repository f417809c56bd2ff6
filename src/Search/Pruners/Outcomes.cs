namespace ApproxCluster.Search;

/// <summary>What pruners for several objectives ask of a trial.</summary>
internal static class Outcomes
{
    /// <summary><see cref="ITrialCurve.Outcome"/> where all of it is finite; else null: such a trial goes on nowhere.</summary>
    public static double[]? FiniteOutcome(this ITrialCurve trial) =>
        trial.Outcome is { Count: > 0 } outcome && outcome.All(double.IsFinite) ? [.. outcome] : null;
}
