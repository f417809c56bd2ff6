using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>Writes the canonical form of a spec: one line of JSON that is also YAML.</summary>
internal static class CanonicalSpec
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(SweepSpec spec)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("name", spec.Name);
            if (spec.Target is { } target)
            {
                WriteTarget(json, target);
            }

            if (spec.Command is { } command)
            {
                CanonicalCommand.Write(json, command);
            }

            json.WritePropertyName("space");
            WriteParameters(json, spec.Space.Parameters, spec.Space.IsFree);
            WriteConstraints(json, spec.Space);
            WriteObjective(json, spec.Objective);
            WriteSampler(json, spec.Sampler);
            json.WritePropertyName("pruner");
            CanonicalPruner.Write(json, spec.Pruner);
            json.WriteNumber("trials", spec.Trials);
            json.WriteNumber("parallel", spec.Parallel);
            if (spec.Execution == Execution.Eager)
            {
                json.WriteString("execution", "eager");
            }

            json.WriteNumber("seed", spec.Seed);
            WriteReplicates(json, spec);
            json.WriteNumber("epochs", spec.Epochs);
            if (spec.From is { } from)
            {
                json.WriteString("from", from);
            }

            WriteFirst(json, spec.First, spec.Space.IsFree);
            if (spec.Repeats != RepeatRule.Auto)
            {
                json.WriteString("repeats", spec.Repeats == RepeatRule.Reuse ? "reuse" : "replicate");
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteTarget(Utf8JsonWriter json, TargetConfiguration target)
    {
        json.WriteStartObject("target");
        json.WriteString("kind", target.Kind);
        foreach (var (name, value) in target.Options.OrderBy(option => option.Key, StringComparer.Ordinal))
        {
            json.WritePropertyName(name);
            if (TargetRules.Default.Option(target.Kind, name)?.Type is TargetOptionType.Integer or TargetOptionType.Number or TargetOptionType.Boolean)
            {
                json.WriteRawValue(value);
            }
            else
            {
                json.WriteStringValue(value);
            }
        }

        json.WriteEndObject();
    }

    private static void WriteReplicates(Utf8JsonWriter json, SweepSpec spec)
    {
        var name = SweepSettings.Replicates.Name;
        if (spec.Race is not { } race)
        {
            json.WriteNumber(name, spec.Replicates);
        }
        else
        {
            json.WriteStartObject(name);
            json.WriteNumber(SweepSettings.Race[0].Name, spec.Replicates);
            json.WriteNumber(SweepSettings.Race[1].Name, race.Min);
            json.WriteNumber(SweepSettings.Race[2].Name, race.Confidence);
            if (race.Corrected)
            {
                json.WriteBoolean(SweepSettings.Race[3].Name, true);
            }

            json.WriteEndObject();
        }

        if (spec.Confirm > 0)
        {
            json.WriteNumber(SweepSettings.Confirm.Name, spec.Confirm);
        }

        if (spec.Overtuning)
        {
            json.WriteBoolean(SweepSettings.Overtuning.Name, true);
        }
    }

    // What is not used is left out, as texts from before it existed have it.
    private static void WriteObjective(Utf8JsonWriter json, Objective objective)
    {
        json.WritePropertyName("objective");
        if (objective.Further.Count > 0)
        {
            json.WriteStartArray();
        }

        json.WriteStartObject();
        json.WriteString(objective.Maximize ? "maximize" : "minimize", objective.Metric);
        if (objective.GapWeight != 0)
        {
            json.WriteNumber(Objectives.GapWeight.Name, objective.GapWeight);
        }

        if (objective.GapLimit is { } limit)
        {
            json.WriteString("where", FormattableString.Invariant($"gap <= {limit:R}"));
        }

        json.WriteEndObject();
        foreach (var further in objective.Further)
        {
            json.WriteStartObject();
            json.WriteString(further.Maximize ? "maximize" : "minimize", further.Quantity);
            json.WriteEndObject();
        }

        if (objective.Further.Count > 0)
        {
            json.WriteEndArray();
        }
    }

    private static void WriteSampler(Utf8JsonWriter json, SamplerSpec sampler)
    {
        var kind = SamplerKinds.Of(sampler);
        var (name, parameters) = (kind.Variant.Name, kind.Variant.Parameters);
        if (parameters.Count == 0)
        {
            json.WriteString("sampler", name);
            return;
        }

        json.WriteStartObject("sampler");
        json.WriteStartObject(name);
        foreach (var (parameter, value) in parameters.Zip(kind.Write(sampler)!))
        {
            if (value is { } known)
            {
                json.WritePropertyName(parameter.Name);
                if (parameter.IsFlag)
                {
                    json.WriteBooleanValue(known.Word == "true");
                }
                else
                {
                    WriteValue(json, known, ValueForm.Plain);
                }
            }
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteParameters(Utf8JsonWriter json, IReadOnlyList<Parameter> parameters, bool isFree)
    {
        json.WriteStartObject();
        foreach (var (path, domain) in parameters)
        {
            var name = path[(path.LastIndexOf('.') + 1)..];
            json.WritePropertyName(name);
            WriteDomain(json, domain, FormOf(name, isFree));
        }

        json.WriteEndObject();
    }

    private static void WriteConstraints(Utf8JsonWriter json, SearchSpace space)
    {
        if (space.Constraints.OfType<WhereConstraint>().ToList() is { Count: > 0 } expressions)
        {
            json.WriteStartArray("where");
            expressions.ForEach(expression => json.WriteStringValue(expression.Text));
            json.WriteEndArray();
        }

        if (space.Constraints.OfType<ForbidConstraint>().ToList() is { Count: > 0 } forbidden)
        {
            json.WriteStartArray("forbid");
            forbidden.ForEach(combination => WritePoint(json, combination.Values, space.IsFree));
            json.WriteEndArray();
        }
    }

    private static void WriteFirst(Utf8JsonWriter json, IReadOnlyList<Assignment> first, bool isFree)
    {
        if (first.Count > 0)
        {
            json.WriteStartArray("first");
            foreach (var point in first)
            {
                WritePoint(json, point, isFree);
            }

            json.WriteEndArray();
        }
    }

    private static void WritePoint(Utf8JsonWriter json, Assignment values, bool isFree)
    {
        json.WriteStartObject();
        foreach (var (path, value) in values)
        {
            json.WritePropertyName(path);
            WriteValue(json, value, FormOf(path[(path.LastIndexOf('.') + 1)..], isFree));
        }

        json.WriteEndObject();
    }

    private static ValueForm FormOf(string name, bool isFree) => isFree ? ValueForm.Free : name == "widths" ? ValueForm.Widths : ValueForm.Plain;

    private static void WriteDomain(Utf8JsonWriter json, Domain domain, ValueForm form)
    {
        switch (domain)
        {
            case FixedDomain known:
                WriteValue(json, known.Value, form);
                return;
            case ChoiceDomain { Choices: [{ Parameters.Count: > 0 } single] }:
                WriteChoice(json, single, form);
                return;
        }

        json.WriteStartObject();
        switch (domain)
        {
            case IntDomain whole:
                json.WriteStartArray("int");
                json.WriteNumberValue(whole.Low);
                json.WriteNumberValue(whole.High);
                json.WriteEndArray();
                WriteLog(json, whole.Log);
                if (whole.Step != 1)
                {
                    json.WriteNumber("step", whole.Step);
                }

                break;
            case FloatDomain real:
                json.WriteStartArray("float");
                json.WriteNumberValue(real.Low);
                json.WriteNumberValue(real.High);
                json.WriteEndArray();
                WriteLog(json, real.Log);
                if (real.Step is { } step)
                {
                    json.WriteNumber("step", step);
                }

                break;
            case ChoiceDomain choices:
                json.WriteStartArray(choices.IsOrdered ? "ordinal" : "choice");
                foreach (var choice in choices.Choices)
                {
                    WriteChoice(json, choice, form);
                }

                json.WriteEndArray();
                break;
        }

        json.WriteEndObject();
    }

    private static void WriteLog(Utf8JsonWriter json, bool log)
    {
        if (log)
        {
            json.WriteBoolean("log", true);
        }
    }

    private static void WriteChoice(Utf8JsonWriter json, Choice choice, ValueForm form)
    {
        if (choice.Parameters.Count == 0)
        {
            WriteValue(json, choice.Value, form);
            return;
        }

        json.WriteStartObject();
        json.WritePropertyName(choice.Value.Word);
        WriteParameters(json, choice.Parameters, form == ValueForm.Free);
        json.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter json, ParameterValue value, ValueForm form)
    {
        switch (form)
        {
            case ValueForm.Widths:
                json.WriteRawValue($"[{value.Word}]");
                return;
            case ValueForm.Free:
                json.WriteRawValue(FreeValues.Json(value), skipInputValidation: true);
                return;
        }

        switch (value.Kind)
        {
            case ParameterValueKind.Whole:
                json.WriteNumberValue(value.Whole);
                break;
            case ParameterValueKind.Real:
                json.WriteNumberValue(value.Number);
                break;
            default:
                json.WriteStringValue(value.Word);
                break;
        }
    }

    /// <summary>How values are written.</summary>
    private enum ValueForm
    {
        /// <summary>Numbers and words.</summary>
        Plain,

        /// <summary>Words that are lists of numbers.</summary>
        Widths,

        /// <summary>As a program gets them.</summary>
        Free,
    }
}
