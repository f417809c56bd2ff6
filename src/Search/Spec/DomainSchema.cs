using System.Text.Json.Nodes;

namespace ApproxCluster.Search;

/// <summary>
/// JSON Schemas of parameters: a value, a range, or a choice of values that may bring parameters of their own. Each domain is defined once, under
/// <c>$defs</c>, and referred to.
/// </summary>
internal sealed class DomainSchema
{
    private readonly Dictionary<KnownParameter, string> names = [];

    /// <summary>The definitions that the schemas refer to.</summary>
    public JsonObject Definitions { get; } = new()
    {
        ["both_forms"] = new JsonObject
        {
            ["description"] = "Hidden layers given twice: widths stands alone.",
            ["type"] = "object",
            ["anyOf"] = new JsonArray(
                new JsonObject { ["required"] = new JsonArray("widths", "width") }, new JsonObject { ["required"] = new JsonArray("widths", "depth") }),
        },
    };

    /// <summary>Forbids to give the hidden layers twice in one mapping.</summary>
    public static JsonObject NotBothForms() => new() { ["$ref"] = "#/$defs/both_forms" };

    /// <summary>The properties of a mapping of parameters, each fixed or searched.</summary>
    public JsonObject Properties(IReadOnlyList<KnownParameter> parameters, string path = "")
    {
        var properties = new JsonObject();
        foreach (var parameter in parameters)
        {
            var place = KnownParameters.Own.Contains(parameter) ? "own" : path;
            properties[parameter.Name] = Described(parameter, Reference(parameter, FaultList.Join(place, parameter.Name)));
        }

        return properties;
    }

    /// <summary>A schema with the parameter's meaning and default in front.</summary>
    public static JsonObject Described(KnownParameter parameter, JsonObject schema)
    {
        schema.Insert(0, "description", parameter.Summary);
        if (parameter.Default is { } value)
        {
            schema["default"] = parameter.IsFlag ? value.Word == "true" : Json(value);
        }

        return schema;
    }

    /// <summary>The schema of one value.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="nested">Makes the properties of a variant's parameters.</param>
    public static JsonObject Value(KnownParameter parameter, Func<Variant, JsonObject> nested)
    {
        if (parameter.IsFlag)
        {
            return new JsonObject { ["type"] = "boolean" };
        }

        if (parameter.Nesting != Nesting.None)
        {
            var other = new JsonObject { ["$ref"] = "#/$defs/pruner" };
            return parameter.Nesting == Nesting.One
                ? other
                : new JsonObject { ["type"] = "array", ["items"] = other, ["minItems"] = 1, ["maxItems"] = KnownParameter.MaximumPruners };
        }

        if (parameter.IsList)
        {
            return new JsonObject { ["type"] = "array", ["items"] = Number(parameter, "integer"), ["maxItems"] = KnownParameter.MaximumItems };
        }

        return parameter.Kind switch
        {
            ParameterValueKind.Whole => Number(parameter, "integer"),
            ParameterValueKind.Real => Number(parameter, "number"),
            _ => Word(parameter, nested),
        };
    }

    private JsonObject Reference(KnownParameter parameter, string path)
    {
        if (!names.TryGetValue(parameter, out var name))
        {
            name = names[parameter] = path;
            Definitions[name] = null;
            Definitions[name] = Domain(parameter, path);
        }

        return new JsonObject { ["$ref"] = $"#/$defs/{name}" };
    }

    private JsonObject Domain(KnownParameter parameter, string path)
    {
        var value = Value(parameter, variant => Properties(variant.Parameters, FaultList.Join(path, variant.Name)));
        if (parameter.Variants.Count > 0)
        {
            Definitions[$"{path}.value"] = value;
            value = new JsonObject { ["$ref"] = $"#/$defs/{path}.value" };
        }

        var forms = new JsonArray(value, Choice(value, "choice", "One of these values."), Choice(value, "ordinal", "One of these values, which are in order: neighbours are alike."));
        if (RangeReader.WordFor(parameter) is { } word)
        {
            forms.Add(Range(parameter, word));
        }

        return new JsonObject { ["anyOf"] = forms };
    }

    private static JsonObject Choice(JsonObject value, string word, string description) => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject
        {
            [word] = new JsonObject
            {
                ["description"] = description,
                ["type"] = "array",
                ["items"] = value.DeepClone(),
                ["minItems"] = 1,
                ["uniqueItems"] = true,
            },
        },
        ["required"] = new JsonArray(word),
        ["additionalProperties"] = false,
    };

    private static JsonObject Range(KnownParameter parameter, string word) => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject
        {
            [word] = new JsonObject
            {
                ["description"] = "Smallest and largest value.",
                ["type"] = "array",
                ["items"] = Number(parameter, word == "int" ? "integer" : "number"),
                ["minItems"] = 2,
                ["maxItems"] = 2,
            },
            ["log"] = new JsonObject { ["description"] = "Uniform in the logarithm.", ["type"] = "boolean", ["default"] = false },
            ["step"] = new JsonObject
            {
                ["description"] = "Distance of neighbours, counted from the smallest value.",
                ["type"] = word == "int" ? "integer" : "number",
                ["exclusiveMinimum"] = 0,
            },
        },
        ["required"] = new JsonArray(word),
        ["not"] = new JsonObject { ["required"] = new JsonArray("log", "step"), ["properties"] = new JsonObject { ["log"] = new JsonObject { ["const"] = true } } },
        ["additionalProperties"] = false,
    };

    private static JsonObject Word(KnownParameter parameter, Func<Variant, JsonObject> nested)
    {
        var variants = new JsonObject();
        foreach (var variant in parameter.Variants)
        {
            variants[variant.Name] = new JsonObject
            {
                ["description"] = variant.Summary,
                ["type"] = SweepSchema.Types("object", "null"),
                ["properties"] = nested(variant),
                ["additionalProperties"] = false,
            };
            if (variant.Parameters.Any(own => own.IsList))
            {
                variants[variant.Name]!["not"] = NotBothForms();
            }
        }

        return new JsonObject
        {
            ["anyOf"] = new JsonArray(
                new JsonObject { ["enum"] = SweepSchema.Types([.. parameter.Variants.Select(variant => variant.Name)]) },
                new JsonObject
                {
                    ["type"] = "object",
                    ["properties"] = variants,
                    ["minProperties"] = 1,
                    ["maxProperties"] = 1,
                    ["additionalProperties"] = false,
                }),
        };
    }

    private static JsonObject Number(KnownParameter parameter, string type) => new()
    {
        ["type"] = type,
        [parameter.AboveMinimum ? "exclusiveMinimum" : "minimum"] = Bound(parameter.Minimum),
        [parameter.BelowMaximum ? "exclusiveMaximum" : "maximum"] = Bound(parameter.Maximum),
    };

    private static JsonValue Bound(double bound) => bound >= ulong.MaxValue ? JsonValue.Create(ulong.MaxValue) : JsonValue.Create(bound);

    private static JsonValue Json(ParameterValue value) => value.Kind switch
    {
        ParameterValueKind.Whole => JsonValue.Create(value.Whole),
        ParameterValueKind.Real => JsonValue.Create(value.Number),
        _ => JsonValue.Create(value.Word),
    };
}
