using System.Collections.Frozen;

namespace ApproxCluster.Dashboard;

/// <summary>UCUM units as Prometheus spells them.</summary>
internal static class PrometheusUnits
{
    private static readonly FrozenDictionary<string, string> Plural = new Dictionary<string, string>
    {
        ["1"] = "",
        ["d"] = "days",
        ["h"] = "hours",
        ["min"] = "minutes",
        ["s"] = "seconds",
        ["ms"] = "milliseconds",
        ["us"] = "microseconds",
        ["ns"] = "nanoseconds",
        ["By"] = "bytes",
        ["KiBy"] = "kibibytes",
        ["MiBy"] = "mebibytes",
        ["GiBy"] = "gibibytes",
        ["TiBy"] = "tibibytes",
        ["KBy"] = "kilobytes",
        ["MBy"] = "megabytes",
        ["GBy"] = "gigabytes",
        ["TBy"] = "terabytes",
        ["m"] = "meters",
        ["V"] = "volts",
        ["A"] = "amperes",
        ["J"] = "joules",
        ["W"] = "watts",
        ["g"] = "grams",
        ["Cel"] = "celsius",
        ["Hz"] = "hertz",
        ["%"] = "percent",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> Singular = new Dictionary<string, string>
    {
        ["s"] = "second",
        ["min"] = "minute",
        ["h"] = "hour",
        ["d"] = "day",
        ["wk"] = "week",
        ["mo"] = "month",
        ["y"] = "year",
        ["m"] = "meter",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The unit's word in a metric name; empty for none.</summary>
    public static string Word(string? unit)
    {
        var plain = WithoutAnnotations(unit ?? "");
        var slash = plain.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
        {
            return PrometheusNames.Clean(Plural.GetValueOrDefault(plain, plain)).Trim('_');
        }

        var over = Plural.GetValueOrDefault(plain[..slash], plain[..slash]);
        var under = plain[(slash + 1)..];
        if (under.Length == 0)
        {
            return PrometheusNames.Clean(over).Trim('_');
        }

        return PrometheusNames.Clean($"{over}_per_{Singular.GetValueOrDefault(under, under)}").Trim('_');
    }

    private static string WithoutAnnotations(string unit)
    {
        while (true)
        {
            var open = unit.IndexOf('{', StringComparison.Ordinal);
            var close = open < 0 ? -1 : unit.IndexOf('}', open);
            if (close < 0)
            {
                return unit;
            }

            unit = unit.Remove(open, close - open + 1);
        }
    }
}
