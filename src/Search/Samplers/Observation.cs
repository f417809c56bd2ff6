namespace ApproxCluster.Search;

/// <summary>A configuration that a sampler has chosen before, and what came of it so far. Costs are objectives turned so that smaller is better.</summary>
/// <param name="Configuration">Its number, from 0.</param>
/// <param name="Parameters">Its point.</param>
/// <param name="State">State of its trials, the least finished one.</param>
/// <param name="Cost">
/// The (first) objective, mean over replicates at their best epochs so far; null when not known or failed. May be NaN or infinite where users report such.
/// </param>
public sealed record Observation(int Configuration, Assignment Parameters, TrialState State, double? Cost)
{
    /// <summary>All objectives, the first one too, where there are several and they are known; else empty.</summary>
    public IReadOnlyList<double> Costs { get; init; } = [];

    /// <summary>Cost after epochs 1, 2, ... as far as the first replicate has been decided on; NaN where it is not finite. Empty where nothing is reported.</summary>
    public IReadOnlyList<double> Curve { get; init; } = [];

    /// <summary>Costs of the replicates that have one, in their order; empty where there is one replicate only.</summary>
    public IReadOnlyList<double> Replicates { get; init; } = [];

    /// <summary>By how much constraints on outcomes are violated in all: 0 for a feasible one.</summary>
    public double Violation { get; init; }

    /// <summary>Whether its trials have all ended, in whatever way.</summary>
    public bool IsFinished => State.IsFinal();
}
