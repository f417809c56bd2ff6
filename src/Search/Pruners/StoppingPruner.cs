namespace ApproxCluster.Search;

/// <summary>What pruners have in common that stop trials after some epochs and never pause one.</summary>
public abstract class StoppingPruner : IPruner
{
    private readonly EpochInterval interval;

    /// <summary>Sets when it judges.</summary>
    /// <param name="warmupEpochs">Epochs at whose end nothing is judged, at least 0.</param>
    /// <param name="intervalEpochs">Distance of two judgements, at least 1.</param>
    /// <param name="epochs">Epochs of a trial, at least 1.</param>
    protected StoppingPruner(int warmupEpochs, int intervalEpochs, int epochs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(epochs, 1);
        interval = new(warmupEpochs, intervalEpochs, epochs);
        Epochs = epochs;
    }

    /// <summary>R: epochs of a trial that nothing stops.</summary>
    protected int Epochs { get; }

    /// <inheritdoc />
    public virtual int NextStop(ITrialCurve trial) => interval.After(trial.Costs.Count);

    /// <inheritdoc />
    public virtual Verdict Judge(ITrialCurve trial) => interval.At(trial.Costs.Count) is { } index
        ? new(IsHopeless(trial) ? VerdictKind.Prune : VerdictKind.Continue, index)
        : new(VerdictKind.Continue, 0);

    /// <inheritdoc />
    public virtual void Observe(ITrialCurve trial, bool diverged)
    {
    }

    /// <inheritdoc />
    public int? Promotion(bool closing) => null;

    /// <inheritdoc />
    public void Promoted(ITrialCurve trial)
    {
    }

    /// <inheritdoc />
    public virtual void Ended(ITrialCurve trial)
    {
    }

    /// <summary>Whether a trial, which has at least one epoch and epochs left, is to end. Changes nothing.</summary>
    protected abstract bool IsHopeless(ITrialCurve trial);
}
