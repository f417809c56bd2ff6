namespace ApproxCluster.Search;

/// <summary>What an export to Optuna says of a trial.</summary>
internal sealed record OptunaTrial
{
    /// <summary>Number, from 0.</summary>
    public required int Number { get; init; }

    /// <summary>Its point.</summary>
    public required Assignment Parameters { get; init; }

    /// <summary>Its state.</summary>
    public required TrialState State { get; init; }

    /// <summary>When it began and ended.</summary>
    public required TrialTimes Times { get; init; }

    /// <summary>Objectives, all finite; empty while they are not known.</summary>
    public IReadOnlyList<double> Values { get; init; } = [];

    /// <summary>The (first) objective after epochs 1, 2, ...</summary>
    public IReadOnlyList<double> Curve { get; init; } = [];

    /// <summary>What Optuna has no place of its own for.</summary>
    public IReadOnlyList<KeyValuePair<string, ParameterValue>> Attributes { get; init; } = [];
}
