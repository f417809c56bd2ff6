using ApproxCluster.Search;

namespace ApproxCluster.Contracts.Wire;

[GenerateSerializer, Immutable, Alias("approx.wire.leaderboard_row")]
internal readonly record struct LeaderboardRowWire
{
    [Id(0)]
    public int Rank { get; init; }

    [Id(1)]
    public int Configuration { get; init; }

    [Id(2)]
    public int[] Trials { get; init; }

    [Id(3)]
    public Assignment Parameters { get; init; }

    [Id(4)]
    public double Mean { get; init; }

    [Id(5)]
    public double? StandardDeviation { get; init; }

    [Id(6)]
    public double? Low { get; init; }

    [Id(7)]
    public double? High { get; init; }

    [Id(8)]
    public double Gap { get; init; }

    [Id(9)]
    public int BestEpoch { get; init; }

    [Id(10)]
    public long ParameterCount { get; init; }

    [Id(11)]
    public TrialState State { get; init; }

    [Id(12)]
    public bool TiedWithBest { get; init; }

    [Id(13)]
    public bool OnParetoFront { get; init; }

    [Id(14)]
    public double Violation { get; init; }

    [Id(15)]
    public double[]? Values { get; init; }

    [Id(16)]
    public double[]? Confirmation { get; init; }

    [Id(17)]
    public double[]? Objectives { get; init; }

    [Id(18)]
    public int? ParetoRank { get; init; }

    [Id(19)]
    public int? FromTrial { get; init; }

    [Id(20)]
    public int FromEpoch { get; init; }
}

[RegisterConverter]
internal sealed class LeaderboardRowConverter : IConverter<LeaderboardRow, LeaderboardRowWire>
{
    public LeaderboardRow ConvertFromSurrogate(in LeaderboardRowWire wire) => new(
        wire.Rank,
        wire.Configuration,
        wire.Trials,
        wire.Parameters,
        wire.Mean,
        wire.StandardDeviation,
        wire.Low,
        wire.High,
        wire.Gap,
        wire.BestEpoch,
        wire.ParameterCount,
        wire.State,
        wire.TiedWithBest,
        wire.OnParetoFront)
    {
        Violation = wire.Violation,
        Values = wire.Values ?? [],
        Confirmation = wire.Confirmation ?? [],
        Objectives = wire.Objectives ?? [],
        ParetoRank = wire.ParetoRank,
        From = wire.FromTrial is { } parent ? new(parent, wire.FromEpoch) : null,
    };

    public LeaderboardRowWire ConvertToSurrogate(in LeaderboardRow value) => new()
    {
        Rank = value.Rank,
        Configuration = value.Configuration,
        Trials = [.. value.Trials],
        Parameters = value.Parameters,
        Mean = value.Mean,
        StandardDeviation = value.StandardDeviation,
        Low = value.Low,
        High = value.High,
        Gap = value.Gap,
        BestEpoch = value.BestEpoch,
        ParameterCount = value.ParameterCount,
        State = value.State,
        TiedWithBest = value.TiedWithBest,
        OnParetoFront = value.OnParetoFront,
        Violation = value.Violation,
        Values = [.. value.Values],
        Confirmation = [.. value.Confirmation],
        Objectives = [.. value.Objectives],
        ParetoRank = value.ParetoRank,
        FromTrial = value.From?.Trial,
        FromEpoch = value.From?.Epoch ?? 0,
    };
}
