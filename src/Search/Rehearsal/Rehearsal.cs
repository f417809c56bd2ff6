namespace ApproxCluster.Search;

/// <summary>
/// Lives through a recorded sweep again under another pruner: the same configurations in the same order, with as many trials in flight, in the same virtual time, from their recorded
/// curves; nothing is trained. What it cannot show is what a sampler that learns would have chosen otherwise.
/// </summary>
public sealed class Rehearsal
{
    private readonly SweepState sweep;
    private readonly List<Trial> usable;

    /// <summary>Prepares a sweep.</summary>
    /// <param name="sweep">A sweep that has ended.</param>
    public Rehearsal(SweepState sweep)
    {
        this.sweep = sweep;
        usable = [.. sweep.Trials.Where(trial => IsUsable(trial, sweep.Spec.Epochs))];
    }

    /// <summary>Trials whose whole curves are recorded: those that completed, and those that diverged. Trials that were pruned, cancelled or faulty are not.</summary>
    public int Usable => usable.Count;

    /// <summary>Whether any usable trial has a result, so that there is a winner.</summary>
    public bool HasWinner => usable.Exists(trial => trial.Value is not null);

    /// <summary>Rehearses with the usable trials.</summary>
    /// <exception cref="InvalidOperationException">There is no winner.</exception>
    /// <exception cref="ArgumentException">A parameter of the pruner is out of its range.</exception>
    public RehearsalResult Run(PrunerSpec pruner)
    {
        if (!HasWinner)
        {
            throw new InvalidOperationException("No usable trial has a result, but one must. Rehearse another sweep.");
        }

        var trials = usable.Select((trial, number) => new RehearsedTrial(number, trial)).ToList();
        LiveThrough(trials, PrunerFactory.Create(pruner, PrunerSettings.Of(sweep.Spec)));

        var recorded = Ranked(trials, trial => trial.Recorded.BestCost, trial => trial.Recorded.State == TrialState.Failed);
        var rehearsed = Ranked(trials, trial => trial.Again.BestCost, trial => trial.End == TrialState.Failed);
        var places = recorded.Index().ToDictionary(pair => pair.Item.Configuration, pair => (Rank: pair.Index + 1, pair.Item.Cost));
        var cut = rehearsed.ToDictionary(pair => pair.Configuration, pair => pair.Cost);
        RehearsedConfiguration Describe(int configuration) => new(
            configuration,
            trials.First(trial => trial.Recorded.Configuration == configuration).Recorded.Number,
            places[configuration].Rank,
            Value(places[configuration].Cost),
            Value(cut[configuration]));
        return new()
        {
            Pruner = pruner,
            Trials = trials.Count,
            Completed = trials.Count(trial => trial.End == TrialState.Completed),
            Pruned = trials.Count(trial => trial.End == TrialState.Pruned),
            Failed = trials.Count(trial => trial.End == TrialState.Failed),
            Epochs = trials.Sum(trial => (long)trial.Again.Epochs.Count),
            RecordedEpochs = trials.Sum(trial => (long)trial.Recorded.Costs.Count),
            Flops = trials.Sum(trial => (double)trial.Again.Epochs.Count * trial.Recorded.Entry.FlopsPerEpoch),
            RecordedFlops = trials.Sum(trial => (double)trial.Recorded.Costs.Count * trial.Recorded.Entry.FlopsPerEpoch),
            Winner = Describe(recorded[0].Configuration),
            Kept = Describe(rehearsed[0].Configuration),
            Regret = rehearsed[0].Cost - recorded[0].Cost,
            WinnerPrunedAfter = trials.Where(trial => trial.Recorded.Configuration == recorded[0].Configuration && trial.End == TrialState.Pruned)
                .Min(trial => (int?)trial.Again.Epochs.Count),
            Front = RehearsedFront.Of(sweep.Spec.Objective, trials),
        };
    }

    private static bool IsUsable(Trial trial, int epochs) =>
        (trial.State == TrialState.Completed && trial.Costs.Count >= epochs) || (trial.State == TrialState.Failed && trial.Reason == FailureReason.Diverged);

    private double Value(double cost) => sweep.Spec.Objective.Maximize ? -cost : cost;

    private void LiveThrough(List<RehearsedTrial> trials, IPruner pruner)
    {
        var inFlight = new SortedSet<(long Finish, int Trial)>();
        var paused = new SortedSet<int>();
        var (now, begun) = (0L, 0);
        while (true)
        {
            while (inFlight.Count < sweep.Spec.Parallel)
            {
                if (pruner.Promotion(closing: false) is { } promoted)
                {
                    Promote(trials[promoted]);
                }
                else if (begun < trials.Count)
                {
                    Start(trials[begun++]);
                }
                else
                {
                    break;
                }
            }

            if (inFlight.Count > 0)
            {
                var (finish, number) = inFlight.Min;
                inFlight.Remove((finish, number));
                now = finish;
                Finish(trials[number]);
            }
            else if (pruner.Promotion(closing: true) is { } last)
            {
                Promote(trials[last]);
            }
            else
            {
                break;
            }
        }

        foreach (var number in paused.ToList())
        {
            End(trials[number], TrialState.Pruned);
        }

        void Promote(RehearsedTrial trial)
        {
            paused.Remove(trial.Again.Number);
            pruner.Promoted(trial.Again);
            Start(trial);
        }

        void Start(RehearsedTrial trial)
        {
            trial.Again.ToEpoch = pruner.NextStop(trial.Again);
            inFlight.Add((now + (trial.Again.ToEpoch - trial.Again.Epochs.Count) * trial.Recorded.Entry.WorkPerEpoch, trial.Again.Number));
        }

        void End(RehearsedTrial trial, TrialState state)
        {
            trial.End = state;
            pruner.Ended(trial.Again);
        }

        void Finish(RehearsedTrial trial)
        {
            var diverged = trial.Advance();
            pruner.Observe(trial.Again, diverged);
            if (diverged || trial.Again.ToEpoch >= sweep.Spec.Epochs)
            {
                End(trial, diverged ? TrialState.Failed : TrialState.Completed);
                return;
            }

            switch (pruner.Judge(trial.Again).Kind)
            {
                case VerdictKind.Continue:
                    Start(trial);
                    break;
                case VerdictKind.Pause:
                    paused.Add(trial.Again.Number);
                    break;
                default:
                    End(trial, TrialState.Pruned);
                    break;
            }
        }
    }

    /// <summary>Configurations by mean cost over those of their trials that have one, those with a failed trial and those without a cost last; ties by number.</summary>
    private static List<(int Configuration, double Cost)> Ranked(List<RehearsedTrial> trials, Func<RehearsedTrial, double> cost, Func<RehearsedTrial, bool> failed) =>
    [
        .. trials.GroupBy(trial => trial.Recorded.Configuration)
            .Select(group => (group.Key, Cost: Mean(group.Select(cost).Where(double.IsFinite)), Failed: group.Any(failed)))
            .OrderBy(entry => double.IsInfinity(entry.Cost)).ThenBy(entry => entry.Failed).ThenBy(entry => entry.Cost).ThenBy(entry => entry.Key)
            .Select(entry => (entry.Key, entry.Cost)),
    ];

    private static double Mean(IEnumerable<double> costs)
    {
        var (sum, count) = (0.0, 0);
        foreach (var cost in costs)
        {
            sum += cost;
            count++;
        }

        return count == 0 ? double.PositiveInfinity : sum / count;
    }
}
