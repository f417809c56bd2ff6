namespace ApproxCluster.Search;

/// <summary>
/// Place of a configuration among the others, the best first, as Optuna's TPE ranks them: completed ones by cost, then pruned ones (and paused ones, which may stay so) by how far
/// they came, then by cost, then infeasible ones by violation. Failed ones and those without a number come last instead of being left out: a failure says that a place is bad.
/// </summary>
/// <param name="Class">0 completed, 1 pruned, 2 infeasible, 3 failed.</param>
/// <param name="First">Decides within the class; smaller is better.</param>
/// <param name="Second">Decides among equal ones.</param>
/// <param name="Configuration">Decides last.</param>
internal readonly record struct Standing(int Class, double First, double Second, int Configuration) : IComparable<Standing>
{
    /// <summary>Whether it came to a result.</summary>
    public bool HasResult => Class < 3;

    /// <summary>The place of an observation; null where nothing is known of it yet, or its user ended it.</summary>
    public static Standing? Of(Observation observation)
    {
        var number = observation.Configuration;
        return observation switch
        {
            { State: TrialState.Failed } => new(3, 0, 0, number),
            { State: not (TrialState.Completed or TrialState.Pruned or TrialState.Paused) } or { Cost: null, State: TrialState.Paused } => null,
            { Cost: null } or { Cost: double.NaN } => new(3, 0, 0, number),
            { Violation: > 0 } => new(2, observation.Violation, 0, number),
            { State: TrialState.Completed } => new(0, observation.Cost.Value, 0, number),
            _ => new(1, -observation.Curve.Count, observation.Cost.Value, number),
        };
    }

    /// <inheritdoc />
    public int CompareTo(Standing other)
    {
        var order = Class.CompareTo(other.Class);
        order = order != 0 ? order : First.CompareTo(other.First);
        order = order != 0 ? order : Second.CompareTo(other.Second);
        return order != 0 ? order : Configuration.CompareTo(other.Configuration);
    }
}
