namespace ApproxCluster.Search;

/// <summary>
/// Asynchronous successive halving for several objectives (Schmucker et al. 2021, arXiv 2106.12639): as <see cref="AshaPruner"/>, with the trials of a rung ranked front by front and
/// within a front spread out (<see cref="FrontOrder"/>), those beyond a limit after all within it. What counts at a rung is <see cref="ITrialCurve.Outcome"/>: what the trial would be
/// judged by if it ended there. A trial without finite costs counts as the worst and does not go on, nor does one that diverged.
/// <para>A decision looks at the front that the share of the best cuts through: O(m f^2) for a front of f trials with m objectives.</para>
/// </summary>
public sealed class ParetoAshaPruner : IPruner
{
    private readonly AshaPrunerSpec spec;
    private readonly int epochs;
    private readonly int[] stops;
    private readonly Rung[] rungs;

    /// <summary>Makes the pruner for one search.</summary>
    /// <param name="spec">Its parameters.</param>
    /// <param name="epochs">Epochs of a trial, R.</param>
    public ParetoAshaPruner(AshaPrunerSpec spec, int epochs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(spec.MinEpochs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(spec.ReductionFactor, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(spec.MinTrials, 1);
        (this.spec, this.epochs) = (spec, epochs);
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
            var rung = rungs[index];
            rung.Add(trial, diverged ? null : trial.FiniteOutcome(), waits: spec.Promote || rung.Count + 1 < spec.MinTrials);
        }
    }

    /// <inheritdoc />
    public Verdict Judge(ITrialCurve trial)
    {
        var index = Array.BinarySearch(stops, trial.Costs.Count);
        return index < 0 ? new(VerdictKind.Continue, stops.Length)
            : trial.FiniteOutcome() is null ? new(VerdictKind.Prune, index)
            : spec.Promote || rungs[index].Waits(trial.Number) ? new(VerdictKind.Pause, index)
            : new(rungs[index].IsAmong(trial.Number, Share(rungs[index])) ? VerdictKind.Continue : VerdictKind.Prune, index);
    }

    /// <inheritdoc />
    public int? Promotion(bool closing)
    {
        for (var index = rungs.Length - 1; spec.Pauses && index >= 0; index--)
        {
            var rung = rungs[index];
            var isOpen = rung.Count >= spec.MinTrials;
            var count = closing && rung.Promotions == 0 && (spec.Promote || !isOpen) ? rung.Count : isOpen ? Share(rung) : 0;
            if (rung.BestWaiting(count) is { } best)
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

    /// <summary>How many of a rung's trials may go on.</summary>
    private int Share(Rung rung) => Math.Max(spec.Promote ? 0 : 1, rung.Count / spec.ReductionFactor);

    private sealed class Rung
    {
        private readonly FrontLevels levels = new();
        private readonly List<int> trials = [];
        private readonly HashSet<int> waiting = [];

        // The answers of BestWaiting until something changes, by the number asked for.
        private (int Count, int? Trial)? best;

        /// <summary>Trials that have come, those without finite costs too.</summary>
        public int Count { get; private set; }

        public int Promotions { get; set; }

        public void Add(ITrialCurve trial, double[]? costs, bool waits)
        {
            Count++;
            best = null;
            if (costs is not null)
            {
                trials.Add(trial.Number);
                levels.Add(costs, trial.Violation);
                if (waits)
                {
                    waiting.Add(trial.Number);
                }
            }
        }

        public bool Waits(int trial) => waiting.Contains(trial);

        public bool Leave(int trial)
        {
            best = null;
            return waiting.Remove(trial);
        }

        /// <summary>Whether a trial is among the so many best.</summary>
        public bool IsAmong(int trial, int count)
        {
            var place = trials.IndexOf(trial);
            foreach (var front in levels.Fronts)
            {
                if (front.Contains(place))
                {
                    return front.Count <= count || FrontOrder.Spread(levels.Points, front).Take(count).Contains(place);
                }

                count -= front.Count;
                if (count <= 0)
                {
                    return false;
                }
            }

            return false;
        }

        /// <summary>The best one among the so many best that waits, or null.</summary>
        public int? BestWaiting(int count)
        {
            if (best is not { } known || known.Count != count)
            {
                best = known = (count, FindWaiting(count));
            }

            return known.Trial;
        }

        private int? FindWaiting(int count)
        {
            foreach (var front in levels.Fronts.TakeWhile(_ => waiting.Count > 0))
            {
                if (count <= 0)
                {
                    return null;
                }

                if (front.Any(place => waiting.Contains(trials[place])))
                {
                    foreach (var place in FrontOrder.Spread(levels.Points, front).Take(count))
                    {
                        if (waiting.Contains(trials[place]))
                        {
                            return trials[place];
                        }
                    }
                }

                count -= front.Count;
            }

            return null;
        }
    }
}
