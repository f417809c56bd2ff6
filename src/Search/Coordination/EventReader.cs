using System.Globalization;
using System.Text.Json;
using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>The reading half of <see cref="EventCodec"/>. Keys that it does not know are left alone.</summary>
internal static class EventReader
{
    public static SweepEvent Read(string type, JsonElement json) => type switch
    {
        "sweep_created" => new SweepCreated(Int(json, "format"), Text(json, "spec")!, Shape(json.GetProperty("shape"))),
        "history_taken" => new HistoryTaken(
            Text(json, "digest")!, Int(json, "dropped"), [.. json.GetProperty("observations").EnumerateArray().Select(Observation)]),
        "trial_created" => Created(json),
        "segment_started" => new SegmentStarted(
            Int(json, "trial"), Int(json, "segment"), Int(json, "from_epoch"), Int(json, "to_epoch"), Long(json, "starts_at"), Long(json, "finishes_at")),
        "segment_finished" => new SegmentFinished(
            Int(json, "trial"), Int(json, "segment"), Epochs(json), json.GetProperty("diverged").GetBoolean(), Text(json, "error"))
        {
            End = End(json),
        },
        "trial_paused" => new TrialPaused(Int(json, "trial"), Int(json, "rung")),
        "trial_ended" => new TrialEnded(
            Int(json, "trial"), EventWords.ToTrialState(Text(json, "state")!), EventWords.ToReason(Text(json, "reason")!), Text(json, "detail")),
        "scoring_started" => new ScoringStarted(Trials(json)),
        "trials_retried" => new TrialsRetried(Trials(json)),
        "test_scored" => new TestScored(Int(json, "trial"), Int(json, "epoch"), Real(json.GetProperty("loss")), Real(json.GetProperty("metric"))),
        "sweep_ended" => new SweepEnded(EventWords.ToStatus(Text(json, "status")!)),
        "stop_requested" => new StopRequested(json.GetProperty("cancel").GetBoolean()),
        "result_buffered" => new ResultBuffered(Result(json)),
        "attempt_lost" => new AttemptLost(Int(json, "trial"), Int(json, "attempt"), Text(json, "worker")!, Text(json, "reason")!),
        "output_kept" => new OutputKept(Int(json, "trial"), Text(json, "text")!),
        "pause_changed" => new PauseChanged(json.GetProperty("paused").GetBoolean()),
        _ => throw new FormatException("this version does not know it. Use the version that wrote the journal, or a newer one."),
    };

    private static int[] Trials(JsonElement json) => [.. json.GetProperty("trials").EnumerateArray().Select(trial => trial.GetInt32())];

    private static PriorObservation Observation(JsonElement json) => new(
        Parameters(json.GetProperty("parameters")),
        EventWords.ToTrialState(Text(json, "state")!),
        json.GetProperty("cost") is { ValueKind: not JsonValueKind.Null } cost ? Real(cost) : null)
    {
        Costs = Reals(json, "costs"),
        Curve = Reals(json, "curve"),
        Violation = json.TryGetProperty("violation", out var violation) ? Real(violation) : 0,
    };

    private static double[] Reals(JsonElement json, string key) => json.TryGetProperty(key, out var numbers) ? [.. numbers.EnumerateArray().Select(Real)] : [];

    private static TrialCreated Created(JsonElement json)
    {
        var created = new TrialCreated(
            Int(json, "trial"), Int(json, "configuration"), Int(json, "replicate"), Seed(json, "seed"), Parameters(json.GetProperty("parameters")));
        if (json.TryGetProperty("from_trial", out var parent))
        {
            created = created with { From = new(parent.GetInt32(), Int(json, "from_epoch")) };
        }

        return json.TryGetProperty("same_as", out var earlier) ? created with { SameAs = earlier.GetInt32(), IsReused = json.GetProperty("reused").GetBoolean() } : created;
    }

    private static int Int(JsonElement json, string key) => json.GetProperty(key).GetInt32();

    private static long Long(JsonElement json, string key) => json.GetProperty(key).GetInt64();

    private static string? Text(JsonElement json, string key) => json.GetProperty(key).GetString();

    private static ulong Seed(JsonElement json, string key) => ulong.Parse(Text(json, key)!, NumberStyles.None, CultureInfo.InvariantCulture);

    private static double Real(JsonElement json) => json.ValueKind != JsonValueKind.String
        ? json.GetDouble()
        : json.GetString() switch
        {
            "NaN" => double.NaN,
            "Infinity" => double.PositiveInfinity,
            "-Infinity" => double.NegativeInfinity,
            var word => throw new FormatException($"A number is '{word}', but must be a number, NaN, Infinity or -Infinity."),
        };

    private static TargetShape Shape(JsonElement json) => new(
        Int(json, "inputs"),
        Int(json, "outputs"),
        EventWords.ToTask(Text(json, "task")!),
        EventWords.ToMetric(Text(json, "metric")!),
        Int(json, "training_samples"),
        Int(json, "validation_samples"),
        Int(json, "test_samples"),
        Text(json, "fingerprint")!);

    private static Assignment Parameters(JsonElement json) =>
        new(json.EnumerateObject().Select(entry => KeyValuePair.Create(entry.Name, Parameter(entry.Value))));

    private static ParameterValue Parameter(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.String)
        {
            return ParameterValue.Of(json.GetString()!);
        }

        var text = json.GetRawText();
        return text.AsSpan().IndexOfAny(".eE") < 0 ? ParameterValue.Of(json.GetInt64()) : ParameterValue.Of(json.GetDouble());
    }

    private static EpochReport[] Epochs(JsonElement json)
    {
        var list = json.GetProperty("epochs");
        var epochs = new EpochReport[list.GetArrayLength()];
        var next = 0;
        foreach (var entry in list.EnumerateArray())
        {
            epochs[next++] = new(entry[0].GetInt32(), Real(entry[1]), Real(entry[2]), Real(entry[3]), Real(entry[4]), Real(entry[5]))
            {
                Figures = entry.GetArrayLength() > 6 ? [.. entry[6].EnumerateArray().Select(Real)] : null,
            };
        }

        return epochs;
    }

    private static EarlyEnd End(JsonElement json) => json.TryGetProperty("end", out var end) ? EventWords.ToEnd(end.GetString()!) : EarlyEnd.None;

    private static SegmentResult Result(JsonElement json) => new(
        Int(json, "trial"),
        Int(json, "attempt"),
        Int(json, "segment"),
        Epochs(json),
        json.GetProperty("diverged").GetBoolean(),
        Text(json, "error"),
        json.TryGetProperty("test", out var test) ? new TestScore(Real(test.GetProperty("loss")), Real(test.GetProperty("metric"))) : null)
    {
        End = End(json),
    };
}
