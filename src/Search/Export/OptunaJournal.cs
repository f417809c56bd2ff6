namespace ApproxCluster.Search;

/// <summary>When a trial began and when it ended, for a reader that shows time. The end of one that has not ended is of no use.</summary>
public readonly record struct TrialTimes(DateTimeOffset Start, DateTimeOffset End);

/// <summary>
/// Exports trials as the log of an Optuna <c>JournalStorage</c> with a <c>JournalFileBackend</c> (operations of Optuna 4 and 5), for Optuna itself and optuna-dashboard.
/// <list type="bullet">
/// <item>Parameters are those that are searched, under their dotted paths; one that does not exist under a trial's choices is absent. What is fixed is the attribute <c>fixed</c>
/// of the whole.</item>
/// <item>Values are all objectives at the best epoch, also of pruned trials; intermediate values are the first objective after each epoch, steps from 1, without those that are not finite.</item>
/// <item>Completed is COMPLETE, Pruned PRUNED, Failed and Cancelled FAIL; what has not ended is RUNNING. The state's own word is the trial's attribute <c>state</c>.</item>
/// </list>
/// </summary>
public static class OptunaJournal
{
    /// <summary>Writes a sweep's trials, finished or not. Flushes nothing.</summary>
    /// <param name="writer">Takes the text; a file must be UTF-8 without a byte order mark.</param>
    /// <param name="name">The name that Optuna shows, such as the sweep's identity.</param>
    /// <param name="state">The sweep.</param>
    /// <param name="times">When a trial, by number, began and ended: a sweep's state knows virtual time only.</param>
    public static void Write(TextWriter writer, string name, SweepState state, Func<int, TrialTimes> times)
    {
        var spec = state.Spec;
        var log = new OptunaLog(writer);
        var searched = Begin(log, name, spec.Space, [spec.Objective.Maximize, .. spec.Objective.Further.Select(further => further.Maximize)]);
        log.SetMetricNames([spec.Objective.Metric, .. spec.Objective.Further.Select(further => further.Quantity)]);
        log.SetStudyAttribute("sweep", SweepFile.Canonical(spec));
        log.SetStudyAttribute("digest", state.Digest);
        foreach (var trial in state.Trials)
        {
            log.Add(TrialOf(state, trial, times(trial.Number)), searched);
        }
    }

    /// <summary>Writes a tuner's trials.</summary>
    /// <param name="writer">Takes the text; a file must be UTF-8 without a byte order mark.</param>
    /// <param name="name">The name that Optuna shows.</param>
    /// <param name="tuner">The search.</param>
    /// <param name="space">Its space.</param>
    /// <param name="times">When a trial, by number, began and ended: a tuner has no clock.</param>
    public static void Write(TextWriter writer, string name, Tuner tuner, SearchSpace space, Func<int, TrialTimes> times)
    {
        var log = new OptunaLog(writer);
        var searched = Begin(log, name, space with { IsFree = true }, tuner.Maximize);
        foreach (var trial in tuner.Trials)
        {
            log.Add(
                new()
                {
                    Number = trial.Number,
                    Parameters = trial.Parameters,
                    State = trial.State,
                    Times = times(trial.Number),
                    Values = trial.Values.All(double.IsFinite) ? trial.Values : [],
                    Curve = tuner.Maximize[0] ? [.. trial.Costs.Select(cost => -cost)] : trial.Costs,
                    Attributes = [new("state", ParameterValue.Of(EventWords.Of(trial.State)))],
                },
                searched);
        }
    }

    private static Dictionary<string, Domain> Begin(OptunaLog log, string name, SearchSpace space, IReadOnlyList<bool> maximize)
    {
        log.CreateStudy(name, maximize);
        var searched = SpaceWalk.Searched(space).ToDictionary(parameter => parameter.Path, parameter => parameter.Domain, StringComparer.Ordinal);
        var others = SpaceWalk.All(space).Where(parameter => !searched.ContainsKey(parameter.Path));
        log.SetStudyAttribute("fixed", others.Select(parameter => KeyValuePair.Create(parameter.Path, UnitMapping.Value(parameter.Domain, 0))));
        return searched;
    }

    private static OptunaTrial TrialOf(SweepState state, Trial trial, TrialTimes times)
    {
        var attributes = new List<KeyValuePair<string, ParameterValue>>
        {
            new("state", ParameterValue.Of(EventWords.Of(trial.State))),
            new("configuration", ParameterValue.Of(trial.Configuration)),
            new("replicate", ParameterValue.Of(trial.Replicate)),
            new("seed", ParameterValue.Of(FormattableString.Invariant($"{trial.Seed}"))),
            new("parameter_count", ParameterValue.Of(trial.Entry.ParameterCount)),
        };
        if (trial.State == TrialState.Failed)
        {
            attributes.Add(new("reason", ParameterValue.Of(EventWords.Of(trial.Reason))));
        }

        if (trial.Detail is { } detail)
        {
            attributes.Add(new("detail", ParameterValue.Of(detail)));
        }

        if (Leaderboard.ResultOf(state, trial) is { } result)
        {
            attributes.Add(new("best_epoch", ParameterValue.Of(result.BestEpoch)));
            AddFinite(attributes, "gap", result.Gap);
        }

        if (trial.Test is { } test)
        {
            AddFinite(attributes, "test_loss", test.Loss);
            AddFinite(attributes, "test_metric", test.Metric);
        }

        return new()
        {
            Number = trial.Number,
            Parameters = trial.Parameters,
            State = trial.State,
            Times = times,
            Values = trial.Objectives is { Count: > 0 } several ? several : trial.Value is { } value ? [value] : [],
            Curve = [.. trial.Epochs.Select(report => report.IsFinite ? state.Spec.Objective.Of(report) : double.NaN)],
            Attributes = attributes,
        };
    }

    private static void AddFinite(List<KeyValuePair<string, ParameterValue>> attributes, string key, double value)
    {
        if (double.IsFinite(value))
        {
            attributes.Add(new(key, ParameterValue.Of(value)));
        }
    }
}
