using System.Buffers;
using System.Text;

namespace ApproxCluster.Dashboard;

/// <summary>What a family is in an exposition.</summary>
internal enum FamilyKind
{
    /// <summary>Not known.</summary>
    Unknown,

    /// <summary>Only grows; its sample ends in <c>_total</c>.</summary>
    Counter,

    /// <summary>Goes up and down.</summary>
    Gauge,

    /// <summary>Explicit buckets, sum and count.</summary>
    Histogram,
}

/// <summary>A family's names.</summary>
/// <param name="Base">The OpenMetrics family: without <c>_total</c>.</param>
/// <param name="Unit">Word of the unit; empty for none.</param>
/// <param name="Kind">Type.</param>
internal readonly record struct FamilyName(string Base, string Unit, FamilyKind Kind)
{
    /// <summary>The name before the braces of a plain sample; the text format's family too.</summary>
    public string Sample => Kind == FamilyKind.Counter ? Base + "_total" : Base;

    /// <summary>OpenMetrics wants the unit as a suffix after an underscore, so a family that is the unit alone states none.</summary>
    public bool StatesUnit => Unit.Length > 0 && Base.EndsWith("_" + Unit, StringComparison.Ordinal);
}

/// <summary>Metric and label names by the OpenTelemetry rules for Prometheus.</summary>
internal static class PrometheusNames
{
    private static readonly SearchValues<char> Sound = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");

    /// <summary>The family of an instrument.</summary>
    public static FamilyName Family(string instrument, string? unit, FamilyKind kind)
    {
        var name = Prefixed(Clean(instrument));
        if (kind == FamilyKind.Counter && name.Length > 6 && name.EndsWith("_total", StringComparison.Ordinal))
        {
            name = name[..^6];
        }

        var word = PrometheusUnits.Word(unit);
        if (word.Length > 0 && name != word && !name.EndsWith("_" + word, StringComparison.Ordinal))
        {
            name = name.EndsWith('_') ? name + word : $"{name}_{word}";
        }

        return new FamilyName(name, word, kind);
    }

    /// <summary>A label name: as a metric's, without colons.</summary>
    public static string Label(string key) => Prefixed(Clean(key, colons: false));

    /// <summary>Every run of characters that may not be in a name becomes one underscore.</summary>
    public static string Clean(string name, bool colons = true)
    {
        if (!name.AsSpan().ContainsAnyExcept(Sound) && !name.Contains("__", StringComparison.Ordinal))
        {
            return name;
        }

        var clean = new StringBuilder(name.Length);
        foreach (var c in name)
        {
            if (char.IsAsciiLetterOrDigit(c) || (colons && c == ':'))
            {
                clean.Append(c);
            }
            else if (clean.Length == 0 || clean[^1] != '_')
            {
                clean.Append('_');
            }
        }

        return clean.ToString();
    }

    private static string Prefixed(string name) => name.Length == 0 || char.IsAsciiDigit(name[0]) ? "_" + name : name;
}
