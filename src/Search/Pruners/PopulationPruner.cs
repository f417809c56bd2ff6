using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>
/// The generations of population-based training (Jaderberg et al. 2017, truncation selection; <see cref="PbtSamplerSpec"/>). All trials of the population pause after an interval; once the last one has come they
/// are ranked by the objective after that very epoch (of several objectives: by fronts, <see cref="FrontOrder"/>; those beyond a limit after all within it), ties by number. The worst share is
/// replaced, each by a trial that goes on from one of the best share, drawn evenly; the others go on themselves. A trial that failed on its way has come as the worst and is replaced too, as long as trials are left.
/// </summary>
internal sealed class PopulationPruner : IPruner
{
    private readonly PbtSamplerSpec spec;
    private readonly int epochs;
    private readonly int objectives;
    private readonly ulong key;
    private readonly SortedDictionary<int, ITrialCurve> waiting = [];
    private readonly HashSet<int> arrived = [];
    private readonly SortedSet<int> chosen = [];
    private readonly SortedSet<int> replaced = [];
    private readonly Queue<Branch> branches = new();

    // Those that belong to the population no more, though their end may be still to come.
    private readonly HashSet<int> gone = [];
    private long left;
    private int generation;
    private int expected;

    /// <summary>Makes the pruner for one search.</summary>
    /// <param name="spec">The population's parameters.</param>
    /// <param name="settings">What it has to know of the search.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <param name="trials">Trials in all, replacements included.</param>
    public PopulationPruner(PbtSamplerSpec spec, PrunerSettings settings, ulong seed, int trials)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(spec.Population, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(spec.Interval, 1);
        (this.spec, epochs, objectives, key) = (spec, settings.Epochs, settings.Objectives, Seeds.Derive(seed, "pruner.pbt"));
        (left, expected, generation) = (Math.Max(0, trials - spec.Population), spec.Population, 1);
    }

    /// <summary>Trials that begin by themselves.</summary>
    public int Population => spec.Population;

    /// <summary>A paused trial that ends, being replaced, or null.</summary>
    public int? Replaced => replaced.Count > 0 ? replaced.Min : null;

    /// <summary>Where the next trial goes on from, or null.</summary>
    public Branch? NextBranch => branches.TryPeek(out var branch) ? branch : null;

    private int Epoch => (int)Math.Min(int.MaxValue, (long)generation * spec.Interval);

    /// <summary>A trial goes on from <see cref="NextBranch"/>.</summary>
    public void Branched() => branches.Dequeue();

    /// <inheritdoc />
    public int NextStop(ITrialCurve trial) => (int)Math.Min(epochs, (trial.Costs.Count / spec.Interval + 1L) * spec.Interval);

    /// <inheritdoc />
    public void Observe(ITrialCurve trial, bool diverged)
    {
        if (trial.ToEpoch >= epochs)
        {
            return;
        }

        if (diverged || CostsOf(trial) is null)
        {
            Leave(trial.Number);
            return;
        }

        waiting.Add(trial.Number, trial);
        Arrive(trial.Number);
    }

    /// <inheritdoc />
    public Verdict Judge(ITrialCurve trial) => new(gone.Contains(trial.Number) && !replaced.Contains(trial.Number) ? VerdictKind.Prune : VerdictKind.Pause, trial.Costs.Count / spec.Interval - 1);

    /// <inheritdoc />
    public int? Promotion(bool closing) => chosen.Count > 0 ? chosen.Min : closing && waiting.Count > 0 ? waiting.Keys.First() : null;

    /// <inheritdoc />
    public void Promoted(ITrialCurve trial)
    {
        chosen.Remove(trial.Number);
        waiting.Remove(trial.Number);
    }

    /// <inheritdoc />
    public void Ended(ITrialCurve trial)
    {
        chosen.Remove(trial.Number);
        waiting.Remove(trial.Number);
        replaced.Remove(trial.Number);
        Leave(trial.Number);
    }

    private void Leave(int trial)
    {
        if (gone.Add(trial))
        {
            Arrive(trial);
        }
    }

    private void Arrive(int trial)
    {
        if (arrived.Add(trial) && arrived.Count == expected && Epoch < epochs)
        {
            Replace();
        }
    }

    private void Replace()
    {
        var ranked = Ranked();
        var share = Math.Min(spec.Share, ranked.Count / 2);
        var places = ranked.Count == 0 ? 0 : (int)Math.Min(left, expected - ranked.Count + share);
        var worst = Math.Max(0, Math.Min(share, places - (expected - ranked.Count)));
        for (var place = 0; place < places; place++)
        {
            // Streams by trials left: no two draws have the same.
            var parent = ranked[(int)new Philox(key, (ulong)left--).NextBelow((uint)Math.Max(1, share))];
            branches.Enqueue(new(parent, Epoch));
        }

        replaced.UnionWith(ranked.TakeLast(worst));
        gone.UnionWith(replaced);
        chosen.UnionWith(ranked.SkipLast(worst));
        expected = ranked.Count - worst + places;
        generation++;
        waiting.Clear();
        arrived.Clear();
    }

    /// <summary>Numbers of those that wait, the best first.</summary>
    private List<int> Ranked()
    {
        ITrialCurve[] trials = [.. waiting.Values];
        return objectives == 1
            ? [.. trials.OrderBy(trial => trial.Violation).ThenBy(trial => trial.CostAfter(0, Epoch)).Select(trial => trial.Number)]
            : [.. FrontOrder.Of([.. trials.Select(trial => CostsOf(trial)!)], [.. trials.Select(trial => trial.Violation)]).Select(place => trials[place].Number)];
    }

    private double[]? CostsOf(ITrialCurve trial)
    {
        double[] costs = [.. Enumerable.Range(0, objectives).Select(objective => trial.CostAfter(objective, trial.Costs.Count))];
        return Array.TrueForAll(costs, double.IsFinite) ? costs : null;
    }
}
