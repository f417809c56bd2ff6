namespace ApproxCluster.Search;

/// <summary>A configuration that has ended, as evolutionary samplers see it.</summary>
/// <param name="Standing">Its place by the first cost.</param>
/// <param name="Row">Its numbers, NaN where a parameter does not exist.</param>
/// <param name="Costs">All its costs where there are several, it has them, and it is feasible; else empty.</param>
internal sealed record Individual(Standing Standing, double[] Row, double[] Costs)
{
    /// <summary>The individual of an observation; null where its user ended it.</summary>
    public static Individual? Of(Observation observation, SpaceColumns columns, int objectives)
    {
        if (Standing.Of(observation) is not { } standing)
        {
            return null;
        }

        var complete = standing.Class == 0 && objectives > 1 && observation.Costs.Count == objectives && observation.Costs.All(double.IsFinite);
        return new(standing, columns.Encode(observation.Parameters), complete ? [.. observation.Costs] : []);
    }
}
