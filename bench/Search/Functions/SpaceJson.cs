using System.Text.Json;
using ApproxCluster.Search;

namespace ApproxCluster.Bench.Search;

/// <summary>Reads a function's parameters; one with <c>when</c> hangs on the choice that it names.</summary>
internal static class SpaceJson
{
    /// <summary>The space of a function.</summary>
    public static NamedSpace Read(string function, JsonElement space)
    {
        var paths = new Dictionary<string, string>(StringComparer.Ordinal);
        return new NamedSpace(new SearchSpace(Level(space.EnumerateArray().ToList(), null, "", paths)), Complete(function, space, paths));
    }

    /// <summary>The value of a parameter or choice.</summary>
    public static ParameterValue Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => ParameterValue.Of(value.GetString()!),
        JsonValueKind.Number when value.TryGetInt64(out var whole) => ParameterValue.Of(whole),
        _ => ParameterValue.Of(value.GetDouble()),
    };

    private static Parameter[] Level(List<JsonElement> all, (string Name, ParameterValue Value)? under, string prefix, Dictionary<string, string> paths)
    {
        return [.. all.Where(parameter => When(parameter) == under).Select(parameter =>
        {
            var name = parameter.GetProperty("name").GetString()!;
            paths[name] = prefix + name;
            return new Parameter(prefix + name, Domain(name, parameter));
        })];

        Domain Domain(string name, JsonElement parameter) => parameter.GetProperty("type").GetString() switch
        {
            "float" => new FloatDomain(parameter.GetProperty("low").GetDouble(), parameter.GetProperty("high").GetDouble(), Log(parameter), FloatStep(parameter)),
            "int" => new IntDomain(parameter.GetProperty("low").GetInt64(), parameter.GetProperty("high").GetInt64(), Log(parameter), Step(parameter)),
            "categorical" => new ChoiceDomain([.. parameter.GetProperty("choices").EnumerateArray().Select(Value)
                .Select(value => new Choice(value, Level(all, (name, value), $"{prefix}{name}.{value}.", paths)))]),
            var other => throw new BenchException($"Type of parameter {name} is {other}, but must be float, int or categorical."),
        };
    }

    private static Dictionary<string, string> Complete(string function, JsonElement space, Dictionary<string, string> paths) =>
        space.EnumerateArray().Select(parameter => parameter.GetProperty("name").GetString()!).FirstOrDefault(name => !paths.ContainsKey(name)) is { } lost
            ? throw new BenchException($"Parameter {lost} of {function} exists under no choice, but must under one. Let its 'when' name a choice and one of its values.")
            : paths;

    private static (string, ParameterValue)? When(JsonElement parameter) =>
        parameter.TryGetProperty("when", out var when) ? (when.GetProperty("param").GetString()!, Value(when.GetProperty("equals"))) : null;

    private static bool Log(JsonElement parameter) => parameter.TryGetProperty("log", out var log) && log.GetBoolean();

    private static long Step(JsonElement parameter) => parameter.TryGetProperty("step", out var step) ? step.GetInt64() : 1;

    private static double? FloatStep(JsonElement parameter) => parameter.TryGetProperty("step", out var step) ? step.GetDouble() : null;
}
