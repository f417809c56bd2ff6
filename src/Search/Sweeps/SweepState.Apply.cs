using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

public sealed partial class SweepState
{
    /// <summary>Takes an event of the journal. Throws <see cref="InvalidDataException"/> when it cannot follow what came before.</summary>
    public void Apply(SweepEvent sweepEvent)
    {
        Require(created is null == sweepEvent is SweepCreated, sweepEvent, "a journal begins with one sweep_created");
        Require(end == SweepStatus.Invalid || sweepEvent is TrialsRetried, sweepEvent, "nothing follows sweep_ended but trials_retried");
        switch (sweepEvent)
        {
            case SweepCreated it:
                Create(it);
                break;
            case HistoryTaken it:
                Take(it);
                break;
            case TrialCreated it:
                Create(it);
                break;
            case SegmentStarted it:
                Apply(it, TrialOf(it.Trial, it));
                break;
            case SegmentFinished it:
                Apply(it, TrialOf(it.Trial, it));
                break;
            case TrialPaused it:
                Apply(it, TrialOf(it.Trial, it));
                break;
            case TrialEnded it:
                Apply(it, TrialOf(it.Trial, it));
                break;
            case ScoringStarted it:
                Apply(it);
                break;
            case TestScored it:
                Apply(it, TrialOf(it.Trial, it));
                break;
            case SweepEnded it:
                Require(it.Status.IsFinal() && clock.Count == 0, it, "a sweep ends in a final state with nothing in flight");
                end = it.Status;
                break;
            case StopRequested it:
                stopWanted = true;
                cancelWanted |= it.Cancel;
                pauseWanted = false;
                break;
            case TrialsRetried it:
                Apply(it);
                break;
            case OutputKept it:
                TrialOf(it.Trial, it).Output = it.Text;
                break;
            case PauseChanged it:
                pauseWanted = it.Paused;
                break;
            case ResultBuffered it:
                Apply(it);
                break;
            case AttemptLost it:
                Apply(it, TrialOf(it.Trial, it));
                break;
            default:
                throw new InvalidDataException($"Event {Sequence} is {sweepEvent.GetType().Name}, but must be one that this version knows.");
        }

        digest.Add(sweepEvent);
        Sequence++;
    }

    private void Create(SweepCreated it)
    {
        if (it.Format is < 1 or > Format)
        {
            throw new InvalidDataException(
                FormattableString.Invariant($"The journal's format is {it.Format}, but must be at most {Format}. Use the version that wrote it, or a newer one."));
        }

        spec = parts.Read(it.Spec);
        created = it;
        sampler = parts.Sampler(spec);
        pruner = parts.Pruner(spec);
        population = pruner as PopulationPruner;
        exploration = spec.Sampler is PbtSamplerSpec pbt ? new(pbt, spec.Space, spec.Seed) : null;
        ranking = new(spec.Objective);
        race = spec.Race is null ? null : new(spec, configurations, ranking);
        planned = population is not null ? spec.Trials
            : race is null ? Math.Min(spec.Trials, sampler.Size ?? long.MaxValue) * spec.Replicates
            : Math.Min(spec.Trials, (sampler.Size ?? int.MaxValue) * spec.Replicates);
    }

    private void Take(HistoryTaken it)
    {
        Require(Taken is null && trials.Count == 0, it, "an earlier sweep's history is taken once, before the first trial");
        Taken = it;
        foreach (var observation in it.Observations)
        {
            history.AddPrior(new(0, observation.Parameters, observation.State, observation.Cost)
            {
                Costs = observation.Costs,
                Curve = observation.Curve,
                Violation = observation.Violation,
            });
        }
    }

    private void Create(TrialCreated it)
    {
        Require(spec!.From is null || Taken is not null, it, "the earlier sweep's history comes before the first trial");
        Require(it.Trial == trials.Count && unstarted is null, it, "trials have consecutive numbers and start one after the other");
        if (it.Configuration == configurations.Count)
        {
            AddConfiguration(it);
        }

        var confirms = it.Replicate >= Spec.Replicates;
        Require(
            it.Configuration >= 0 && it.Configuration < configurations.Count && (confirms || race is not null || it.Configuration == configurations.Count - 1),
            it,
            "configurations have consecutive numbers");
        var entry = configurations[it.Configuration];
        var replicates = confirms ? entry.Confirmation : entry.Own;
        Require(it.Replicate == replicates.Count + (confirms ? Spec.Replicates : 0), it, "replicates have consecutive numbers");
        var trial = new Trial
        {
            Number = it.Trial,
            Configuration = it.Configuration,
            Replicate = it.Replicate,
            Seed = it.Seed,
            Parameters = entry.Parameters,
            Entry = entry,
            Objective = Spec.Objective,
            SameAs = it.IsReused ? entry.Earlier!.Own[it.Replicate].Number : null,
            From = it.From,
        };
        if (it.From is { } branch)
        {
            Inherit(trial, branch);
        }

        trials.Add(trial);
        replicates.Add(trial);
        confirming |= confirms;
        counts[(int)TrialState.Queued]++;
        if (trial.SameAs is not null)
        {
            Await(trial);
        }
        else
        {
            if (!confirms)
            {
                (entry.Earlier ?? entry).Trials.Add(trial);
            }

            unstarted = trial;
        }

        NoteHistory(entry);
    }

