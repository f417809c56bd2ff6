namespace ApproxCluster.Search;

/// <summary>
/// Several pruners at once: a trial comes up whenever one of them wants to judge; it ends when one of them ends it, else pauses when the one that
/// pauses trials says so, else goes on. Each is told of everything; the rung of a verdict is that of the part that gave it.
/// </summary>
public sealed class AnyPruner : IPruner
{
    private readonly IPruner[] parts;

    /// <summary>Composes pruners.</summary>
    /// <param name="parts">At least one, each with whether it pauses trials, which one at most may do: two could disagree on who is promoted.</param>
    /// <exception cref="ArgumentException">There is none, or several pause trials.</exception>
    public AnyPruner(IReadOnlyList<(bool Pauses, IPruner Pruner)> parts)
    {
        var pausing = parts.Count(part => part.Pauses);
        if (parts.Count == 0 || pausing > 1)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"Pruners are {parts.Count}, of which {pausing} pause trials, but must be at least one, and at most one may pause. Leave some out."),
                nameof(parts));
        }

        this.parts = [.. parts.Select(part => part.Pruner)];
    }

    /// <inheritdoc />
    public int NextStop(ITrialCurve trial) => parts.Min(part => part.NextStop(trial));

    /// <inheritdoc />
    public void Observe(ITrialCurve trial, bool diverged) => Array.ForEach(parts, part => part.Observe(trial, diverged));

    /// <inheritdoc />
    public Verdict Judge(ITrialCurve trial)
    {
        var worst = parts[0].Judge(trial);
        foreach (var part in parts.Skip(1))
        {
            var verdict = part.Judge(trial);
            worst = verdict.Kind > worst.Kind ? verdict : worst;
        }

        return worst;
    }

    /// <inheritdoc />
    public int? Promotion(bool closing) => parts.Select(part => part.Promotion(closing)).FirstOrDefault(trial => trial is not null);

    /// <inheritdoc />
    public void Promoted(ITrialCurve trial) => Array.ForEach(parts, part => part.Promoted(trial));

    /// <inheritdoc />
    public void Ended(ITrialCurve trial) => Array.ForEach(parts, part => part.Ended(trial));
}
