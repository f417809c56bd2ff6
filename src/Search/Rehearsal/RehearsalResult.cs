namespace ApproxCluster.Search;

/// <summary>What a pruner would have saved and lost on a recorded sweep. Values are the objective's.</summary>
public sealed record RehearsalResult
{
    /// <summary>The pruner.</summary>
    public required PrunerSpec Pruner { get; init; }

    /// <summary>Trials that were lived through.</summary>
    public required int Trials { get; init; }

    /// <summary>Trials that would have reached their last epoch.</summary>
    public required int Completed { get; init; }

    /// <summary>Trials that the pruner would have ended.</summary>
    public required int Pruned { get; init; }

    /// <summary>Trials that would have diverged before.</summary>
    public required int Failed { get; init; }

    /// <summary>Epochs that would have been trained.</summary>
    public required long Epochs { get; init; }

    /// <summary>Epochs that were trained.</summary>
    public required long RecordedEpochs { get; init; }

    /// <summary>Floating-point operations of training that would have been spent.</summary>
    public required double Flops { get; init; }

    /// <summary>Those that were spent.</summary>
    public required double RecordedFlops { get; init; }

    /// <summary>The recorded winner: the configuration with the best mean over replicates at their best epochs, those with a failed trial last.</summary>
    public required RehearsedConfiguration Winner { get; init; }

    /// <summary>What would have won.</summary>
    public required RehearsedConfiguration Kept { get; init; }

    /// <summary>By how much the value that would have won is worse than the recorded winner's, at least 0 up to rounding.</summary>
    public required double Regret { get; init; }

    /// <summary>Fewest epochs after which a trial of the winner would have been pruned; null when all of them would have gone on.</summary>
    public required int? WinnerPrunedAfter { get; init; }

    /// <summary>What would have been left of the front; null for a single objective, and where no configuration counts.</summary>
    public required RehearsedFront? Front { get; init; }
}

/// <summary>A configuration in a rehearsal.</summary>
/// <param name="Configuration">Its number.</param>
/// <param name="Trial">Number of its first trial.</param>
/// <param name="Rank">Its rank by recorded values, from 1.</param>
/// <param name="RecordedValue">Its value as recorded.</param>
/// <param name="Value">Its value with the curves cut where the pruner would have ended them.</param>
public sealed record RehearsedConfiguration(int Configuration, int Trial, int Rank, double RecordedValue, double Value);
