namespace ApproxCluster.Search;

/// <summary>A configuration's place among the others.</summary>
/// <param name="Rank">1-based.</param>
/// <param name="Configuration">Its number.</param>
/// <param name="Trials">Numbers of its trials, one a replicate.</param>
/// <param name="Parameters">Its point.</param>
/// <param name="Mean">Mean objective over replicates.</param>
/// <param name="StandardDeviation">Sample standard deviation; null for one replicate.</param>
/// <param name="Low">Lower end of the 95 % t interval of the mean; null for one replicate.</param>
/// <param name="High">Upper end.</param>
/// <param name="Gap">Mean gap at the best epochs.</param>
/// <param name="BestEpoch">Best epoch of the first replicate.</param>
/// <param name="ParameterCount">Trainable numbers.</param>
/// <param name="State">Least finished state of its trials.</param>
/// <param name="TiedWithBest">Whether its interval overlaps that of the best.</param>
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

    /// <summary>Means of all objectives in their own values, the first one first; empty for a single objective.</summary>
    public IReadOnlyList<double> Objectives { get; init; } = [];

    /// <summary>Number of its front, from 1; null for a single objective and for configurations with a failed trial.</summary>
    public int? ParetoRank { get; init; }
}
