namespace ApproxCluster.Search;

/// <summary>
/// Synchronous successive halving (Karnin, Koren, Somekh 2013; Jamieson and Talwalkar, "Non-stochastic best arm identification and hyperparameter optimization", AISTATS
/// 2016; in the notation of Li et al. 2020, algorithm 1): trials are taken together in cohorts of n by their numbers; all of a cohort pause at a rung, and once the last one has come, the
/// best n/eta (rounded down, at least 1) go on to the next. Rungs lie at r*eta^k below R, in whole numbers. A free place meanwhile goes to the next cohort, so that
/// nothing stands idle but at the end of the sweep.
/// <para>
/// The cost at a rung is the best so far; ties go by number. Of several objectives, trials are ranked front by front by their outcomes so far (<see cref="FrontOrder"/>). A trial that diverged or ended otherwise on its way has come as the worst and never goes on, nor
/// does one without a finite cost. The last cohort, if it stays short, is halved as it is when nothing else is left to do; so are trials that were run again after their cohort had been halved.
/// </para>
/// </summary>
public sealed class ShaPruner : IPruner
{
    private readonly int epochs;
    private readonly int factor;
    private readonly int objectives;
    private readonly int size;
    private readonly int[] stops;
    private readonly List<Cohort> cohorts = [];
    private readonly SortedSet<(int Order, int Trial)> chosen = [];
    private readonly Dictionary<int, int> order = [];

    /// <summary>Makes the pruner for one search.</summary>
    /// <param name="spec">Its parameters.</param>
    /// <param name="epochs">Epochs of a trial, R.</param>
    /// <param name="objectives">Objectives, at least 1.</param>
    public ShaPruner(ShaPrunerSpec spec, int epochs, int objectives = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(spec.MinEpochs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(spec.ReductionFactor, 2);
        ArgumentOutOfRangeException.ThrowIfNegative(spec.Cohort);
        (this.epochs, factor, this.objectives) = (epochs, spec.ReductionFactor, objectives);
        stops = [.. AshaPruner.Stops(spec.MinEpochs, spec.ReductionFactor, epochs)];
        long all = 1;
        for (var rung = 0; rung < stops.Length && all < int.MaxValue; rung++)
        {
            all *= factor;
        }

        size = spec.Cohort > 0 ? spec.Cohort : (int)Math.Min(all, int.MaxValue);
    }

    /// <summary>n: trials of a cohort.</summary>
    public int CohortSize => size;

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
        var rung = Array.BinarySearch(stops, trial.ToEpoch);
        if (rung >= 0)
        {
            Arrive(trial, rung, counts: !diverged && trial.FiniteOutcome() is not null);
        }
    }

    /// <inheritdoc />
    public Verdict Judge(ITrialCurve trial)
    {
        var rung = Array.BinarySearch(stops, trial.Costs.Count);
        return rung < 0 ? new(VerdictKind.Continue, stops.Length)
            : new(trial.FiniteOutcome() is not null ? VerdictKind.Pause : VerdictKind.Prune, rung);
    }

    /// <inheritdoc />
    public int? Promotion(bool closing)
    {
        if (chosen.Count > 0)
        {
            return chosen.Min.Trial;
        }

        return closing && cohorts.SelectMany(cohort => cohort.Rungs).FirstOrDefault(rung => rung.Waiting.Count > 0) is { } left ? Ranked(left)[0] : null;
    }

    /// <inheritdoc />
    public void Promoted(ITrialCurve trial)
    {
        var rung = Array.BinarySearch(stops, trial.Costs.Count);
        if (rung < 0)
        {
            return;
        }

        var cohort = CohortOf(trial.Number);
        if (!order.ContainsKey(trial.Number))
        {
            // The sweep is closing: the rung will not fill.
            Choose(cohort.Rungs[rung], rung + 1 < stops.Length ? cohort.Rungs[rung + 1] : null);
        }

        Unchoose(trial.Number);
        cohort.Heading[trial.Number] = rung + 1;
    }

    /// <inheritdoc />
    public void Ended(ITrialCurve trial)
    {
        var cohort = CohortOf(trial.Number);
        var heading = cohort.Heading.GetValueOrDefault(trial.Number, 0);
        if (Unchoose(trial.Number))
        {
            heading = ~heading + 1;
        }
        else if (heading < 0)
        {
            cohort.Rungs[~heading].Waiting.Remove(trial.Number);
        }

        // Whoever waits for it at the rung it was on its way to, waits no longer.
        if (heading >= 0 && heading < stops.Length)
        {
            Arrive(trial, heading, counts: false);
        }
    }

    private Cohort CohortOf(int trial)
    {
        while (cohorts.Count <= trial / size)
        {
            cohorts.Add(new(stops.Length, size));
        }

        return cohorts[trial / size];
    }

    private void Arrive(ITrialCurve trial, int index, bool counts)
    {
        var cohort = CohortOf(trial.Number);
        var rung = cohort.Rungs[index];
        cohort.Heading[trial.Number] = ~index;
        rung.Arrived.Add(trial.Number);
        if (counts)
        {
            rung.Waiting.Add(trial.Number, trial);
        }

        if (rung.Arrived.Count == rung.Expected)
        {
            Choose(rung, index + 1 < stops.Length ? cohort.Rungs[index + 1] : null);
        }
    }

    private void Choose(Rung rung, Rung? next)
    {
        var count = Math.Min(rung.Waiting.Count, Math.Max(1, rung.Arrived.Count / factor));
        foreach (var trial in Ranked(rung).Take(count))
        {
            order[trial] = chosen.Count == 0 ? 0 : chosen.Max.Order + 1;
            chosen.Add((order[trial], trial));
        }

        if (next is not null)
        {
            next.Expected = count;
        }

        rung.Waiting.Clear();
    }

    /// <summary>Those who wait at a rung, the best first.</summary>
    private int[] Ranked(Rung rung)
    {
        ITrialCurve[] waiting = [.. rung.Waiting.Values];
        return objectives == 1
            ? [.. waiting.OrderBy(trial => trial.BestCost).Select(trial => trial.Number)]
            : [.. FrontOrder.Of([.. waiting.Select(trial => trial.FiniteOutcome()!)], [.. waiting.Select(trial => trial.Violation)]).Select(place => waiting[place].Number)];
    }

    private bool Unchoose(int trial) => order.Remove(trial, out var place) && chosen.Remove((place, trial));

    private sealed class Cohort
    {
        public Cohort(int rungs, int size)
        {
            Rungs = [.. Enumerable.Range(0, rungs).Select(_ => new Rung { Expected = -1 })];
            if (rungs > 0)
            {
                Rungs[0].Expected = size;
            }
        }

        public Rung[] Rungs { get; }

        /// <summary>By trial: the index of the rung it is on its way to, or the complement of the one where it is. Looked up only.</summary>
        public Dictionary<int, int> Heading { get; } = [];
    }

    private sealed class Rung
    {
        /// <summary>Trials that will come; -1 while that is not known.</summary>
        public int Expected { get; set; }

        /// <summary>Those that have come, each once though it was run again.</summary>
        public HashSet<int> Arrived { get; } = [];

        /// <summary>Paused trials by number.</summary>
        public SortedDictionary<int, ITrialCurve> Waiting { get; } = [];
    }
}
