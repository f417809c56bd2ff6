using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>What a trial's curves amount to.</summary>
/// <param name="BestEpoch">1-based epoch with the best objective.</param>
/// <param name="Value">Objective at the best epoch.</param>
/// <param name="Best">The report of the best epoch.</param>
/// <param name="Last">The report of the last epoch.</param>
/// <param name="OverfitOnset">
/// First epoch after which validation loss stays above its minimum by the tolerance while training loss still falls; null when it never does.
/// </param>
public sealed record TrialResult(int BestEpoch, double Value, EpochReport Best, EpochReport Last, int? OverfitOnset)
{
    /// <summary>
    /// The gap in the objective's own terms at the best epoch, positive when validation is worse: loss gap for losses, training minus
    /// validation for accuracy and PSNR.
    /// </summary>
    public required double Gap { get; init; }

    /// <summary>The same at the last epoch.</summary>
    public required double LastGap { get; init; }

    /// <summary>By how much <see cref="Gap"/> lies beyond the objective's limit: 0 within it, and where there is none.</summary>
    public double Violation { get; init; }
}
