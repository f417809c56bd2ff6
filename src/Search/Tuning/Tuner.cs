namespace ApproxCluster.Search;

/// <summary>
/// Searches for anybody's objective, one call at a time: <see cref="Ask"/> for a configuration, try it, <see cref="Tell(TuningTrial, double)"/> what came of it; with a
/// pruner, <see cref="Report(TuningTrial, double, double)"/> every epoch on the way. The same samplers and pruners as in a sweep; the same calls in the same sequence give the same
/// configurations on every machine. Not thread-safe: callers lock.
/// </summary>
public sealed class Tuner
{
    private readonly ISampler sampler;
    private readonly IPruner? pruner;
    private readonly SearchSpace? space;
    private readonly PointCompletion? completion;
    private readonly bool isSequence;
    private readonly Queue<Assignment> enqueued = new();
    private readonly SearchHistory history = new();
    private readonly List<TuningTrial> trials = [];
    private int begun;

    /// <summary>Starts a search.</summary>
    /// <param name="settings">
    /// Space, seed, and hints on the size of the search. Names in the space mean nothing here (<see cref="SearchSpace.IsFree"/>); <see cref="SamplerSettings.Objectives"/> is the number of
    /// directions; <see cref="SamplerSettings.First"/> is put before all else as by <see cref="Enqueue"/>; <see cref="SamplerSettings.HasPrior"/> is of no use.
    /// </param>
    /// <param name="sampler">How configurations are chosen.</param>
    /// <param name="pruner">
    /// How hopeless trials are stopped, at reports of which <see cref="SamplerSettings.Epochs"/> complete a trial; null where nothing is reported, or where <see cref="Tell(TuningTrial, double)"/>
    /// ends every trial.
    /// </param>
    /// <param name="maximize">For each objective, whether larger is better. Default: one objective, smaller is better.</param>
    /// <exception cref="ArgumentException">A range is none or a setting is out of its range (the message has every fault), or the space's rules leave hardly any of it.</exception>
    public Tuner(SamplerSettings settings, SamplerSpec sampler, PrunerSpec? pruner = null, IReadOnlyList<bool>? maximize = null)
    {
        var sound = TunerChecks.Check(settings, sampler, pruner, maximize);
        Maximize = Directions(maximize);
        this.sampler = SamplerFactory.Create(sampler, sound);
        this.pruner = pruner is null ? null : PrunerFactory.Create(pruner, new() { Epochs = sound.Epochs, Maximize = Maximize[0], Objectives = Maximize.Count });
        (space, isSequence, completion) = (sound.Space, SamplerFactory.IsSequence(sampler), new PointCompletion(sound.Space, sound.Seed));
        foreach (var point in settings.First)
        {
            Enqueue(point);
        }
    }

    /// <summary>Starts a search with a sampler and a pruner of one's own.</summary>
    /// <param name="sampler">How configurations are chosen. What is enqueued is given out as it is, whatever the sampler's space.</param>
    /// <param name="pruner">How hopeless trials are stopped; null where nothing is reported.</param>
    /// <param name="maximize">For each objective, whether larger is better. Default: one objective, smaller is better.</param>
    public Tuner(ISampler sampler, IPruner? pruner = null, IReadOnlyList<bool>? maximize = null)
    {
        ArgumentNullException.ThrowIfNull(sampler);
        (this.sampler, this.pruner, Maximize) = (sampler, pruner, Directions(maximize));
    }

    /// <summary>For each objective, whether larger is better.</summary>
    public IReadOnlyList<bool> Maximize { get; }

    /// <summary>All trials, by number.</summary>
    public IReadOnlyList<TuningTrial> Trials => trials;

    /// <summary>What the sampler sees: an observation for each trial, kept by the tuner. Not to be changed.</summary>
    public SearchHistory History => history;

    /// <summary>
    /// The trial with the best (first) objective so far among those completed or pruned (by its best report); of equal ones the first. Null while there is none. Of several objectives, <see cref="Front"/> tells more.
    /// </summary>
    public TuningTrial? Best { get; private set; }

    /// <summary>
    /// The Pareto front: trials, completed or pruned, by number, than which no other is at least as good in all objectives and better in one. With one objective, all that are as good as
    /// <see cref="Best"/>; empty while there is none.
    /// </summary>
    public IReadOnlyList<TuningTrial> Front()
    {
        var known = trials.Where(Counts).ToArray();
        var ranks = ParetoRanks.Of([.. known.Select(trial => trial.Values.Select((value, objective) => Cost(objective, value)).ToArray())], new double[known.Length]);
        return [.. known.Where((_, index) => ranks[index] == 1)];
    }

    /// <summary>
    /// The trial whose configuration to take: what the sampler recommends (<see cref="ISampler.Recommend"/>), else <see cref="Best"/>. Null while
    /// there is none.
    /// </summary>
    public TuningTrial? Recommend() => sampler.Recommend(history) is { } number ? trials[number] : Best;

