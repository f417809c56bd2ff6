using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>A configuration with what follows from it, shared by its replicates.</summary>
internal sealed class ConfigurationEntry
{
    public required int Number { get; init; }

    public required Assignment Parameters { get; init; }

    /// <summary>What to train; null when the point has none, see <see cref="Fault"/>.</summary>
    public TrialConfiguration? Configuration { get; init; }

    /// <summary>Why the configuration cannot be trained, or null.</summary>
    public string? Fault { get; init; }

    public long FlopsPerEpoch { get; init; }

    public long ParameterCount { get; init; }

    public List<Trial> Trials { get; } = [];

    /// <summary>Its trials on fresh seeds, which no decision of the search has seen.</summary>
    public List<Trial> Confirmation { get; } = [];

    /// <summary>Trials of the search that have ended.</summary>
    public int Ended { get; set; }

    public bool AnyFailed { get; set; }

    /// <summary>Mean best objective of the replicates that have one; null while none has.</summary>
    public double? Mean { get; set; }

    /// <summary>Mean violation of the gap's limit over the replicates that have a value: 0 where all are within it.</summary>
    public double Violation { get; set; }

    /// <summary>Its place in the ranking as last entered there.</summary>
    public (bool Failed, double Violation, double Cost, int Number)? Key { get; set; }

    /// <summary>The least finished state of its trials.</summary>
    public TrialState State => LeastFinished(Trials);

    /// <summary>The least finished state of some trials, at least one.</summary>
    public static TrialState LeastFinished(IEnumerable<Trial> trials) => trials.Select(trial => trial.State).MinBy(Order);

    /// <summary>Every objective's mean cost over the replicates that have a value; empty for a single objective.</summary>
    public double[] MeanCosts()
    {
        var costs = Trials.Where(trial => trial.ObjectiveCosts.Count > 0).Select(trial => trial.ObjectiveCosts).ToArray();
        return costs.Length == 0 ? [] : [.. costs[0].Select((_, objective) => costs.Sum(of => of[objective]) / costs.Length)];
    }

    private static int Order(TrialState state) => state switch
    {
        TrialState.Queued => 0,
        TrialState.Running => 1,
        TrialState.Paused => 2,
        TrialState.Cancelled => 3,
        TrialState.Failed => 4,
        TrialState.Pruned => 5,
        _ => 6,
    };
}
