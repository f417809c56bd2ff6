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

    /// <summary>Virtual time of an epoch.</summary>
    public long WorkPerEpoch { get; init; }

    public long FlopsPerEpoch { get; init; }

    public long ParameterCount { get; init; }

    public List<Trial> Trials { get; } = [];

    public int Ended { get; set; }

    public bool AnyFailed { get; set; }

    /// <summary>Mean best objective of the replicates that have one; null while none has.</summary>
    public double? Mean { get; set; }

    /// <summary>Its place in the ranking as last entered there.</summary>
    public (bool Failed, double Cost, int Number)? Key { get; set; }

    /// <summary>The least finished state of its trials.</summary>
    public TrialState State
    {
        get
        {
            var least = Trials[0].State;
            foreach (var trial in Trials)
            {
                least = Order(trial.State) < Order(least) ? trial.State : least;
            }

            return least;
        }
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
