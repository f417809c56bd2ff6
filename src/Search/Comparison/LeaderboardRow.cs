namespace ApproxCluster.Search;

/// <summary>A configuration's place among the others.</summary>
/// <param name="Rank">1-based.</param>
/// <param name="Configuration">Its number.</param>
/// <param name="Trials">Numbers of its trials, one a replicate, without the confirmation's.</param>
/// <param name="Parameters">Its point.</param>
/// <param name="Mean">Mean objective over replicates.</param>
/// <param name="StandardDeviation">Sample standard deviation; null for one replicate.</param>
/// <param name="Low">Lower end of the 95 % t interval of the mean; null for one replicate.</param>
/// <param name="High">Upper end.</param>
/// <param name="Gap">Mean gap at the best epochs.</param>
/// <param name="BestEpoch">Best epoch of the first replicate.</param>
/// <param name="ParameterCount">Trainable numbers.</param>
/// <param name="State">Least finished state of its trials.</param>
/// <param name="TiedWithBest">Whether it cannot be told apart from the best: their intervals overlap; in a race or after a confirmation: by the paired test over their seeds.</param>
/// <param name="OnParetoFront">Whether no other configuration is at least as good in (objective, gap, parameters) and better in one.</param>
public sealed record LeaderboardRow(
    int Rank,
    int Configuration,
    IReadOnlyList<int> Trials,
    Assignment Parameters,
    double Mean,
    double? StandardDeviation,
    double? Low,
    double? High,
    double Gap,
    int BestEpoch,
    long ParameterCount,
    TrialState State,
    bool TiedWithBest,
    bool OnParetoFront)
{
    /// <summary>By how much the gap lies beyond the objective's limit, mean over replicates: 0 within it.</summary>
    public double Violation { get; init; }

    /// <summary>Objectives of the replicates that have one, in their order: <see cref="Mean"/> is of these.</summary>
    public IReadOnlyList<double> Values { get; init; } = [];

    /// <summary>Objectives on the confirmation's fresh seeds, in their order; empty where there was none. No decision of the search has seen them.</summary>
    public IReadOnlyList<double> Confirmation { get; init; } = [];

    /// <summary>Means of all objectives in their own values, the first one first; empty for a single objective.</summary>
    public IReadOnlyList<double> Objectives { get; init; } = [];

    /// <summary>Where its first trial goes on from; null for one that begins by itself.</summary>
    public Branch? From { get; init; }

    /// <summary>Number of its front, from 1; null for a single objective and for configurations with a failed trial.</summary>
    public int? ParetoRank { get; init; }
}
