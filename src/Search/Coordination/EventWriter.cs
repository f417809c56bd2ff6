using System.Buffers;
using System.Security.Cryptography;
using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>The writing half of <see cref="EventCodec"/>. What it wrote once is in journals: a key may be added at the end of its object, never moved, renamed or dropped.</summary>
internal static class EventWriter
{
    public static string TypeOf(SweepEvent sweepEvent) => sweepEvent switch
    {
        SweepCreated => "sweep_created",
        HistoryTaken => "history_taken",
        TrialCreated => "trial_created",
        SegmentStarted => "segment_started",
        SegmentFinished => "segment_finished",
        TrialPaused => "trial_paused",
        TrialEnded => "trial_ended",
        ScoringStarted => "scoring_started",
        TestScored => "test_scored",
        SweepEnded => "sweep_ended",
        StopRequested => "stop_requested",
        ResultBuffered => "result_buffered",
        AttemptLost => "attempt_lost",
        OutputKept => "output_kept",
        PauseChanged => "pause_changed",
        TrialsRetried => "trials_retried",
        _ => throw Unknown(sweepEvent),
    };

    public static void Write(SweepEvent sweepEvent, IBufferWriter<byte> output)
    {
        using var json = new CanonicalJson(output);
        json.Write("type", TypeOf(sweepEvent));
        switch (sweepEvent)
        {
            case SweepCreated created:
                json.Write("format", created.Format);
                json.Write("spec", created.Spec);
                Write(json, created.Shape);
                break;
            case HistoryTaken history:
                json.Write("digest", history.Digest);
                json.Write("dropped", history.Dropped);
                json.OpenList("observations");
                foreach (var observation in history.Observations)
                {
                    json.OpenItem();
                    WriteFields(json, observation);
                    json.Close();
                }

                json.CloseList();
                break;
            case TrialCreated created:
                json.Write("trial", created.Trial);
                json.Write("configuration", created.Configuration);
                json.Write("replicate", created.Replicate);
                json.Write("seed", created.Seed);
                Write(json, created.Parameters);
                if (created.SameAs is { } earlier)
                {
                    json.Write("same_as", earlier);
                    json.Write("reused", created.IsReused);
                }

                if (created.From is { } branch)
                {
                    json.Write("from_trial", branch.Trial);
                    json.Write("from_epoch", branch.Epoch);
                }

                break;
            case SegmentStarted started:
                json.Write("trial", started.Trial);
                json.Write("segment", started.Segment);
                json.Write("from_epoch", started.FromEpoch);
                json.Write("to_epoch", started.ToEpoch);
                json.Write("starts_at", started.StartsAt);
                json.Write("finishes_at", started.FinishesAt);
                break;
            case SegmentFinished finished:
                json.Write("trial", finished.Trial);
                json.Write("segment", finished.Segment);
                Write(json, finished.Epochs);
                json.Write("diverged", finished.Diverged);
                json.Write("error", finished.Error);
                Write(json, finished.End);
                break;
            case TrialPaused paused:
                json.Write("trial", paused.Trial);
                json.Write("rung", paused.Rung);
                break;
            case TrialEnded ended:
                json.Write("trial", ended.Trial);
                json.Write("state", EventWords.Of(ended.State));
                json.Write("reason", EventWords.Of(ended.Reason));
                json.Write("detail", ended.Detail);
                break;
            case ScoringStarted scoring:
                Write(json, scoring.Trials);
                break;
            case TrialsRetried retried:
                Write(json, retried.Trials);
                break;
            case TestScored scored:
                json.Write("trial", scored.Trial);
                json.Write("epoch", scored.Epoch);
                json.Write("loss", scored.Loss);
                json.Write("metric", scored.Metric);
                break;
            case SweepEnded ended:
                json.Write("status", EventWords.Of(ended.Status));
                break;
            case StopRequested stop:
                json.Write("cancel", stop.Cancel);
                break;
            case ResultBuffered buffered:
                Write(json, buffered.Result);
                break;
            case AttemptLost lost:
                json.Write("trial", lost.Trial);
                json.Write("attempt", lost.Attempt);
                json.Write("worker", lost.Worker);
                json.Write("reason", lost.Reason);
                break;
            case OutputKept kept:
                json.Write("trial", kept.Trial);
                json.Write("text", kept.Text);
                break;
            case PauseChanged change:
                json.Write("paused", change.Paused);
                break;
            default:
                throw Unknown(sweepEvent);
        }
    }

