using System.Text.Json;

namespace ApproxCluster.Bench.Search;

/// <summary>Reads a file of functions, in the form of the benchmark's <c>spec/functions.json</c>.</summary>
internal static class FunctionFile
{
    private static readonly string[] Fields =
    [
        "space", "kind", "base", "noise_sd", "shift", "max_epochs", "objectives", "optimum", "scale", "checkpoints", "reference", "optimum_hypervolume", "comment",
    ];

    /// <summary>Its functions, in its order.</summary>
    public static IReadOnlyList<BenchFunction> Read(string path, Tables tables)
    {
        if (!File.Exists(path))
        {
            throw new BenchException($"File of functions is {path}, but must exist. Give the benchmark's folder with --data, or the file with --functions-file.");
        }

        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return [.. document.RootElement.GetProperty("functions").EnumerateObject().Select(entry => Read(entry.Name, entry.Value, tables))];
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new BenchException($"File of functions {path} is no such file: {error.Message}");
        }
    }

    private static BenchFunction Read(string name, JsonElement entry, Tables tables)
    {
        if (entry.EnumerateObject().Select(field => field.Name).FirstOrDefault(field => !Fields.Contains(field)) is { } unknown)
        {
            throw new BenchException($"Field of {name} is '{unknown}', but must be one of {string.Join(", ", Fields)}.");
        }

        var kind = entry.GetProperty("kind").GetString() switch
        {
            "scalar" => FunctionKind.Scalar,
            "curve" => FunctionKind.Curve,
            "multi" => FunctionKind.Multi,
            var other => throw new BenchException($"Kind of {name} is {other}, but must be scalar, curve or multi."),
        };
        var space = entry.GetProperty("space");
        var epochs = kind == FunctionKind.Curve ? entry.GetProperty("max_epochs").GetInt32() : 1;
        var shift = entry.TryGetProperty("shift", out var given) ? Numbers(given) : null;
        var model = entry.TryGetProperty("base", out var other2) ? other2.GetString()! : name;
        var details = new FamilyDetails(space.GetArrayLength(), epochs, entry.TryGetProperty("noise_sd", out var noise) ? noise.GetDouble() : null, shift);
        var objective = Families.Create(name, model, details, tables);
        if (objective is IScalarObjective ? kind != FunctionKind.Scalar : objective is ICurveObjective ? kind != FunctionKind.Curve : kind != FunctionKind.Multi)
        {
            throw new BenchException($"Kind of {name} is {kind}, but must be that of its family {model}.");
        }

        var function = new BenchFunction
        {
            Name = name,
            Kind = kind,
            Space = SpaceJson.Read(name, space),
            Objective = objective,
            Checkpoints = [.. entry.GetProperty("checkpoints").EnumerateArray().Select(checkpoint => checkpoint.GetInt32())],
            Epochs = epochs,
        };
        return kind == FunctionKind.Multi
            ? function with
            {
                Reference = Numbers(entry.GetProperty("reference")) is [var first, var second] ? (first, second) : throw new BenchException($"reference of {name} must be two numbers."),
                OptimumHypervolume = entry.GetProperty("optimum_hypervolume").GetDouble(),
            }
            : function with { Optimum = entry.GetProperty("optimum").GetDouble(), Scale = entry.GetProperty("scale").GetDouble() };
    }

    private static double[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(number => number.GetDouble())];
}
