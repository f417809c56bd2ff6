using System.Text.Json.Nodes;

namespace ApproxCluster.Search;

/// <summary>The JSON Schema of what a sweep file has where a program trains: <c>trainer</c>, and a space and an objective of any names.</summary>
internal static class CommandSchema
{
    private const string Free = "#/$defs/free";

    /// <summary>The schema of <c>trainer</c>.</summary>
    public static JsonObject Trainer()
    {
        var properties = new JsonObject
        {
            ["command"] = new JsonObject
            {
                ["description"] = "The program and its arguments. No shell takes them apart.",
                ["type"] = "array",
                ["items"] = new JsonObject { ["type"] = SweepSchema.Types("string", "number", "boolean") },
                ["minItems"] = 1,
                ["maxItems"] = 200,
            },
        };
        foreach (var setting in CommandSettings.All)
        {
            properties[setting.Name] = SweepSchema.Setting(setting);
        }

        properties["limits"] = Section("What a program may take. One that takes more is ended, and its trial has failed.", CommandSettings.Limits);
        properties["exit_codes"] = Section("What exit codes mean, beside 0 (done) and all others (failed).", CommandSettings.ExitCodes);
        properties["directory"] = Text("Working folder, relative to that of the sweep file or, on a silo, to its data folder.");
        properties["environment"] = new JsonObject
        {
            ["description"] = "Variables for the program's environment.",
            ["type"] = "object",
            ["additionalProperties"] = new JsonObject { ["type"] = SweepSchema.Types("string", "number", "boolean") },
        };
        properties["metric"] = Text("The reported metric that is shown beside the loss; by default that of the objective, or validation.accuracy.");
        properties["cost"] = new JsonObject
        {
            ["description"] = "What an epoch costs in virtual time: a number or an expression over the parameters. Left out: all alike.",
            ["type"] = SweepSchema.Types("string", "number"),
        };
        return new JsonObject
        {
            ["description"] = "The program that trains the trials, in place of target and the built-in trainer.",
            ["type"] = "object",
            ["properties"] = properties,
            ["required"] = SweepSchema.Types("command"),
            ["additionalProperties"] = false,
        };
    }

    /// <summary>The schema of a space of any parameters.</summary>
    /// <param name="definitions">Gets what it refers to.</param>
    public static JsonObject Space(JsonObject definitions)
    {
        definitions["free.value"] = new JsonObject
        {
            ["anyOf"] = new JsonArray(
                new JsonObject { ["type"] = SweepSchema.Types("string", "number", "boolean") },
                new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["type"] = SweepSchema.Types("string", "number", "boolean") } },
                new JsonObject
                {
                    ["description"] = "A word with parameters that exist only when it is taken.",
                    ["type"] = "object",
                    ["not"] = new JsonObject { ["anyOf"] = new JsonArray([.. RangeReader.Words.Select(word => new JsonObject { ["required"] = SweepSchema.Types(word) })]) },
                    ["additionalProperties"] = Parameters(),
                    ["minProperties"] = 1,
                    ["maxProperties"] = 1,
                }),
        };
        definitions["free"] = new JsonObject
        {
            ["anyOf"] = new JsonArray(
                new JsonObject { ["$ref"] = "#/$defs/free.value" },
                Range("int", "integer"),
                Range("float", "number"),
                Choice("choice", "One of these values."),
                Choice("ordinal", "One of these values, which are in order: neighbours are alike.")),
        };
        return Parameters();
    }

    /// <summary>The schema of objectives over what a program reports.</summary>
    public static JsonObject Objective() => ObjectiveSchema.Create(Name, Name, Name);

    private static JsonObject Parameters() => new() { ["type"] = SweepSchema.Types("object", "null"), ["additionalProperties"] = new JsonObject { ["$ref"] = Free } };

    private static JsonObject Name() => new() { ["type"] = "string", ["pattern"] = "^[A-Za-z][A-Za-z0-9_./-]{0,59}$" };

    private static JsonObject Text(string description) => new() { ["description"] = description, ["type"] = "string", ["minLength"] = 1 };

    private static JsonObject Section(string description, IReadOnlyList<KnownParameter> settings) => new()
    {
        ["description"] = description,
        ["type"] = "object",
        ["properties"] = new JsonObject(settings.Select(own => KeyValuePair.Create(own.Name, (JsonNode?)SweepSchema.Setting(own)))),
        ["additionalProperties"] = false,
    };

    private static JsonObject Range(string word, string type) => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject
        {
            [word] = new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["type"] = type }, ["minItems"] = 2, ["maxItems"] = 2 },
            ["log"] = new JsonObject { ["type"] = "boolean" },
            ["step"] = new JsonObject { ["type"] = type, ["exclusiveMinimum"] = 0 },
        },
        ["required"] = SweepSchema.Types(word),
        ["additionalProperties"] = false,
    };

    private static JsonObject Choice(string word, string description) => new()
    {
        ["description"] = description,
        ["type"] = "object",
        ["properties"] = new JsonObject
        {
            [word] = new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["$ref"] = "#/$defs/free.value" }, ["minItems"] = 1, ["uniqueItems"] = true },
        },
        ["required"] = SweepSchema.Types(word),
        ["additionalProperties"] = false,
    };
}
