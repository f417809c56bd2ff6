namespace ApproxCluster.Search;

public sealed partial class SweepState
{
    private void Apply(TrialPaused it, Trial trial)
    {
        Require(trial == unjudged, it, "only a trial whose segment has just finished pauses");
        unjudged = null;
        paused.Add(trial.Number);
        SetState(trial, TrialState.Paused);
        NoteHistory(trial.Entry);
    }

    private void Apply(ScoringStarted it)
    {
        Require(clock.Count == 0 && contenders is null && it.Trials.Count > 0, it, "scoring starts once, when all trials have ended");
        contenders = it.Trials;
        foreach (var number in it.Trials)
        {
            var trial = TrialOf(number, it);
            Require(trial.State.IsFinal() && trial.BestEpoch is not null && isContender.Add(number), it, "a contender has ended with a result");
            trial.Segment++;
            (trial.FromEpoch, trial.ToEpoch) = (0, trial.BestEpoch!.Value);
        }
    }

    private void Apply(TestScored it, Trial trial)
    {
        Require(contenders is not null && scored < contenders.Count && contenders[scored] == it.Trial, it, "contenders are scored in their order");
        trial.Test = new(it.Loss, it.Metric);
        trial.Buffered = null;
        trial.Worker = null;
        scored++;
    }

    private void Apply(ResultBuffered it)
    {
        Require(Accepts(it.Result), it, "a result is kept that its trial waits for");
        var trial = trials[it.Result.Trial];
        trial.Buffered = it.Result;
        if (clock.Contains(trial))
        {
            workBuffered += Work(trial);
            SetState(trial, TrialState.Running);
        }
    }

    private void Apply(AttemptLost it, Trial trial)
    {
        Require(it.Attempt == trial.Attempt && Awaits(trial), it, "only the attempt of a trial that waits for its result is lost");
        trial.Attempt++;
        trial.Losses += it.IsCharged ? 1 : 0;
        SetWorker(trial, null);
    }

    private void Unbuffer(Trial trial)
    {
        if (trial.Buffered is not null)
        {
            workBuffered -= Work(trial);
            trial.Buffered = null;
        }
    }

    private void SetState(Trial trial, TrialState state)
    {
        counts[(int)trial.State]--;
        counts[(int)state]++;
        trial.State = state;
    }

    private void NoteIncumbent(Trial trial, bool diverged)
    {
        if (!diverged && trial.Value is { } value && (incumbents.Count == 0 || trial.BestCost < CostOf(incumbents[^1])))
        {
            incumbents.Add(new(clock.Now, trial.Number, trial.BestEpoch!.Value, value) { Violation = trial.Violation });
        }
    }

    private double CostOf(Incumbent incumbent) => ObjectiveValues.RankCost(Spec.Objective.Cost(incumbent.Value), incumbent.Violation);

    private void NoteHistory(ConfigurationEntry entry, bool epochsCame = false)
    {
        // Whether a slot has begun is no part of virtual time: a sampler sees Running from the start. A further seed of a race changes nothing until it has ended.
        var settled = entry.Ended >= Spec.FirstReplicates;
        var state = settled ? ConfigurationEntry.LeastFinished(entry.Own.Where(trial => trial.State.IsFinal())) : entry.State;
        state = state == TrialState.Queued ? TrialState.Running : state;
        double? cost = entry.OwnMean(Spec.FirstReplicates) is { } mean ? Spec.Objective.Cost(mean) : null;
        var old = ObservationOf(entry);
        if (epochsCame || old.State != state || old.Cost != cost)
        {
            history.Set(new(old.Configuration, entry.Parameters, state, cost)
            {
                Costs = cost is null ? [] : entry.MeanCosts(),
                Curve = entry.Own[0].Costs,
                Replicates = entry.Own.Count == 1 ? [] : [.. entry.Own.Where(trial => trial.Value is not null).Select(trial => Spec.Objective.Cost(trial.Value!.Value))],
                Violation = entry.Violation,
            });
        }
    }

    private static long Work(Trial trial) => trial.Segment < 0 ? 0 : (trial.ToEpoch - trial.FromEpoch) * trial.Entry.WorkPerEpoch;
}
