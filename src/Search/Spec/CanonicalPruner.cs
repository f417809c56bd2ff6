using System.Buffers;
using System.Text;
using System.Text.Json;

namespace ApproxCluster.Search;

/// <summary>Writes the canonical form of a pruner: its word, or a mapping of the word to all its settings, but for bounds and pruners that were left out and asha's <c>min_trials</c> of 1.</summary>
internal static class CanonicalPruner
{
    public static string Write(PrunerSpec pruner)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            Write(json, pruner);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static void Write(Utf8JsonWriter json, PrunerSpec pruner)
    {
        var (word, settings) = Settings(pruner);
        if (settings.Count == 0)
        {
            json.WriteStringValue(word);
            return;
        }

        json.WriteStartObject();
        json.WriteStartObject(word);
        foreach (var (name, value) in settings)
        {
            if (value is not null)
            {
                json.WritePropertyName(name);
                WriteValue(json, value);
            }
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>The word of a pruner and its settings, null where one is left out.</summary>
    public static (string Word, IReadOnlyList<(string Name, object? Value)> Settings) Settings(PrunerSpec pruner) => pruner switch
    {
        AshaPrunerSpec it => (
            "asha",
            [
                ("min_epochs", it.MinEpochs), ("reduction_factor", it.ReductionFactor), ("promote", it.Promote),
                ("min_trials", it.MinTrials == 1 ? null : it.MinTrials),
            ]),
        ShaPrunerSpec it => ("sha", [("min_epochs", it.MinEpochs), ("reduction_factor", it.ReductionFactor), ("cohort", it.Cohort)]),
        HyperbandPrunerSpec it => ("hyperband", [("min_epochs", it.MinEpochs), ("reduction_factor", it.ReductionFactor), ("promote", it.Promote)]),
        MedianPrunerSpec it => (
            "median",
            [("startup_trials", it.StartupTrials), ("min_trials", it.MinTrials), ("warmup_epochs", it.WarmupEpochs), ("interval_epochs", it.IntervalEpochs)]),
        PercentilePrunerSpec it => (
            "percentile",
            [
                ("percentile", it.Percentile), ("startup_trials", it.StartupTrials), ("min_trials", it.MinTrials), ("warmup_epochs", it.WarmupEpochs),
                ("interval_epochs", it.IntervalEpochs),
            ]),
        PatiencePrunerSpec it => (
            "patience", [("patience", it.Patience), ("min_delta", it.MinDelta), ("interval_epochs", it.IntervalEpochs), ("wrapped", it.Wrapped)]),
        ThresholdPrunerSpec it => (
            "threshold",
            [
                ("lower", it.Lower), ("upper", it.Upper), ("gap_lower", it.GapLower), ("gap_upper", it.GapUpper), ("warmup_epochs", it.WarmupEpochs),
                ("interval_epochs", it.IntervalEpochs),
            ]),
        WilcoxonPrunerSpec it => (
            "wilcoxon",
            [
                ("p_threshold", it.PThreshold), ("startup_replicates", it.StartupReplicates), ("warmup_epochs", it.WarmupEpochs),
                ("interval_epochs", it.IntervalEpochs),
            ]),
        GapPrunerSpec it => (
            "gap",
            [
                ("max_gap", it.MaxGap), ("tolerance", it.Tolerance), ("patience", it.Patience), ("warmup_epochs", it.WarmupEpochs),
                ("interval_epochs", it.IntervalEpochs),
            ]),
        CurvePrunerSpec it => (
            "curve", [("confidence", it.Confidence), ("warmup_epochs", it.WarmupEpochs), ("interval_epochs", it.IntervalEpochs)]),
        AnyPrunerSpec it => ("any", [("pruners", it.Pruners)]),
        _ => ("none", []),
    };

    private static void WriteValue(Utf8JsonWriter json, object value)
    {
        switch (value)
        {
            case int whole:
                json.WriteNumberValue(whole);
                break;
            case double real:
                json.WriteNumberValue(real);
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case PrunerSpec wrapped:
                Write(json, wrapped);
                break;
            case IReadOnlyList<PrunerSpec> parts:
                json.WriteStartArray();
                foreach (var part in parts)
                {
                    Write(json, part);
                }

                json.WriteEndArray();
                break;
        }
    }
}
