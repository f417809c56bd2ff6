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

    /// <summary>The earlier configuration with the same point, or null.</summary>
    public ConfigurationEntry? Earlier { get; init; }

    /// <summary>The trials that were trained of its point: its own and those of repeats.</summary>
    public List<Trial> Trials { get; } = [];

    /// <summary>The trials under its own number.</summary>
    public List<Trial> Own { get; } = [];

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
            var least = Own[0].State;
            foreach (var trial in Own)
            {
                least = Order(trial.State) < Order(least) ? trial.State : least;
            }

            return least;
        }
    }

    /// <summary>Mean best objective of its own trials once all of so many have ended, none failed and all with a value; else null.</summary>
    public double? OwnMean(int replicates)
    {
        if (Ended != replicates)
        {
            return null;
        }

        double sum = 0;
        foreach (var trial in Own)
        {
            if (trial.State == TrialState.Failed || trial.Value is not { } value)
            {
                return null;
            }

            sum += value;
        }

        return sum / Own.Count;
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
