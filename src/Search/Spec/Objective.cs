namespace ApproxCluster.Search;

/// <summary>What makes one trial better than another.</summary>
/// <param name="Maximize">Whether larger is better.</param>
/// <param name="Metric"><c>validation.loss</c> or <c>validation.</c> and the target's metric.</param>
public sealed record Objective(bool Maximize, string Metric)
{
    /// <summary>Most objectives that a sweep may have.</summary>
    public const int MaximumObjectives = 5;

    /// <summary>
    /// w, 0..1000: epochs are judged by the metric made worse by w times the generalization gap of the same epoch, in the metric's own terms (accuracy - w (training -
    /// validation), loss + w (validation - training)). A gap below zero counts as a merit by the same weight. Default 0.
    /// </summary>
    public double GapWeight { get; init; }

    /// <summary>
    /// Largest gap that is allowed; null for any. An epoch beyond it comes after all epochs within it, the least beyond first; so do trials and configurations.
    /// </summary>
    public double? GapLimit { get; init; }

    /// <summary>What else is judged, at the best epoch by this objective; empty for a single objective. A list of the same further objectives, equal or not, is another list.</summary>
    public IReadOnlyList<FurtherObjective> Further { get; init; } = [];

    /// <summary>Number of objectives, at least 1.</summary>
    public int Count => 1 + Further.Count;
}

/// <summary>An objective beside the first.</summary>
/// <param name="Maximize">Whether larger is better.</param>
/// <param name="Quantity"><c>gap</c>, <c>parameters</c>, <c>flops</c> (of an epoch's training), <c>validation.loss</c>, or <c>validation.</c> and the target's metric.</param>
public sealed record FurtherObjective(bool Maximize, string Quantity);
