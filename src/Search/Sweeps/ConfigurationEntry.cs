using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>A configuration with what follows from it, shared by its replicates.</summary>
internal sealed class ConfigurationEntry
{
    public required int Number { get; init; }

    public required Assignment Parameters { get; init; }

    /// <summary>The network to train; null where a program trains, and when the point has none, see <see cref="Fault"/>.</summary>
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
    public TrialState State => LeastFinished(Own);

    /// <summary>The least finished state of some trials, at least one.</summary>
    public static TrialState LeastFinished(IEnumerable<Trial> trials) => trials.Select(trial => trial.State).MinBy(Order);

    /// <summary>Every objective's mean cost over its own trials that have a value; empty for a single objective.</summary>
    public double[] MeanCosts() => MeanCosts(Own);

    /// <summary>The same of some trials.</summary>
    public static double[] MeanCosts(IEnumerable<Trial> trials)
    {
        var costs = trials.Where(trial => trial.ObjectiveCosts.Count > 0).Select(trial => trial.ObjectiveCosts).ToArray();
        return costs.Length == 0 ? [] : [.. costs[0].Select((_, objective) => costs.Sum(of => of[objective]) / costs.Length)];
    }

    /// <summary>Mean best objective of its own trials once so many have ended, while none has failed and all that have ended have a value; else null.</summary>
    public double? OwnMean(int replicates)
    {
        if (Ended < replicates)
        {
            return null;
        }

        double sum = 0;
        var count = 0;
        foreach (var trial in Own)
        {
            if (trial.State == TrialState.Failed || (trial.State.IsFinal() && trial.Value is null))
            {
                return null;
            }

            sum += trial.Value ?? 0;
            count += trial.Value is null ? 0 : 1;
        }

        return sum / count;
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
