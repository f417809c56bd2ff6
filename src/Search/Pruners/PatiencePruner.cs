namespace ApproxCluster.Search;

/// <summary>
/// Stops a trial whose best cost over its last patience + 1 epochs is above the best of the epochs before by more than min_delta; with another pruner inside,
/// that one decides about such a trial and all others go on. The rule of Optuna 4.9's PatientPruner (patience, min_delta, wrapped_pruner): a trial that merely
/// stays where it was is borne, and a larger min_delta bears more. Of several objectives it looks at the first, by which a sweep picks the epoch that a trial is judged at. A trial without any finite cost, or with none in those last epochs, has not improved.
/// </summary>
public sealed class PatiencePruner : StoppingPruner
{
    private readonly PatiencePrunerSpec spec;
    private readonly IPruner? wrapped;

    /// <summary>Makes the pruner for one search.</summary>
    /// <param name="spec">Its parameters.</param>
    /// <param name="wrapped">The pruner that decides once patience has ended; null: the trial is stopped.</param>
    /// <param name="epochs">Epochs of a trial.</param>
    /// <exception cref="ArgumentException">The pruner inside pauses trials.</exception>
    public PatiencePruner(PatiencePrunerSpec spec, IPruner? wrapped, int epochs)
        : base(0, spec.IntervalEpochs, epochs)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(spec.Patience);
        ArgumentOutOfRangeException.ThrowIfNegative(spec.MinDelta);
        if (spec.Wrapped is { Pauses: true })
        {
            throw new ArgumentException("wrapped is a pruner that pauses trials, but must be one that ends them. Let it not promote.", nameof(spec));
        }

        (this.spec, this.wrapped) = (spec, wrapped);
    }

    /// <inheritdoc />
    public override int NextStop(ITrialCurve trial) => wrapped?.NextStop(trial) ?? base.NextStop(trial);

    /// <inheritdoc />
    public override void Observe(ITrialCurve trial, bool diverged) => wrapped?.Observe(trial, diverged);

    /// <inheritdoc />
    public override Verdict Judge(ITrialCurve trial)
    {
        if (wrapped is null)
        {
            return base.Judge(trial);
        }

        var verdict = wrapped.Judge(trial);
        return IsHopeless(trial) ? verdict : verdict with { Kind = VerdictKind.Continue };
    }

    /// <inheritdoc />
    public override void Ended(ITrialCurve trial) => wrapped?.Ended(trial);

    /// <inheritdoc />
    protected override bool IsHopeless(ITrialCurve trial)
    {
        var count = trial.Costs.Count - spec.Patience - 1;
        return count > 0 && !(Least(trial.Costs, count, trial.Costs.Count) <= Least(trial.Costs, 0, count) + spec.MinDelta)
            || (count > 0 && !double.IsFinite(trial.BestCost));
    }

    private static double Least(IReadOnlyList<double> costs, int from, int to)
    {
        var least = double.PositiveInfinity;
        for (var index = from; index < to; index++)
        {
            least = costs[index] < least ? costs[index] : least;
        }

        return least;
    }
}