    /// <summary>
    /// Puts a configuration, or a part of one, before those that the sampler will choose. What it leaves open is filled in when it is asked for: by the sampler's suggestion, or at random where that breaks a
    /// rule. A nested parameter implies its choice. Grid, Sobol and Halton go on with the point that was next.
    /// </summary>
    /// <param name="parameters">Values of some or all parameters of the space.</param>
    /// <exception cref="ArgumentException">A path or a value is none of the space's, or a rule is broken: the message has every fault.</exception>
    public void Enqueue(Assignment parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        enqueued.Enqueue(space is null ? parameters : GivenPoint.Check(space, parameters));
    }

    /// <summary>
    /// What to try next: a paused trial that is promoted (its <see cref="TuningTrial.Costs"/> say how far it got), else a new one. Any number of trials may be in flight.
    /// </summary>
    /// <returns>
    /// A running trial; null when a finite sampler (grid) has nothing left, or rules leave a sampler none. While trials are in flight, a later call may give a paused one all the same.
    /// </returns>
    public TuningTrial? Ask()
    {
        if (pruner?.Promotion(closing: false) is { } promoted)
        {
            return Promote(trials[promoted]);
        }

        var parameters = enqueued.Count > 0 ? Begin(enqueued.Dequeue()) : Suggest(trials.Count - (isSequence ? begun : 0));
        if (parameters is null)
        {
            var none = trials.TrueForAll(trial => trial.State != TrialState.Running);
            return none && pruner?.Promotion(closing: true) is { } last ? Promote(trials[last]) : null;
        }

        var next = new TuningTrial(trials.Count, parameters);
        next.ToEpoch = pruner?.NextStop(next) ?? 0;
        trials.Add(next);
        Note(next);
        return next;
    }

    /// <summary>Takes the objective after the trial's next epoch (or other step: what an epoch is, is up to the caller).</summary>
    /// <param name="trial">A running trial of this tuner.</param>
    /// <param name="value">The objective; NaN or infinite counts as the worst.</param>
    /// <param name="gap">Generalization gap, for pruners that look at it; default unknown.</param>
    /// <returns>
    /// Continue; Pause: leave it until <see cref="Ask"/> gives it back; Prune: it has ended. With a pruner, <see cref="SamplerSettings.Epochs"/> reports end it as completed (as failed where none was finite), and
    /// Continue is returned: <see cref="TuningTrial.State"/> tells. Without one it is always Continue and ends nothing: the curve is noted, and <see cref="Tell(TuningTrial, double)"/> ends the trial.
    /// </returns>
    /// <exception cref="InvalidOperationException">The trial is not running: it has ended, or is paused.</exception>
    /// <exception cref="ArgumentException">The trial is another tuner's.</exception>
    public VerdictKind Report(TuningTrial trial, double value, double gap = double.NaN) => Report(trial, [value], gap);

    /// <summary>As <see cref="Report(TuningTrial, double, double)"/>, with every objective, so that a pruner for several can tell which to keep.</summary>
    /// <param name="trial">A running trial of this tuner.</param>
    /// <param name="values">One value for each objective; NaN or infinite counts as the worst.</param>
    /// <param name="gap">Generalization gap, for pruners that look at it; default unknown.</param>
    /// <returns>What becomes of it, as there.</returns>
    /// <exception cref="InvalidOperationException">The trial is not running: it has ended, or is paused.</exception>
    /// <exception cref="ArgumentException">The trial is another tuner's, or there are more or fewer values than objectives.</exception>
    public VerdictKind Report(TuningTrial trial, IReadOnlyList<double> values, double gap = double.NaN)
    {
        RequireOwn(trial);
        if (trial.State != TrialState.Running)
        {
            var advice = trial.State == TrialState.Paused ? "Leave it until Ask gives it back, or end it with Tell." : "It has ended: report no more once State is not Running.";
            throw new InvalidOperationException(FormattableString.Invariant($"Trial {trial.Number} is {trial.State}, but must be Running to report. {advice}"));
        }

        RequireAll(values);
        trial.Add([.. values.Select((value, objective) => Cost(objective, value))], gap);
        if (pruner is null || trial.Costs.Count < trial.ToEpoch)
        {
            Note(trial);
            return VerdictKind.Continue;
        }

        pruner.Observe(trial, diverged: false);
        var next = pruner.NextStop(trial);
        var verdict = next <= trial.Costs.Count ? VerdictKind.Continue : pruner.Judge(trial).Kind;
        switch (verdict)
        {
            case VerdictKind.Prune:
                End(trial, TrialState.Pruned);
                break;
            case VerdictKind.Pause:
                trial.State = TrialState.Paused;
                Note(trial);
                break;
            case VerdictKind.Continue when next <= trial.Costs.Count:
                End(trial, trial.Outcome.Count > 0 ? TrialState.Completed : TrialState.Failed);
                break;
            default:
                trial.ToEpoch = next;
                Note(trial);
                break;
        }

        return verdict;
    }

