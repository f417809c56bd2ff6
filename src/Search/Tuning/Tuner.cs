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
    private readonly Queue<Assignment> enqueued = new();
    private readonly SearchHistory history = new();
    private readonly List<TuningTrial> trials = [];

    /// <summary>Starts a search.</summary>
    /// <param name="settings">Space, seed, and hints on the size of the search. <see cref="SamplerSettings.Objectives"/> is the number of directions.</param>
    /// <param name="sampler">How configurations are chosen.</param>
    /// <param name="pruner">How hopeless trials are stopped; null where nothing is reported.</param>
    /// <param name="maximize">For each objective, whether larger is better. Default: one objective, smaller is better.</param>
    /// <exception cref="ArgumentException">A range is none (the message has every fault), or the space's rules leave hardly any of it.</exception>
    public Tuner(SamplerSettings settings, SamplerSpec sampler, PrunerSpec? pruner = null, IReadOnlyList<bool>? maximize = null)
        : this(
            SamplerFactory.Create(sampler, Checked(settings, sampler) with { Objectives = maximize?.Count ?? 1 }),
            pruner is null ? null : PrunerFactory.Create(pruner, new() { Epochs = settings.Epochs, Maximize = maximize is [true, ..], Objectives = maximize?.Count ?? 1 }),
            maximize)
    {
    }

    /// <summary>Starts a search with a sampler and a pruner of one's own.</summary>
    public Tuner(ISampler sampler, IPruner? pruner = null, IReadOnlyList<bool>? maximize = null)
    {
        (this.sampler, this.pruner, Maximize) = (sampler, pruner, maximize ?? [false]);
        ArgumentOutOfRangeException.ThrowIfZero(Maximize.Count, nameof(maximize));
    }

    /// <summary>For each objective, whether larger is better.</summary>
    public IReadOnlyList<bool> Maximize { get; }

    /// <summary>All trials, by number.</summary>
    public IReadOnlyList<TuningTrial> Trials => trials;

    /// <summary>What the sampler sees.</summary>
    public SearchHistory History => history;

    /// <summary>The trial with the best (first) objective so far among those completed or pruned; of equal ones the first. Null while there is none.</summary>
    public TuningTrial? Best { get; private set; }

    /// <summary>
    /// The trial whose configuration to take: what the sampler recommends (<see cref="ISampler.Recommend"/>), else <see cref="Best"/>. Null while
    /// there is none.
    /// </summary>
    public TuningTrial? Recommend() => sampler.Recommend(history) is { } number ? trials[number] : Best;

    /// <summary>Puts a configuration before those that the sampler will choose.</summary>
    public void Enqueue(Assignment parameters) => enqueued.Enqueue(parameters);

    /// <summary>
    /// What to try next: a paused trial that is promoted (its <see cref="TuningTrial.Costs"/> say how far it got), else a new one. Null when a finite sampler has
    /// nothing left and nothing waits.
    /// </summary>
    public TuningTrial? Ask()
    {
        if (pruner?.Promotion(closing: false) is { } promoted)
        {
            return Promote(trials[promoted]);
        }

        var parameters = enqueued.Count > 0 ? enqueued.Dequeue() : trials.Count < (sampler.Size ?? long.MaxValue) ? sampler.Suggest(trials.Count, history) : null;
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

    /// <summary>Takes the objective after the trial's next epoch.</summary>
    /// <param name="trial">A running trial.</param>
    /// <param name="value">The objective; NaN or infinite counts as the worst.</param>
    /// <param name="gap">Generalization gap, for pruners that look at it; default unknown.</param>
    /// <returns>Continue; Pause: leave it until <see cref="Ask"/> gives it back; Prune: it has ended. After its last epoch it has ended as completed, whatever is returned.</returns>
    public VerdictKind Report(TuningTrial trial, double value, double gap = double.NaN) => Report(trial, [value], gap);

    /// <summary>As <see cref="Report(TuningTrial, double, double)"/>, with every objective, so that a pruner for several can tell which to keep.</summary>
    public VerdictKind Report(TuningTrial trial, IReadOnlyList<double> values, double gap = double.NaN)
    {
        Require(trial, trial.State == TrialState.Running);
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
                End(trial, TrialState.Completed);
                break;
            default:
                trial.ToEpoch = next;
                Note(trial);
                break;
        }

        return verdict;
    }

    /// <summary>A trial has ended with an objective. NaN or infinite: it has failed.</summary>
    public void Tell(TuningTrial trial, double value) => Tell(trial, [value]);

    /// <summary>A trial has ended with several objectives.</summary>
    public void Tell(TuningTrial trial, IReadOnlyList<double> values)
    {
        Require(trial, !trial.State.IsFinal());
        RequireAll(values);
        trial.Values = [.. values];
        End(trial, values.All(double.IsFinite) ? TrialState.Completed : TrialState.Failed);
    }

    /// <summary>A trial has ended without an objective, or (as pruned) with the best that it reported.</summary>
    /// <param name="trial">A trial that has not ended.</param>
    /// <param name="state">Pruned, Failed or Cancelled.</param>
    public void Tell(TuningTrial trial, TrialState state)
    {
        Require(trial, !trial.State.IsFinal() && state is TrialState.Pruned or TrialState.Failed or TrialState.Cancelled);
        End(trial, state);
    }

    private static SamplerSettings Checked(SamplerSettings settings, SamplerSpec sampler)
    {
        if (sampler is PbtSamplerSpec)
        {
            throw new ArgumentException("sampler is pbt, but must be another one: trials go on from each other's weights in sweeps only. Write a sweep file, or use AutoSamplerSpec.", nameof(sampler));
        }

        if (SpaceFaults.Of(settings.Space) is { Count: > 0 } faults)
        {
            throw new ArgumentException(string.Join(Environment.NewLine, faults), nameof(settings));
        }

        return Feasibility.Fault(settings.Space) is { } fault
            ? throw new ArgumentException($"The rules of the space leave {fault}. Loosen them, or narrow the ranges to what they leave.", nameof(settings))
            : settings;
    }

    private static void Require(TuningTrial trial, bool rule)
    {
        if (!rule)
        {
            throw new InvalidOperationException(FormattableString.Invariant($"Trial {trial.Number} is {trial.State}, but must not have ended. Tell and report each trial once."));
        }
    }

    private void RequireAll(IReadOnlyList<double> values)
    {
        if (values.Count != Maximize.Count)
        {
            throw new ArgumentException(FormattableString.Invariant($"Values are {values.Count}, but must be {Maximize.Count}: one for each objective."), nameof(values));
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
        var counts = state is TrialState.Completed or TrialState.Pruned && trial.Values.Count > 0;
        if (counts && (Best is null || Cost(0, trial.Values[0]) < Cost(0, Best.Values[0])))
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

    private double Cost(int objective, double value) => Maximize[objective] ? -value : value;
}
