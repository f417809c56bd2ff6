namespace ApproxCluster.Search;

public sealed partial class SweepState
{
    // The first configuration of every point that was tried.
    private readonly Dictionary<Assignment, int> firsts = [];

    // Repeats that wait for the trial whose result they take over, and those for which it is there.
    private readonly Dictionary<int, List<int>> awaiting = [];
    private readonly SortedSet<int> released = [];

    // Repeats of trials in flight keep a place among them: else a model that comes back to one point would use up its trials before it learns what came of it.
    private int repeatsInFlight;

    private void AddConfiguration(TrialCreated it)
    {
        Require(it.SameAs is null || (it.SameAs < configurations.Count && configurations[it.SameAs.Value].Earlier is null), it, "a repeat names the first configuration of its point");
        Require(it.From is not { } from || (from.Trial >= 0 && from.Trial < trials.Count), it, "a trial goes on from an earlier one");
        configurations.Add(Configure(it.Configuration, it.Parameters, it.SameAs is { } earlier ? configurations[earlier] : null, it.From));
        firsts.TryAdd(it.Parameters, it.Configuration);
        history.Set(new(history.Count, it.Parameters, TrialState.Running, null));
    }

    /// <summary>The next trial, or, where its point has been tried before, its repeat.</summary>
    private TrialCreated Repeated(TrialCreated next)
    {
        // In a population every trial is a member of its own.
        if (population is not null || !firsts.TryGetValue(next.Parameters, out var earlier) || earlier == next.Configuration)
        {
            return next;
        }

        // A race gives further seeds by its own rule.
        var trains = race is null && (Spec.Repeats == RepeatRule.Replicate || (Spec.Repeats == RepeatRule.Auto && sampler!.WantsReplicates));
        return trains
            ? next with { SameAs = earlier }
            : next with { SameAs = earlier, IsReused = true, Seed = configurations[earlier].Own[next.Replicate].Seed };
    }

    private void Await(Trial trial)
    {
        SetState(trial, TrialState.Running);
        if (trials[trial.SameAs!.Value].State.IsFinal())
        {
            released.Add(trial.Number);
        }
        else
        {
            var earlier = trials[trial.SameAs.Value];
            repeatsInFlight += clock.Contains(earlier) ? 1 : 0;
            if (!awaiting.TryAdd(earlier.Number, [trial.Number]))
            {
                awaiting[earlier.Number].Add(trial.Number);
            }
        }
    }

    private int RepeatsOf(Trial trial) => awaiting.TryGetValue(trial.Number, out var repeats) ? repeats.Count : 0;

    private void Release(Trial ended)
    {
        released.Remove(ended.Number);
        if (awaiting.Remove(ended.Number, out var repeats))
        {
            released.UnionWith(repeats);
        }
    }

    /// <summary>The next event of a repeat whose earlier result is there.</summary>
    private SweepEvent TakeOver(Trial repeat)
    {
        var earlier = trials[repeat.SameAs!.Value];
        if (repeat.Epochs.Count < earlier.Epochs.Count)
        {
            return new SegmentFinished(repeat.Number, 0, earlier.Epochs, earlier.Reason == FailureReason.Diverged, null);
        }

        var detail = FormattableString.Invariant($"same configuration as trial {earlier.Number}");
        return new TrialEnded(repeat.Number, earlier.State, earlier.Reason, earlier.Detail is { } more ? $"{detail}: {more}" : detail);
    }

    // No training of its own: neither virtual time nor the pruner nor the leaderboard learns of it.
    private void TakeOver(SegmentFinished it, Trial repeat)
    {
        Require(released.Contains(repeat.Number) && it.Segment == 0 && repeat.Epochs.Count == 0, it, "a repeat takes over a result that is there, once");
        (repeat.Segment, repeat.ToEpoch, repeat.LastSegment) = (0, it.Epochs.Count, it);
        foreach (var report in it.Epochs)
        {
            repeat.Add(report);
        }

        NoteHistory(repeat.Entry, epochsCame: true);
    }
}