    /// <summary>SHA-256 over observations: each one's JSON and a line feed.</summary>
    public static string DigestOf(IEnumerable<PriorObservation> observations)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        foreach (var observation in observations)
        {
            using (var json = new CanonicalJson(buffer))
            {
                WriteFields(json, observation);
            }

            buffer.Write("\n"u8);
        }

        return Convert.ToHexStringLower(SHA256.HashData(buffer.WrittenSpan));
    }

    private static void WriteFields(CanonicalJson json, PriorObservation observation)
    {
        json.Write("state", EventWords.Of(observation.State));
        if (observation.Cost is { } cost)
        {
            json.Write("cost", cost);
        }
        else
        {
            json.Write("cost", (string?)null);
        }

        Write(json, observation.Parameters);
        if (observation.Violation > 0)
        {
            json.Write("violation", observation.Violation);
        }

        WriteList(json, "costs", observation.Costs);
        WriteList(json, "curve", observation.Curve);
    }

    // Journals of before they were taken have no such lists.
    private static void WriteList(CanonicalJson json, string key, IReadOnlyList<double> numbers)
    {
        if (numbers.Count == 0)
        {
            return;
        }

        json.OpenList(key);
        foreach (var number in numbers)
        {
            json.Write(number);
        }

        json.CloseList();
    }

    private static void Write(CanonicalJson json, TargetShape shape)
    {
        json.Open("shape");
        json.Write("inputs", shape.Inputs);
        json.Write("outputs", shape.Outputs);
        json.Write("task", EventWords.Of(shape.Task));
        json.Write("metric", EventWords.Of(shape.Metric));
        json.Write("training_samples", shape.TrainingSamples);
        json.Write("validation_samples", shape.ValidationSamples);
        json.Write("test_samples", shape.TestSamples);
        json.Write("fingerprint", shape.Fingerprint);
        json.Close();
    }

    private static void Write(CanonicalJson json, Assignment parameters)
    {
        json.Open("parameters");
        foreach (var (path, value) in parameters)
        {
            json.Write(path, value);
        }

        json.Close();
    }

    private static void Write(CanonicalJson json, IReadOnlyList<int> trials)
    {
        json.OpenList("trials");
        foreach (var trial in trials)
        {
            json.Write(trial);
        }

        json.CloseList();
    }

    private static void Write(CanonicalJson json, IReadOnlyList<EpochReport> epochs)
    {
        json.OpenList("epochs");
        foreach (var epoch in epochs)
        {
            json.OpenList();
            json.Write((long)epoch.Epoch);
            json.Write(epoch.TrainingLoss);
            json.Write(epoch.ValidationLoss);
            json.Write(epoch.TrainingMetric);
            json.Write(epoch.ValidationMetric);
            json.Write(epoch.LearningRate);
            if (epoch.Figures is { } figures)
            {
                json.OpenList();
                foreach (var figure in figures)
                {
                    json.Write(figure);
                }

                json.CloseList();
            }

            json.CloseList();
        }

        json.CloseList();
    }

    private static void Write(CanonicalJson json, SegmentResult result)
    {
        json.Write("trial", result.Trial);
        json.Write("attempt", result.Attempt);
        json.Write("segment", result.Segment);
        Write(json, result.Epochs);
        json.Write("diverged", result.Diverged);
        json.Write("error", result.Error);
        if (result.Test is { } test)
        {
            json.Open("test");
            json.Write("loss", test.Loss);
            json.Write("metric", test.Metric);
            json.Close();
        }

        Write(json, result.End);
    }

    // Left out where there is none, as journals from before it existed have it.
    private static void Write(CanonicalJson json, EarlyEnd end)
    {
        if (end != EarlyEnd.None)
        {
            json.Write("end", EventWords.Of(end));
        }
    }

    private static ArgumentException Unknown(SweepEvent sweepEvent) =>
        new($"Event is {sweepEvent.GetType().Name}, but must be one that the journal's format knows.");
}
