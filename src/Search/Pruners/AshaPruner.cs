namespace ApproxCluster.Search;

/// <summary>
/// Asynchronous successive halving (Li, Jamieson, Rostamizadeh, Gonina, Ben-tzur, Hardt, Recht, Talwalkar, "A system for massively parallel
/// hyperparameter tuning", MLSys 2020). The paper's r, eta and R are <see cref="AshaPrunerSpec.MinEpochs"/>,
/// <see cref="AshaPrunerSpec.ReductionFactor"/> and the sweep's epochs; rungs lie at r*eta^k below R, in whole numbers.
/// <para>
/// The value of a trial at a rung is its best objective so far, because the best epoch is what the leaderboard ranks. A trial that
/// diverges on its way to a rung counts there as the worst; one that fails otherwise does not count. Neither goes on, nor does one
/// without any finite value.
/// </para>
/// <para>
/// Stopping variant: with n trials at the rung so far, this one included, it goes on when its value is no worse than that of the n/eta-th best
/// (rounded down, at least 1: the first eta-1 trials go on only as the best so far); ties go on. It is what Optuna's
/// SuccessiveHalvingPruner and, but for its percentile, Ray's ASHAScheduler do.
/// </para>
/// <para>
/// Promoting variant, algorithm 2 of the paper: every trial pauses at its rung; a free place goes to the best trial among the top n/eta of a rung
/// that has not been promoted, highest rung first. A finite sweep could so end without any trial at R; so at its end, when nothing else is left to do,
/// a rung that promoted nobody promotes its best.
/// </para>
/// <para>
/// With <see cref="AshaPrunerSpec.MinTrials"/> a rung decides nothing before so many trials have come to it: in the stopping variant too, those that come earlier pause and
/// go on as in the promoting one, once the rung has its trials; at its end, if it never gets them, the best. Otherwise the first to come to the upper rungs, of which nothing is known yet, are mostly trained
/// to their last epochs. (D-ASHA of Li et al., "Hyper-Tune: towards efficient hyper-parameter tuning at scale", VLDB 2022, delays promotions for the same reason, by the number of those promoted already.)
/// </para>
/// </summary>
public sealed class AshaPruner : IPruner
{
    private readonly bool promote;
    private readonly int minTrials;
    private readonly int epochs;
    private readonly int[] stops;
    private readonly Rung[] rungs;

    /// <summary>Makes the pruner for one sweep.</summary>
    /// <param name="spec">Its parameters.</param>
    /// <param name="epochs">Epochs of a trial, R.</param>
    public AshaPruner(AshaPrunerSpec spec, int epochs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(spec.MinEpochs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(spec.ReductionFactor, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(spec.MinTrials, 1);
        (promote, minTrials) = (spec.Promote, spec.MinTrials);
        this.epochs = epochs;
        stops = [.. Stops(spec.MinEpochs, spec.ReductionFactor, epochs)];
        rungs = [.. stops.Select(_ => new Rung(spec.ReductionFactor, promote ? 0 : 1))];
    }

    /// <summary>The epochs of the rungs: r, r*eta, r*eta^2 ... below R.</summary>
    public static IEnumerable<int> Stops(int minEpochs, int reductionFactor, int epochs)
    {
        for (long stop = minEpochs; stop < epochs; stop *= reductionFactor)
        {
            yield return (int)stop;
        }
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
        if (index < 0)
        {
            return;
        }

        var cost = diverged ? double.PositiveInfinity : trial.BestCost;
        var rung = rungs[index];
        rung.Top.Add(cost, trial.Number);
        if (double.IsFinite(cost) && (promote || rung.Top.Count < minTrials))
        {
            rung.Waiting.Add((cost, trial.Number));
        }
    }

    /// <inheritdoc />
    public Verdict Judge(ITrialCurve trial)
    {
        var index = Array.BinarySearch(stops, trial.ToEpoch);
        if (index < 0)
        {
            return new(VerdictKind.Continue, stops.Length);
        }

        var cost = trial.BestCost;
        if (!double.IsFinite(cost))
        {
            return new(VerdictKind.Prune, index);
        }

        if (promote || rungs[index].Waiting.Contains((cost, trial.Number)))
        {
            return new(VerdictKind.Pause, index);
        }

        var bound = rungs[index].Top.Bound;
        return new(bound is null || cost <= bound.Value.Cost ? VerdictKind.Continue : VerdictKind.Prune, index);
    }

    /// <inheritdoc />
    public int? Promotion(bool closing)
    {
        for (var index = rungs.Length - 1; index >= 0; index--)
        {
            var rung = rungs[index];
            if (rung.Waiting.Count == 0)
            {
                continue;
            }

            // Whoever is best among those who wait is in the top exactly when it is no worse than the top's worst.
            var best = rung.Waiting.Min;
            var isOpen = rung.Top.Count >= minTrials;
            if ((isOpen && rung.Top.Bound is { } bound && best.CompareTo(bound) <= 0) || (closing && rung.Promotions == 0 && (promote || !isOpen)))
            {
                return best.Trial;
            }
        }

        return null;
    }

    /// <inheritdoc />
    public void Promoted(ITrialCurve trial)
    {
        var index = Array.BinarySearch(stops, trial.Costs.Count);
        if (index >= 0 && rungs[index].Waiting.Remove((trial.BestCost, trial.Number)))
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
            rungs[index].Waiting.Remove((trial.BestCost, trial.Number));
        }
    }

    private sealed class Rung(int factor, int least)
    {
        public TopShare Top { get; } = new(factor, least);

        public SortedSet<(double Cost, int Trial)> Waiting { get; } = [];

        public int Promotions { get; set; }
    }
}
