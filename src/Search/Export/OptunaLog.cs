using System.Buffers;
using System.Globalization;
using System.Text;

namespace ApproxCluster.Search;

/// <summary>
/// Writes the operations of Optuna's journal storage, one line of JSON each, as <c>JournalStorage</c> of Optuna 4 and 5 writes and replays them
/// (<c>optuna/storages/journal/_storage.py</c>). One study, number 0; trials are numbered as they are created.
/// </summary>
internal sealed class OptunaLog(TextWriter writer)
{
    // Whose operations these are: Optuna raises errors for its own worker's and skips those of others, so it must not look like one of Optuna's.
    private const string Worker = "approx";

    private readonly ArrayBufferWriter<byte> buffer = new(512);

    private enum Operation
    {
        CreateStudy = 0,
        SetStudyUserAttribute = 2,
        SetStudySystemAttribute = 3,
        CreateTrial = 4,
        SetTrialParameter = 5,
        SetTrialStateValues = 6,
        SetTrialIntermediateValue = 7,
        SetTrialUserAttribute = 8,
    }

    public void CreateStudy(string name, IReadOnlyList<bool> maximize) => Line(Operation.CreateStudy, json =>
    {
        json.Write("study_name", name);
        json.OpenList("directions");
        foreach (var upwards in maximize)
        {
            json.Write(upwards ? 2L : 1L);
        }

        json.CloseList();
    });

    public void SetMetricNames(IReadOnlyList<string> names) => Line(Operation.SetStudySystemAttribute, json =>
    {
        json.Write("study_id", 0);
        json.Open("system_attr");
        json.OpenList("study:metric_names");
        foreach (var name in names)
        {
            json.Write(ParameterValue.Of(name));
        }

        json.CloseList();
        json.Close();
    });

    public void SetStudyAttribute(string key, string value) => Line(Operation.SetStudyUserAttribute, json =>
    {
        json.Write("study_id", 0);
        json.Open("user_attr");
        json.Write(key, value);
        json.Close();
    });

    public void SetStudyAttribute(string key, IEnumerable<KeyValuePair<string, ParameterValue>> values) => Line(Operation.SetStudyUserAttribute, json =>
    {
        json.Write("study_id", 0);
        json.Open("user_attr");
        json.Open(key);
        foreach (var (name, value) in values)
        {
            json.Write(name, value);
        }

        json.Close();
        json.Close();
    });

    /// <summary>A trial with all that is known of it, its end last: nothing can be added to one that has ended.</summary>
    public void Add(OptunaTrial trial, IReadOnlyDictionary<string, Domain> searched)
    {
        Line(Operation.CreateTrial, json =>
        {
            json.Write("study_id", 0);
            json.Write("datetime_start", Time(trial.Times.Start));
        });
        foreach (var (path, value) in trial.Parameters)
        {
            if (searched.TryGetValue(path, out var domain))
            {
                ForTrial(Operation.SetTrialParameter, trial, json =>
                {
                    json.Write("param_name", path);
                    json.Write("param_value_internal", ParameterValue.Of(OptunaDistribution.Internal(domain, value)));
                    json.Write("distribution", OptunaDistribution.Text(domain));
                });
            }
        }

        for (var epoch = 1; epoch <= trial.Curve.Count; epoch++)
        {
            // JSON has no NaN; an epoch without a finite value has none here.
            var value = trial.Curve[epoch - 1];
            if (double.IsFinite(value))
            {
                var step = epoch;
                ForTrial(Operation.SetTrialIntermediateValue, trial, json =>
                {
                    json.Write("step", step);
                    json.Write("intermediate_value", ParameterValue.Of(value));
                });
            }
        }

        foreach (var (key, value) in trial.Attributes)
        {
            ForTrial(Operation.SetTrialUserAttribute, trial, json =>
            {
                json.Open("user_attr");
                json.Write(key, value);
                json.Close();
            });
        }

        if (trial.State.IsFinal())
        {
            End(trial);
        }
    }

    private void End(OptunaTrial trial) => ForTrial(Operation.SetTrialStateValues, trial, json =>
    {
        var known = trial.Values.Count > 0 && trial.State is TrialState.Completed or TrialState.Pruned;
        json.Write("state", trial.State switch { TrialState.Completed when known => 1, TrialState.Pruned => 2, _ => 3 });
        if (known)
        {
            json.OpenList("values");
            foreach (var value in trial.Values)
            {
                json.Write(ParameterValue.Of(value));
            }

            json.CloseList();
        }
        else
        {
            json.Write("values", (string?)null);
        }

        json.Write("datetime_complete", Time(trial.Times.End));
    });

    private void ForTrial(Operation operation, OptunaTrial trial, Action<CanonicalJson> write) => Line(operation, json =>
    {
        json.Write("trial_id", trial.Number);
        write(json);
    });

    private void Line(Operation operation, Action<CanonicalJson> write)
    {
        buffer.ResetWrittenCount();
        using (var json = new CanonicalJson(buffer))
        {
            json.Write("op_code", (long)operation);
            json.Write("worker_id", Worker);
            write(json);
        }

        writer.Write(Encoding.UTF8.GetString(buffer.WrittenSpan));
        writer.Write('\n');
    }

    private static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff", CultureInfo.InvariantCulture) + "+00:00";
}
