namespace ApproxCluster.Search;

/// <summary>
/// Asynchronous successive halving for several objectives (Schmucker et al. 2021, arXiv 2106.12639): as <see cref="AshaPruner"/>, with the trials of a rung ranked front by front and
/// within a front spread out (<see cref="FrontOrder"/>). What counts at a rung are the costs after that very epoch, since no epoch is the best in all. A trial
/// with a cost that is not finite there counts as the worst and does not go on, nor does one that diverged. A decision costs O(n^2) for n trials at the rung.
/// </summary>
public sealed class ParetoAshaPruner : IPruner
{
    private readonly AshaPrunerSpec spec;
    private readonly int epochs;
    private readonly int objectives;
    private readonly int[] stops;
    private readonly Rung[] rungs;

    /// <summary>Makes the pruner for one search.</summary>
    /// <param name="spec">Its parameters.</param>
    /// <param name="settings">Epochs of a trial and number of objectives.</param>
    public ParetoAshaPruner(AshaPrunerSpec spec, PrunerSettings settings)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(spec.MinEpochs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(spec.ReductionFactor, 2);
        (this.spec, epochs, objectives) = (spec, settings.Epochs, settings.Objectives);
        stops = [.. AshaPruner.Stops(spec.MinEpochs, spec.ReductionFactor, epochs)];
        rungs = [.. stops.Select(_ => new Rung())];
    }

    /// <inheritdoc />
    public int NextStop(ITrialCurve trial)
    {
        var place = Array.BinarySearch(stops, trial.Costs.Count);
        var next = place >= 0 ? place + 1 : ~place;
        return next < stops.Length ? stops[next] : epochs;
    }

    /// <inheritdoc />
    public void Observe(ITrialCurve trial, bool diverged)
    {
        var index = Array.BinarySearch(stops, trial.ToEpoch);
        if (index >= 0)
        {
            rungs[index].Add(trial.Number, diverged ? null : Costs(trial, stops[index]));
        }
    }

    /// <inheritdoc />
    public Verdict Judge(ITrialCurve trial)
    {
        var index = Array.BinarySearch(stops, trial.Costs.Count);
        return index < 0 ? new(VerdictKind.Continue, stops.Length)
            : Costs(trial, stops[index]) is null ? new(VerdictKind.Prune, index)
            : spec.Promote ? new(VerdictKind.Pause, index)
            : new(rungs[index].RankOf(trial.Number) < Math.Max(1, rungs[index].Count / spec.ReductionFactor) ? VerdictKind.Continue : VerdictKind.Prune, index);
    }

    /// <inheritdoc />
    public int? Promotion(bool closing)
    {
        for (var index = rungs.Length - 1; spec.Promote && index >= 0; index--)
        {
            if (rungs[index].BestWaiting is { } best
                && (rungs[index].RankOf(best) < rungs[index].Count / spec.ReductionFactor || (closing && rungs[index].Promotions == 0)))
            {
                return best;
            }
        }

        return null;
    }

    /// <inheritdoc />
    public void Promoted(ITrialCurve trial)
    {
        var index = Array.BinarySearch(stops, trial.Costs.Count);
        if (index >= 0 && rungs[index].Leave(trial.Number))
        {
            rungs[index].Promotions++;
        }
    }

    /// <inheritdoc />
    public void Ended(ITrialCurve trial)
    {
        var index = Array.BinarySearch(stops, trial.Costs.Count);
        if (index >= 0)
        {
            rungs[index].Leave(trial.Number);
        }
    }

    private double[]? Costs(ITrialCurve trial, int epoch)
    {
        double[] costs = [.. Enumerable.Range(0, objectives).Select(objective => trial.CostsOf(objective)[epoch - 1])];
        return Array.TrueForAll(costs, double.IsFinite) ? costs : null;
    }

    private sealed class Rung
    {
        private readonly List<int> trials = [];
        private readonly List<double[]> points = [];
        private readonly HashSet<int> waiting = [];
        private int[]? order;

        /// <summary>Trials that have come, those without finite costs too.</summary>
        public int Count { get; private set; }

        public int Promotions { get; set; }

        public int? BestWaiting
        {
            get
            {
                foreach (var index in Order())
                {
                    if (waiting.Contains(trials[index]))
                    {
                        return trials[index];
                    }
                }

                return null;
            }
        }

        public void Add(int trial, double[]? costs)
        {
            Count++;
            if (costs is null)
            {
                return;
            }

            trials.Add(trial);
            points.Add(costs);
            waiting.Add(trial);
            order = null;
        }

        public bool Leave(int trial) => waiting.Remove(trial);

        public int RankOf(int trial) => Array.IndexOf(Order(), trials.IndexOf(trial));

        private int[] Order() => order ??= FrontOrder.Of(points);
    }
}