    /// <summary>A trial has ended with an objective. NaN or infinite: it has failed.</summary>
    /// <param name="trial">A trial of this tuner that has not ended, running or paused.</param>
    /// <param name="value">The objective; what was reported before stays its curve, and decides nothing.</param>
    /// <exception cref="InvalidOperationException">The trial has ended before.</exception>
    /// <exception cref="ArgumentException">The trial is another tuner's, or there are several objectives.</exception>
    public void Tell(TuningTrial trial, double value) => Tell(trial, [value]);

    /// <summary>A trial has ended with several objectives. One of them NaN or infinite: it has failed.</summary>
    /// <param name="trial">A trial of this tuner that has not ended, running or paused.</param>
    /// <param name="values">One value for each objective.</param>
    /// <exception cref="InvalidOperationException">The trial has ended before.</exception>
    /// <exception cref="ArgumentException">The trial is another tuner's, or there are more or fewer values than objectives.</exception>
    public void Tell(TuningTrial trial, IReadOnlyList<double> values)
    {
        RequireUnended(trial);
        RequireAll(values);
        trial.Values = [.. values];
        End(trial, values.All(double.IsFinite) ? TrialState.Completed : TrialState.Failed);
    }

    /// <summary>A trial has ended without an objective, or (as pruned) with the best that it reported.</summary>
    /// <param name="trial">A trial of this tuner that has not ended, running or paused.</param>
    /// <param name="state">Pruned, Failed or Cancelled.</param>
    /// <exception cref="InvalidOperationException">The trial has ended before.</exception>
    /// <exception cref="ArgumentException">The trial is another tuner's, or the state is another one.</exception>
    public void Tell(TuningTrial trial, TrialState state)
    {
        RequireUnended(trial);
        if (state is not (TrialState.Pruned or TrialState.Failed or TrialState.Cancelled))
        {
            throw new ArgumentException($"state is {state}, but must be Pruned, Failed or Cancelled. Tell the objective of a trial that is complete.", nameof(state));
        }

        End(trial, state);
    }

    private static IReadOnlyList<bool> Directions(IReadOnlyList<bool>? maximize) => maximize switch
    {
        null => [false],
        [] => throw new ArgumentException("maximize has 0 entries, but must have at least 1: one for each objective. Leave it out to minimize one.", nameof(maximize)),
        _ => maximize,
    };

    private Assignment? Begin(Assignment given)
    {
        begun++;
        if (completion is null)
        {
            return given;
        }

        var open = DomainValues.Fit(space!, given) is null ? Suggest(trials.Count) : null;
        return completion.Complete(given, open, trials.Count);
    }

    private Assignment? Suggest(int number) => number < (sampler.Size ?? long.MaxValue) ? sampler.Suggest(number, history) : null;

    private void RequireOwn(TuningTrial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        if (trial.Number >= trials.Count || trials[trial.Number] != trial)
        {
            throw new ArgumentException(FormattableString.Invariant($"Trial {trial.Number} is another tuner's, but must be one that Ask of this one gave out. Tell it where it comes from."), nameof(trial));
        }
    }

    private void RequireUnended(TuningTrial trial)
    {
        RequireOwn(trial);
        if (trial.State.IsFinal())
        {
            throw new InvalidOperationException(
                FormattableString.Invariant($"Trial {trial.Number} is {trial.State}, but must not have ended: it was told, or its last report has ended it. Tell each trial once."));
        }
    }

    private void RequireAll(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count != Maximize.Count)
        {
            throw new ArgumentException(FormattableString.Invariant($"Values are {values.Count}, but must be {Maximize.Count}: one for each objective. Give as many."), nameof(values));
        }
    }

    private TuningTrial Promote(TuningTrial trial)
    {
        pruner!.Promoted(trial);
        trial.State = TrialState.Running;
        trial.ToEpoch = pruner.NextStop(trial);
        Note(trial);
        return trial;
    }

    private void End(TuningTrial trial, TrialState state)
    {
        trial.State = state;
        if (trial.Values.Count == 0)
        {
            trial.Values = [.. trial.Outcome.Select((cost, objective) => Cost(objective, cost))];
        }

        pruner?.Ended(trial);
        Note(trial);
        if (Counts(trial) && (Best is null || Cost(0, trial.Values[0]) < Cost(0, Best.Values[0])))
        {
            Best = trial;
        }
    }

    private void Note(TuningTrial trial)
    {
        var known = trial.State.IsFinal() && trial.State is not (TrialState.Failed or TrialState.Cancelled) && trial.Values.Count > 0;
        history.Set(new Observation(trial.Number, trial.Parameters, trial.State, known ? Cost(0, trial.Values[0]) : null)
        {
            Costs = known && trial.Values.Count > 1 ? [.. trial.Values.Select((value, objective) => Cost(objective, value))] : [],
            Curve = trial.Costs,
        });
    }

    private static bool Counts(TuningTrial trial) => trial.State is TrialState.Completed or TrialState.Pruned && trial.Values.Count > 0;

    private double Cost(int objective, double value) => Maximize[objective] ? -value : value;
}
