namespace ApproxCluster.Search;

/// <summary>A trial that a <see cref="Tuner"/> has given out.</summary>
public sealed class TuningTrial : ITrialCurve
{
    private readonly List<double> costs = [];
    private readonly List<double> gaps = [];

    internal TuningTrial(int number, Assignment parameters) => (Number, Parameters) = (number, parameters);

    /// <inheritdoc />
    public int Number { get; }

    /// <summary>The configuration to try.</summary>
    public Assignment Parameters { get; }

    /// <summary>Where it stands: Running, Paused or final.</summary>
    public TrialState State { get; internal set; } = TrialState.Running;

    /// <inheritdoc />
    public int ToEpoch { get; internal set; }

    /// <inheritdoc />
    public IReadOnlyList<double> Costs => costs;

    /// <inheritdoc />
    public double BestCost { get; private set; } = double.PositiveInfinity;

    /// <summary>The objectives that were told, or the best that was reported; empty while there is none.</summary>
    public IReadOnlyList<double> Values { get; internal set; } = [];

    int ITrialCurve.Configuration => Number;

    int ITrialCurve.Replicate => 0;

    /// <inheritdoc />
    public double GapAfter(int epoch) => gaps[epoch - 1];

    internal void Add(double cost, double gap)
    {
        costs.Add(double.IsFinite(cost) ? cost : double.NaN);
        gaps.Add(gap);
        BestCost = double.IsFinite(cost) ? Math.Min(BestCost, cost) : BestCost;
    }
}
