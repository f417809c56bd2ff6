namespace ApproxCluster.Search;

/// <summary>A recorded trial that is lived through again: pruners see its curve as far as it has come.</summary>
internal sealed class RehearsedTrial(int number, Trial recorded) : ITrialCurve
{
    private readonly List<double> costs = [];

    /// <summary>The trial as it was recorded.</summary>
    public Trial Recorded => recorded;

    /// <inheritdoc />
    public int Number => number;

    /// <inheritdoc />
    public int Configuration => recorded.Configuration;

    /// <inheritdoc />
    public int Replicate => recorded.Replicate;

    /// <inheritdoc />
    public int ToEpoch { get; set; }

    /// <inheritdoc />
    public IReadOnlyList<double> Costs => costs;

    /// <inheritdoc />
    public double BestCost { get; private set; } = double.PositiveInfinity;

    /// <summary>How it has ended this time; Invalid while it has not.</summary>
    public TrialState End { get; set; }

    /// <inheritdoc />
    public double GapAfter(int epoch) => recorded.GapAfter(epoch);

    /// <summary>Goes on to <see cref="ToEpoch"/>; whether it diverged on the way.</summary>
    public bool Advance()
    {
        for (var epoch = costs.Count; epoch < Math.Min(ToEpoch, recorded.Costs.Count); epoch++)
        {
            var cost = recorded.Costs[epoch];
            costs.Add(cost);
            BestCost = cost < BestCost ? cost : BestCost;
        }

        return recorded.State == TrialState.Failed && (costs.Count < ToEpoch || costs.Count == recorded.Costs.Count);
    }
}
