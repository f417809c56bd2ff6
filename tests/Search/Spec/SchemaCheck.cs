using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ApproxCluster.Search.Tests;

/// <summary>
/// Checks values against JSON Schemas: the part of draft 2020-12 that the sweep file's schema uses. An unknown keyword is an error, so that none is
/// passed over.
/// </summary>
internal static class SchemaCheck
{
    private static readonly HashSet<string> Annotations = ["$schema", "$defs", "title", "description", "default"];

    /// <summary>Faults of a value, each with its place; empty when it is valid.</summary>
    public static List<string> Faults(JsonObject schema, JsonNode? value, string place = "$")
    {
        var faults = new List<string>();
        foreach (var (keyword, rule) in schema)
        {
            if (!Annotations.Contains(keyword) && !Holds(schema, keyword, rule!, value, place, faults))
            {
                faults.Add($"{place}: {keyword} {rule!.ToJsonString()} does not hold for {value?.ToJsonString() ?? "null"}");
            }
        }

        return faults;
    }

    /// <summary>The value of a YAML text under the core schema.</summary>
    public static JsonNode? Json(YamlNode node) => node switch
    {
        _ when Scalars.IsNull(node) => null,
        YamlMap map => new JsonObject(map.Entries.Select(entry => KeyValuePair.Create(entry.Key.Text, Json(entry.Value)))),
        YamlList list => new JsonArray([.. list.Items.Select(Json)]),
        _ when Scalars.TryFlag(node, out var flag) => flag,
        _ when Scalars.TryReal(node, out var number) => number,
        _ => ((YamlScalar)node).Text,
    };

    private static bool Holds(JsonObject schema, string keyword, JsonNode rule, JsonNode? value, string place, List<string> faults)
    {
        var (array, map, number) = (value as JsonArray, value as JsonObject, Number(value));
        switch (keyword)
        {
            case "$ref":
                faults.AddRange(Faults(schema.Root["$defs"]![rule.GetValue<string>()["#/$defs/".Length..]]!.AsObject(), value, place));
                return true;
            case "type":
                return rule is JsonArray types ? types.Any(type => Is(type!.GetValue<string>(), value)) : Is(rule.GetValue<string>(), value);
            case "enum":
                return rule.AsArray().Any(allowed => JsonNode.DeepEquals(Plain(allowed), Plain(value)));
            case "const":
                return JsonNode.DeepEquals(Plain(rule), Plain(value));
            case "pattern":
                return value is null || Regex.IsMatch(value.ToString(), rule.GetValue<string>());
            case "anyOf":
                return rule.AsArray().Any(form => Faults(form!.AsObject(), value, place).Count == 0);
            case "not":
                return Faults(rule.AsObject(), value, place).Count > 0;
            case "minimum":
                return number is null || number >= Number(rule);
            case "maximum":
                return number is null || number <= Number(rule);
            case "exclusiveMinimum":
                return number is null || number > Number(rule);
            case "exclusiveMaximum":
                return number is null || number < Number(rule);
            case "items":
                faults.AddRange((array ?? []).SelectMany((item, index) => Faults(rule.AsObject(), item, $"{place}[{index}]")));
                return true;
            case "minLength":
                return value is not JsonValue word || word.ToString().Length >= Number(rule);
            case "maxLength":
                return value is not JsonValue phrase || phrase.ToString().Length <= Number(rule);
            case "minItems":
                return array is null || array.Count >= Number(rule);
            case "maxItems":
                return array is null || array.Count <= Number(rule);
            case "uniqueItems":
                return array is null || array.Select(item => item?.ToJsonString()).Distinct().Count() == array.Count;
            case "properties":
                faults.AddRange((map ?? []).Where(pair => rule.AsObject().ContainsKey(pair.Key))
                    .SelectMany(pair => Faults(rule[pair.Key]!.AsObject(), pair.Value, $"{place}.{pair.Key}")));
                return true;
            case "required":
                return map is null || rule.AsArray().All(name => map.ContainsKey(name!.GetValue<string>()));
            case "additionalProperties":
                var others = (map ?? []).Where(pair => schema["properties"]?.AsObject().ContainsKey(pair.Key) != true).ToList();
                if (rule is not JsonObject each)
                {
                    return others.Count == 0;
                }

                faults.AddRange(others.SelectMany(pair => Faults(each, pair.Value, $"{place}.{pair.Key}")));
                return true;
            case "minProperties":
                return map is null || map.Count >= Number(rule);
            case "maxProperties":
                return map is null || map.Count <= Number(rule);
            default:
                throw new NotSupportedException($"{place}: keyword {keyword}");
        }
    }

    private static bool Is(string type, JsonNode? value) => type switch
    {
        "null" => value is null,
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "boolean" => value is JsonValue flag && flag.GetValueKind() is System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False,
        "string" => value is JsonValue text && text.GetValueKind() == System.Text.Json.JsonValueKind.String,
        "number" => Number(value) is not null,
        "integer" => Number(value) is { } number && Math.Floor(number) == number,
        _ => throw new NotSupportedException(type),
    };

    private static double? Number(JsonNode? value) =>
        value is JsonValue number && number.GetValueKind() == System.Text.Json.JsonValueKind.Number
            ? double.Parse(number.ToJsonString(), CultureInfo.InvariantCulture)
            : null;

    private static JsonNode? Plain(JsonNode? value) => Number(value) is { } number ? JsonValue.Create(number) : value;
}
