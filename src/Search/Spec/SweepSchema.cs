using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>
/// The JSON Schema (draft 2020-12) of sweep files, made from the tables that the parser reads by: editors complete and check with it. It is wider than the
/// parser where a schema cannot tell: order of ends, grids over ranges, options that exclude each other.
/// </summary>
public static class SweepSchema
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The schema's text, two spaces of indentation, with a line feed at the end.</summary>
    public static string Generate() => Root().ToJsonString(Indented) + "\n";

    internal static JsonObject Root()
    {
        var domains = new DomainSchema();
        var properties = new JsonObject
        {
            ["$schema"] = new JsonObject { ["type"] = "string" },
            ["name"] = new JsonObject
            {
                ["description"] = "Name of the sweep; by default that of the file.",
                ["type"] = "string",
                ["pattern"] = "^[A-Za-z0-9_.-]{1,60}$",
            },
            ["target"] = Target(),
            ["trainer"] = CommandSchema.Trainer(),
            ["space"] = new JsonObject { ["description"] = "The parameters of a trial: each fixed or searched. Those left out have their defaults.", ["type"] = Types("object", "null") },
            ["where"] = OneOrMore("What must hold for every configuration: expressions over parameters, such as width * depth <= 512.", new JsonObject { ["type"] = "string" }),
            ["forbid"] = OneOrMore("Values that must not come together, by paths of parameters.", Point()),
            ["objective"] = new JsonObject { ["description"] = ObjectiveSchema.Description },
        };
        var networks = new JsonObject
        {
            ["type"] = Types("object", "null"),
            ["properties"] = domains.Properties(KnownParameters.All),
            ["not"] = DomainSchema.NotBothForms(),
            ["additionalProperties"] = false,
        };
        foreach (var setting in SweepSettings.All)
        {
            properties[setting.Name] = setting == SweepSettings.Replicates ? Replicates() : Setting(setting);
        }

        domains.Definitions["pruner"] = Setting(SweepSettings.Pruner);

        properties["from"] = new JsonObject
        {
            ["description"] = "Name or identity of an earlier sweep in the same storage: the sampler knows its results from the start.",
            ["type"] = "string",
            ["minLength"] = 1,
            ["maxLength"] = 80,
        };
        properties["first"] = new JsonObject
        {
            ["description"] = "Configurations, or parts of them by paths of parameters, that are tried before the sampler's own.",
            ["type"] = "array",
            ["items"] = Point(),
            ["minItems"] = 1,
        };
        return new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "ApproxCluster sweep",
            ["description"] = "A hyperparameter search: what is approximated, what is searched, how, and for how long.",
            ["type"] = "object",
            ["properties"] = properties,
            ["anyOf"] = new JsonArray(
                Form("target", "trainer", networks, ObjectiveSchema.Create()), Form("trainer", "target", CommandSchema.Space(domains.Definitions), CommandSchema.Objective())),
            ["additionalProperties"] = false,
            ["$defs"] = domains.Definitions,
        };
    }

    /// <summary>A sweep that states one of two keys, with what space and objective may then be.</summary>
    private static JsonObject Form(string key, string other, JsonObject space, JsonObject objective) => new()
    {
        ["properties"] = new JsonObject { ["space"] = space, ["objective"] = objective },
        ["required"] = Types(key),
        ["not"] = new JsonObject { ["required"] = Types(other) },
    };

    internal static JsonArray Types(params string[] types) => new([.. types.Select(type => JsonValue.Create(type))]);

    private static JsonObject OneOrMore(string description, JsonObject item) => new()
    {
        ["description"] = description,
        ["anyOf"] = new JsonArray(item, new JsonObject { ["type"] = "array", ["items"] = item.DeepClone(), ["maxItems"] = 100 }),
    };

    private static JsonObject Point() => new()
    {
        ["type"] = "object",
        ["minProperties"] = 1,
        ["additionalProperties"] = new JsonObject { ["type"] = Types("string", "number", "array", "boolean") },
    };

    internal static JsonObject Setting(KnownParameter setting) => DomainSchema.Described(
        setting,
        DomainSchema.Value(setting, variant => new JsonObject(variant.Parameters.Select(own => KeyValuePair.Create(own.Name, (JsonNode?)Setting(own))))));

    private static JsonObject Replicates() => new()
    {
        ["description"] = SweepSettings.Replicates.Summary,
        ["anyOf"] = new JsonArray(
            DomainSchema.Value(SweepSettings.Replicates, _ => []),
            new JsonObject
            {
                ["type"] = "object",
                ["properties"] = new JsonObject(SweepSettings.Race.Select(own => KeyValuePair.Create(own.Name, (JsonNode?)Setting(own)))),
                ["required"] = Types(SweepSettings.Race[0].Name),
                ["additionalProperties"] = false,
            }),
        ["default"] = 1,
    };

    private static JsonObject Target()
    {
        var alone = TargetCatalog.Kinds.Where(kind => kind.Options.All(option => option.Default is not null)).Select(kind => kind.Name);
        return new JsonObject
        {
            ["description"] = "What is approximated: a kind, or a mapping of the kind and its options.",
            ["anyOf"] = new JsonArray([new JsonObject { ["enum"] = Types([.. alone]) }, .. TargetCatalog.Kinds.Select(Kind)]),
        };
    }

    private static JsonObject Kind(TargetKind kind)
    {
        var properties = new JsonObject { ["kind"] = new JsonObject { ["description"] = kind.Summary, ["const"] = kind.Name } };
        foreach (var option in kind.Options)
        {
            properties[option.Name] = Option(option);
        }

        return new JsonObject
        {
            ["title"] = kind.Name,
            ["description"] = kind.Summary,
            ["type"] = "object",
            ["properties"] = properties,
            ["required"] = Types(["kind", .. kind.Options.Where(option => option.Default is null).Select(option => option.Name)]),
            ["additionalProperties"] = false,
        };
    }

    private static JsonObject Option(TargetOption option)
    {
        var schema = new JsonObject { ["description"] = option.Summary };
        switch (option.Type)
        {
            case TargetOptionType.Integer:
                schema["type"] = "integer";
                break;
            case TargetOptionType.Number:
                schema["type"] = "number";
                break;
            case TargetOptionType.Boolean:
                schema["type"] = "boolean";
                break;
            case TargetOptionType.Choice:
                // A choice such as 16 is a number in YAML.
                var words = (option.Choices ?? []).Select(choice => (JsonNode)JsonValue.Create(choice));
                var numbers = (option.Choices ?? []).Where(IsNumber).Select(choice => JsonNode.Parse(choice)!);
                schema["enum"] = new JsonArray([.. words, .. numbers]);
                break;
            default:
                schema["type"] = Types("string", "number", "array");
                schema["items"] = new JsonObject { ["type"] = Types("string", "number") };
                break;
        }

        if (option.Minimum is { } minimum)
        {
            schema["minimum"] = minimum;
        }

        if (option.Maximum is { } maximum)
        {
            schema["maximum"] = maximum;
        }

        if (!string.IsNullOrEmpty(option.Default))
        {
            var plain = option.Type is TargetOptionType.Integer or TargetOptionType.Number or TargetOptionType.Boolean;
            schema["default"] = plain ? JsonNode.Parse(option.Default) : JsonValue.Create(option.Default);
        }

        return schema;
    }

    private static bool IsNumber(string text) => Scalars.TryReal(new YamlScalar(1, 1, text, false), out _);
}
