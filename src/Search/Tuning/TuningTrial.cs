namespace ApproxCluster.Search;

/// <summary>A trial that a <see cref="Tuner"/> has given out.</summary>
public sealed class TuningTrial : ITrialCurve
{
    private readonly List<double> costs = [];
    private readonly List<List<double>> others = [];
    private readonly List<double> gaps = [];

    internal TuningTrial(int number, Assignment parameters) => (Number, Parameters) = (number, parameters);

    /// <inheritdoc />
    public int Number { get; }

    /// <summary>The configuration to try.</summary>
    public Assignment Parameters { get; }

    /// <summary>Where it stands: Running, Paused (until <see cref="Tuner.Ask"/> gives it back) or final: Completed, Pruned, Failed or Cancelled.</summary>
    public TrialState State { get; internal set; } = TrialState.Running;

    /// <inheritdoc />
    public int ToEpoch { get; internal set; }

    /// <inheritdoc />
    public IReadOnlyList<double> Costs => costs;

    /// <inheritdoc />
    public double BestCost { get; private set; } = double.PositiveInfinity;

    /// <summary>
    /// Of an ended trial, in the objectives' own directions: those that were told, or the best that was reported (of several objectives, those of the latest report where all are finite); else empty.
    /// </summary>
    public IReadOnlyList<double> Values { get; internal set; } = [];

    int ITrialCurve.Configuration => Number;

    int ITrialCurve.Replicate => 0;

    /// <inheritdoc />
    public double GapAfter(int epoch) => gaps[epoch - 1];

    /// <inheritdoc />
    public double CostAfter(int objective, int epoch) => (objective == 0 ? costs : others[objective - 1])[epoch - 1];

    /// <inheritdoc />
    public IReadOnlyList<double> Outcome
    {
        get
        {
            if (others.Count == 0)
            {
                return double.IsFinite(BestCost) ? [BestCost] : [];
            }

            for (var index = costs.Count - 1; index >= 0; index--)
            {
                double[] all = [costs[index], .. others.Select(other => other[index])];
                if (Array.TrueForAll(all, double.IsFinite))
                {
                    return all;
                }
            }

            return [];
        }
    }

    internal void Add(IReadOnlyList<double> all, double gap)
    {
        while (others.Count < all.Count - 1)
        {
            others.Add([]);
        }

        for (var objective = 0; objective < all.Count; objective++)
        {
            (objective == 0 ? costs : others[objective - 1]).Add(double.IsFinite(all[objective]) ? all[objective] : double.NaN);
        }

        gaps.Add(gap);
        BestCost = double.IsFinite(all[0]) ? Math.Min(BestCost, all[0]) : BestCost;
    }
}
