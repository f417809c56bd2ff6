using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

public sealed partial class SweepState
{
    /// <summary>
    /// The next event that follows from the state and the results that have come, or null while it must wait for one. Changes nothing:
    /// the same question has the same answer until something is applied.
    /// </summary>
    /// <param name="arrivals">Results that are here and not in the journal, by trial.</param>
    internal SweepEvent? Next(IReadOnlyDictionary<int, SegmentResult> arrivals)
    {
        if (created is null || end != SweepStatus.Invalid)
        {
            return null;
        }

        if (released.Count > 0)
        {
            return TakeOver(trials[released.Min]);
        }

        if (cancelWanted)
        {
            return NextCancellation();
        }

        if (unstarted is not null)
        {
            return unstarted.Entry.Fault is { } fault ? Failed(unstarted, FailureReason.Error, fault) : Start(unstarted);
        }

        if (unjudged is not null)
        {
            return Judge(unjudged);
        }

        if (contenders is not null)
        {
            return NextScore(arrivals);
        }

        if (population?.Replaced is { } replaced)
        {
            return Pruned(trials[replaced]);
        }

        if (clock.Count + repeatsInFlight < Spec.Parallel && !stopWanted)
        {
            if (pruner!.Promotion(closing: false) is { } promoted)
            {
                return Start(trials[promoted]);
            }

            if (retries.Count > 0)
            {
                return Start(trials[retries.Min]);
            }

            if (NextTrial() is { } trial)
            {
                return trial;
            }
        }

        return Due(arrivals) is { } due ? Finish(due, arrivals) : NextClosing();
    }

    /// <summary>The trial in flight that is decided next: the one that finishes first; in eager execution the first of those that can be.</summary>
    private Trial? Due(IReadOnlyDictionary<int, SegmentResult> arrivals)
    {
        var head = clock.Head is { } number ? trials[number] : null;
        return Spec.Execution == Execution.Deterministic ? head : InFlight.FirstOrDefault(trial => ResultOf(trial, arrivals) is not null || IsQuarantined(trial)) ?? head;
    }

    /// <summary>The result that a trial waits for, if it is here.</summary>
    private static SegmentResult? ResultOf(Trial trial, IReadOnlyDictionary<int, SegmentResult> arrivals) =>
        trial.Buffered ?? (arrivals.TryGetValue(trial.Number, out var result) && result.Segment == trial.Segment ? result : null);

    private static TrialEnded Failed(Trial trial, FailureReason reason, string? detail) =>
        new(trial.Number, TrialState.Failed, reason, detail);

    // Results are a pure function of the trial, so one that does not cover its segment is the trainer's fault and counts as its error.
    private static string? FaultOf(Trial trial, SegmentResult result)
    {
        if (result.Error is not null)
        {
            return result.Error;
        }

        var planned = trial.ToEpoch - trial.FromEpoch;
        if (result.Epochs.Count > planned || (result.Epochs.Count < planned && !result.Diverged && result.End == EarlyEnd.None))
        {
            return FormattableString.Invariant($"Epochs reported are {result.Epochs.Count}, but must be {planned}.");
        }

        for (var index = 0; index < result.Epochs.Count; index++)
        {
            var expected = trial.FromEpoch + index + 1;
            if (result.Epochs[index].Epoch != expected)
            {
                return FormattableString.Invariant($"Epoch reported is {result.Epochs[index].Epoch}, but must be {expected}.");
            }
        }

        return null;
    }

    private TrialCreated? NextTrial()
    {
        if (confirming)
        {
            return NextConfirmation();
        }

        if (race is not null)
        {
            return NextRaced();
        }

        var replicate = trials.Count % Spec.Replicates;
        return replicate > 0 ? Create(configurations.Count - 1, replicate, configurations[^1].Parameters) : NextConfiguration();
    }

    private TrialCreated? NextConfiguration()
    {
        var configuration = configurations.Count;
        if (population is not null && configuration >= population.Population)
        {
            return population.NextBranch is { } branch ? Continue(branch) : null;
        }

        if (exhausted || configuration >= Spec.Trials || configuration >= (sampler!.Size ?? long.MaxValue))
        {
            return null;
        }

        if (sampler.Suggest(configuration, history) is { } parameters)
        {
            return Create(configuration, 0, parameters);
        }

        // Only a memory of the sampler's answer: asked again after a replay it answers the same.
        exhausted = true;
        return null;
    }

    private SegmentStarted Start(Trial trial)
    {
        var from = trial.Epochs.Count;
        var to = IsWhole(trial) ? Spec.Epochs : pruner!.NextStop(trial);
        var cost = checked((to - from) * trial.Entry.WorkPerEpoch);
        return new(trial.Number, trial.Segment + 1, from, to, clock.Now, checked(clock.Now + cost));
    }

    private static SweepEvent? Finish(Trial trial, IReadOnlyDictionary<int, SegmentResult> arrivals)
    {
        if (ResultOf(trial, arrivals) is { } result)
        {
            var fault = FaultOf(trial, result);
            var kept = fault == result.Error ? result.Epochs : [];
            return new SegmentFinished(trial.Number, trial.Segment, kept, result.Diverged && fault is null, fault)
            {
                End = fault is null ? result.End : EarlyEnd.None,
                Seconds = result.Seconds,
            };
        }

        return IsQuarantined(trial)
            ? Failed(trial, FailureReason.LostTooOften, FormattableString.Invariant($"lost {SweepCoordinator.LossLimit} times"))
            : null;
    }

    private SweepEvent Judge(Trial trial)
    {
        var segment = trial.LastSegment!;
        if (segment.Error is not null)
        {
            return Failed(trial, FailureReason.Error, segment.Error);
        }

        if (segment.Diverged)
        {
            return Failed(trial, FailureReason.Diverged, FormattableString.Invariant($"epoch {Math.Max(trial.FromEpoch + 1, trial.Epochs.Count)}"));
        }

        if (segment.End == EarlyEnd.Pruned)
        {
            return Pruned(trial);
        }

        if (trial.ToEpoch >= Spec.Epochs || segment.End == EarlyEnd.Completed)
        {
            return new TrialEnded(trial.Number, TrialState.Completed, FailureReason.None, null);
        }

        var verdict = pruner!.Judge(trial);
        return verdict.Kind switch
        {
            VerdictKind.Continue => Start(trial),
            VerdictKind.Pause => new TrialPaused(trial.Number, verdict.Rung),
            _ => Pruned(trial),
        };
    }

    private static TrialEnded Pruned(Trial trial) =>
        new(trial.Number, TrialState.Pruned, FailureReason.None, FormattableString.Invariant($"epoch {trial.Epochs.Count}"));
}
