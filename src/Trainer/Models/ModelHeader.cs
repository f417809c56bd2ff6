using System.Text.Json.Nodes;

namespace ApproxCluster.Trainer;

/// <summary>A definition as JSON: the header of model files, <c>definition</c> in <c>.npz</c> files and metadata in ONNX files.</summary>
internal static class ModelHeader
{
    public static string Write(ModelDefinition definition) => new JsonObject
    {
        ["task"] = Words.Of(definition.Task),
        ["inputs"] = definition.Inputs,
        ["outputs"] = definition.Outputs,
        ["encoding"] = new JsonObject
        {
            ["kind"] = Words.Of(definition.Encoding.Kind),
            ["order"] = definition.Encoding.Order,
            ["scaler"] = Words.Of(definition.Encoding.Scaler),
        },
        ["hidden_widths"] = Array(definition.HiddenWidths),
        ["activation"] = new JsonObject
        {
            ["kind"] = Words.Of(definition.Activation.Kind),
            ["slope"] = definition.Activation.Slope,
            ["frequency"] = definition.Activation.Frequency,
        },
        ["input_names"] = Array(definition.Columns.Inputs),
        ["output_names"] = Array(definition.Columns.Outputs),
        ["classes"] = Array(definition.Columns.Classes),
        ["output_scale"] = Array(definition.Columns.OutputScale),
        ["output_shift"] = Array(definition.Columns.OutputShift),
    }.ToJsonString();

    /// <summary>
    /// Reads what <see cref="Write"/> wrote. Throws <see cref="InvalidDataException"/> for what is missing or unknown, and what <c>System.Text.Json</c> throws for
    /// what is no JSON or of another type.
    /// </summary>
    public static ModelDefinition Read(ReadOnlySpan<byte> json)
    {
        var root = JsonNode.Parse(json) ?? throw Missing("object");
        var (encoding, activation) = (Get(root, "encoding"), Get(root, "activation"));
        return new ModelDefinition
        {
            Task = Words.Parse<TaskKind>(Value<string>(root, "task")),
            Inputs = Value<int>(root, "inputs"),
            Outputs = Value<int>(root, "outputs"),
            Encoding = new EncodingConfiguration(
                Words.Parse<EncodingKind>(Value<string>(encoding, "kind")), Value<int>(encoding, "order"), Words.Parse<ScalerKind>(Value<string>(encoding, "scaler"))),
            HiddenWidths = List<int>(root, "hidden_widths"),
            Activation = new ActivationConfiguration(
                Words.Parse<ActivationKind>(Value<string>(activation, "kind")), Value<double>(activation, "slope"), Value<double>(activation, "frequency")),
            Columns = new ModelColumns
            {
                Inputs = List<string>(root, "input_names"),
                Outputs = List<string>(root, "output_names"),
                Classes = List<string>(root, "classes"),
                OutputScale = List<float>(root, "output_scale"),
                OutputShift = List<float>(root, "output_shift"),
            },
        };
    }

    private static JsonArray Array<T>(IEnumerable<T> values) => [.. values.Select(value => JsonValue.Create(value))];

    private static JsonNode Get(JsonNode parent, string key) => parent[key] ?? throw Missing(key);

    private static T Value<T>(JsonNode parent, string key) => Get(parent, key).GetValue<T>();

    private static T[] List<T>(JsonNode parent, string key) => [.. Get(parent, key).AsArray().Select(value => (value ?? throw Missing(key)).GetValue<T>())];

    private static InvalidDataException Missing(string key) => new($"Its header lacks '{key}'. Save it again.");
}
