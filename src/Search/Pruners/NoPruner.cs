namespace ApproxCluster.Search;

/// <summary>Every trial runs to its last epoch in one segment.</summary>
/// <param name="epochs">Epochs of a trial.</param>
public sealed class NoPruner(int epochs) : IPruner
{
    /// <inheritdoc />
    public int NextStop(ITrialCurve trial) => epochs;

    /// <inheritdoc />
    public void Observe(ITrialCurve trial, bool diverged)
    {
    }

    /// <inheritdoc />
    public Verdict Judge(ITrialCurve trial) => new(VerdictKind.Continue, 0);

    /// <inheritdoc />
    public int? Promotion(bool closing) => null;

    /// <inheritdoc />
    public void Promoted(ITrialCurve trial)
    {
    }

    /// <inheritdoc />
    public void Ended(ITrialCurve trial)
    {
    }
}