    private ConfigurationEntry Configure(int number, Assignment parameters, ConfigurationEntry? earlier, Branch? from)
    {
        // Each trial may take its share of virtual time, so that no sum of them overflows.
        var limit = VirtualClock.End / Spec.MostTrials;
        try
        {
            var configuration = Spec.Command is null ? parts.Configure(parameters, Shape, Spec.Epochs) : null;
            configuration = configuration is not null && from is { } branch ? Continued(configuration, branch) : configuration;
            var flops = configuration is null ? 0 : TrialCost.FlopsPerEpoch(configuration, Shape);
            var work = configuration is null ? Spec.Command!.WorkPerEpoch(parameters) : created!.Format == 1 ? flops : TrialCost.WorkPerEpoch(configuration, Shape);
            var fault = work <= limit / Spec.Epochs
                ? null
                : FormattableString.Invariant(
                    $"Work is {work} per epoch, but must be at most {limit / Spec.Epochs} for {Spec.Epochs} epochs and {Spec.MostTrials} trials.");
            return new()
            {
                Number = number,
                Parameters = parameters,
                Earlier = earlier,
                Configuration = configuration,
                WorkPerEpoch = work,
                FlopsPerEpoch = flops,
                ParameterCount = configuration is null ? 0 : TrialCost.Parameters(configuration, Shape),
                Fault = fault,
            };
        }
        catch (Exception fault) when (fault is ArgumentException or OverflowException)
        {
            return new() { Number = number, Parameters = parameters, Earlier = earlier, Fault = fault.Message };
        }
    }

    private void Apply(SegmentStarted it, Trial trial)
    {
        Require(
            retries.Remove(trial.Number) || trial == unstarted || trial == unjudged || paused.Contains(trial.Number), it, "a segment starts for a trial that is new, judged, paused or retried");
        Require(
            it.Segment == trial.Segment + 1 && it.FromEpoch == trial.Epochs.Count && it.ToEpoch > it.FromEpoch && it.ToEpoch <= Spec.Epochs
                && it.StartsAt == clock.Now && it.FinishesAt >= it.StartsAt,
            it,
            "a segment goes on where the last one ended");
        if (paused.Remove(trial.Number))
        {
            pruner!.Promoted(trial);
        }

        Settle(trial);
        (trial.Segment, trial.FromEpoch, trial.ToEpoch) = (it.Segment, it.FromEpoch, it.ToEpoch);
        (trial.StartsAt, trial.FinishesAt) = (it.StartsAt, it.FinishesAt);
        clock.Add(trial);
        workStarted += Work(trial);
        repeatsInFlight += RepeatsOf(trial);
        SetState(trial, TrialState.Queued);
        NoteHistory(trial.Entry);
    }

    private void Apply(SegmentFinished it, Trial trial)
    {
        if (trial.SameAs is not null)
        {
            TakeOver(it, trial);
            return;
        }

        var isDue = Spec.Execution == Execution.Eager ? clock.Contains(trial) : trial.Number == clock.Head;
        Require(it.Segment == trial.Segment && isDue, it, "the segment with the smallest virtual finish is decided next");
        clock.Remove(trial);
        repeatsInFlight -= RepeatsOf(trial);
        clock.MoveTo(trial.FinishesAt);
        Unbuffer(trial);
        workFinished += Work(trial);
        flopsFinished += it.Epochs.Count * trial.Entry.FlopsPerEpoch;
        EpochsDone += it.Epochs.Count;
        foreach (var report in it.Epochs)
        {
            trial.Add(report);
        }

        trial.Worker = null;
        trial.LastSegment = it;
        unjudged = trial;
        if (it.Error is null)
        {
            if (!IsWhole(trial))
            {
                pruner!.Observe(trial, it.Diverged);
            }

            if (!IsConfirming(trial))
            {
                Ranking.Update(trial.Entry.Earlier ?? trial.Entry);
                NoteIncumbent(trial, it.Diverged);
                NoteHistory(trial.Entry, epochsCame: true);
            }
        }
    }

    private void Apply(TrialEnded it, Trial trial)
    {
        Require(it.State.IsFinal() && !trial.State.IsFinal(), it, "a trial ends once, in a final state");
        Settle(trial);
        paused.Remove(trial.Number);
        retries.Remove(trial.Number);
        if (clock.Remove(trial))
        {
            repeatsInFlight -= RepeatsOf(trial);
            clock.MoveTo(it.Reason == FailureReason.LostTooOften ? trial.FinishesAt : clock.Now);
        }

        if (trial.LastSegment?.Segment != trial.Segment)
        {
            workStarted -= Work(trial);
        }

        Unbuffer(trial);
        trial.Worker = null;
        trial.LastSegment = null;
        (trial.Reason, trial.Detail) = (it.Reason, it.Detail);
        SetState(trial, it.State);
        if (trial.SameAs is null && !IsWhole(trial))
        {
            pruner!.Ended(trial);
        }

        if (!IsConfirming(trial))
        {
            trial.Entry.Ended++;
            if (trial.SameAs is null)
            {
                Ranking.Update(trial.Entry.Earlier ?? trial.Entry);
            }

            NoteHistory(trial.Entry);
            if (trial.SameAs is null)
            {
                NoteBest(trial.Entry.Earlier ?? trial.Entry);
            }
        }

        Release(trial);
    }

    private Trial TrialOf(int number, SweepEvent sweepEvent)
    {
        Require(number >= 0 && number < trials.Count, sweepEvent, "its trial exists");
        return trials[number];
    }

    private void Settle(Trial trial)
    {
        unstarted = unstarted == trial ? null : unstarted;
        unjudged = unjudged == trial ? null : unjudged;
    }

    private void Require(bool rule, SweepEvent sweepEvent, string words)
    {
        if (!rule)
        {
            throw new InvalidDataException(
                FormattableString.Invariant($"Event {Sequence} of the journal is {sweepEvent.GetType().Name}, which cannot follow: {words}."));
        }
    }
}
