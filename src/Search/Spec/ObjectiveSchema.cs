using System.Text.Json.Nodes;

namespace ApproxCluster.Search;

/// <summary>The JSON Schema of objectives: one, or a list whose further entries may be other quantities.</summary>
internal static class ObjectiveSchema
{
    public const string Description = "What is best; by default the target's own metric on the validation split. A list has several objectives: trials are compared by fronts.";

    /// <summary>Objectives by the metrics of targets.</summary>
    public static JsonObject Create() => Create(() => Names(false), () => Names(true), () => Names(false, [.. Objectives.Quantities]));

    /// <summary>Objectives by names.</summary>
    /// <param name="lower">The names of what may be minimized.</param>
    /// <param name="higher">The names of what may be maximized.</param>
    /// <param name="further">The names of what may be minimized beside the first.</param>
    public static JsonObject Create(Func<JsonObject> lower, Func<JsonObject> higher, Func<JsonObject> further) => new()
    {
        ["anyOf"] = new JsonArray(
            First(lower(), higher()),
            new JsonObject
            {
                ["type"] = "array",
                ["items"] = new JsonObject { ["anyOf"] = new JsonArray(First(lower(), higher()), Goal(new JsonObject { ["minimize"] = further(), ["maximize"] = higher() })) },
                ["minItems"] = 1,
                ["maxItems"] = Search.Objective.MaximumObjectives,
            }),
    };

    private static JsonObject First(JsonObject lower, JsonObject higher)
    {
        var properties = new JsonObject
        {
            ["minimize"] = lower,
            ["maximize"] = higher,
            [Objectives.GapWeight.Name] = DomainSchema.Described(Objectives.GapWeight, DomainSchema.Value(Objectives.GapWeight, _ => [])),
            ["where"] = new JsonObject
            {
                ["description"] = "A limit on the generalization gap, such as 'gap <= 0.05': epochs beyond it come after all epochs within it.",
                ["type"] = "string",
                ["pattern"] = "^gap\\s*<=\\s*[-+]?[0-9.]+([eE][-+]?[0-9]+)?$",
            },
        };
        return Goal(properties);
    }

    private static JsonObject Goal(JsonObject properties) => new()
    {
        ["type"] = "object",
        ["properties"] = properties,
        ["anyOf"] = new JsonArray(
            new JsonObject { ["required"] = SweepSchema.Types("minimize") },
            new JsonObject { ["required"] = SweepSchema.Types("maximize") }),
        ["not"] = new JsonObject { ["required"] = SweepSchema.Types("minimize", "maximize") },
        ["additionalProperties"] = false,
    };

    private static JsonObject Names(bool higher, params string[] others) => new()
    {
        ["enum"] = SweepSchema.Types([.. Objectives.Directions.Where(metric => metric.Value == higher).Select(metric => metric.Key), .. others]),
    };
}
