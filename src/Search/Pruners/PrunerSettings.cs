namespace ApproxCluster.Search;

/// <summary>What a pruner has to know of a search beside its own parameters.</summary>
public sealed record PrunerSettings
{
    /// <summary>R: epochs of a trial that nothing stops, at least 1.</summary>
    public required int Epochs { get; init; }

    /// <summary>Whether larger values of the objective are better: bounds on values are then bounds on costs turned round. Default false.</summary>
    public bool Maximize { get; init; }

    /// <summary>
    /// Objectives that are reported, at least 1. With several, pruners that compare trials (successive halving, percentiles, curves, replicates) keep what no other dominates; those that look at one
    /// trial alone (patience, threshold, gap) look at the first objective. Default 1.
    /// </summary>
    public int Objectives { get; init; } = 1;

    /// <summary>Those of a sweep.</summary>
    public static PrunerSettings Of(SweepSpec spec) => new() { Epochs = spec.Epochs, Maximize = spec.Objective.Maximize, Objectives = spec.Objective.Count };
}
