namespace ApproxCluster.Search;

/// <summary>
/// Decides which trials go on. A pruner is told of what the journal holds (<see cref="Observe"/>, <see cref="Promoted"/>, <see cref="Ended"/>)
/// in virtual order and nothing else, so a replay rebuilds it; <see cref="Judge"/> and <see cref="Promotion"/> change nothing.
/// </summary>
public interface IPruner
{
    /// <summary>
    /// Epochs after which a trial that goes on from where its <see cref="ITrialCurve.Costs"/> end comes up for judgement next; its last epoch where nothing is left to
    /// decide. A function of the trial's number and of those epochs alone.
    /// </summary>
    int NextStop(ITrialCurve trial);

    /// <summary>A trial has ended a segment at <see cref="ITrialCurve.ToEpoch"/>.</summary>
    /// <param name="trial">The trial, with the segment's epochs in it.</param>
    /// <param name="diverged">Whether it diverged on the way: it then counts as the worst there.</param>
    void Observe(ITrialCurve trial, bool diverged);

    /// <summary>What becomes of a trial that was just observed and has epochs left.</summary>
    Verdict Judge(ITrialCurve trial);

    /// <summary>The paused trial to go on with when a place is free, or null.</summary>
    /// <param name="closing">Whether the sweep would otherwise end: no trial is in flight and none is left to begin.</param>
    int? Promotion(bool closing);

    /// <summary>A paused trial goes on.</summary>
    void Promoted(ITrialCurve trial);

    /// <summary>A trial has ended, for whatever reason.</summary>
    void Ended(ITrialCurve trial);
}

/// <summary>What becomes of a trial at a rung.</summary>
public enum VerdictKind
{
    /// <summary>It goes on at once.</summary>
    Continue,

    /// <summary>It waits for promotion.</summary>
    Pause,

    /// <summary>It ends here.</summary>
    Prune,
}

/// <summary>What becomes of a trial, and the rung (from 0) where that was decided.</summary>
public readonly record struct Verdict(VerdictKind Kind, int Rung);
