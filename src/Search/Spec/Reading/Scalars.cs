using System.Globalization;

namespace ApproxCluster.Search;

/// <summary>Reads scalars as YAML 1.2 has them, in the invariant culture.</summary>
internal static class Scalars
{
    /// <summary>Whether there is no value: nothing, <c>null</c> or <c>~</c>.</summary>
    public static bool IsNull(YamlNode node) => node is YamlScalar { Quoted: false, Text: "" or "~" or "null" or "Null" or "NULL" };

    /// <summary>A whole number: digits with an optional sign; also a real number of whole value such as 1e3.</summary>
    public static bool TryWhole(YamlNode node, out long value)
    {
        value = 0;
        if (node is not YamlScalar { Quoted: false } scalar)
        {
            return false;
        }

        if (long.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value))
        {
            return true;
        }

        if (TryReal(node, out var real) && Math.Abs(real) <= 1L << 53 && Math.Floor(real) == real)
        {
            value = (long)real;
            return true;
        }

        return false;
    }

    /// <summary>A finite number.</summary>
    public static bool TryReal(YamlNode node, out double value)
    {
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        value = 0;
        return node is YamlScalar { Quoted: false } scalar
            && double.TryParse(scalar.Text, Style, CultureInfo.InvariantCulture, out value)
            && double.IsFinite(value);
    }

    /// <summary>true or false.</summary>
    public static bool TryFlag(YamlNode node, out bool value)
    {
        value = node is YamlScalar { Text: "true" or "True" or "TRUE" };
        return node is YamlScalar { Quoted: false, Text: "true" or "True" or "TRUE" or "false" or "False" or "FALSE" };
    }

    /// <summary>A node in the words of a message.</summary>
    public static string Describe(YamlNode node) => node switch
    {
        _ when IsNull(node) => "empty",
        YamlScalar { Quoted: true } scalar => $"the text '{Shorten(scalar.Text)}'",
        YamlScalar scalar => $"'{Shorten(scalar.Text)}'",
        YamlList list => string.Create(CultureInfo.InvariantCulture, $"a list of {list.Items.Count}"),
        YamlMap { Entries: [] } => "an empty mapping",
        YamlMap { Entries.Count: > 1 } map => string.Create(CultureInfo.InvariantCulture, $"a mapping of {map.Entries.Count}"),
        _ => "a mapping",
    };

    /// <summary>What to do about a scalar that should have been a number or a flag; other advice where nothing special is seen.</summary>
    public static string Advice(YamlNode node, string otherwise, bool flag = false) => node is not YamlScalar { Text: { Length: <= 40 } text, Quoted: var quoted }
        ? otherwise
        : text.ToLowerInvariant() switch
        {
            _ when quoted && (double.TryParse(text, CultureInfo.InvariantCulture, out _) || text is "true" or "false") => "Remove the quotes.",
            "yes" or "on" or "y" when flag => $"Since YAML 1.2 '{text}' is a mere word; write true.",
            "no" or "off" or "n" when flag => $"Since YAML 1.2 '{text}' is a mere word; write false.",
            "nan" or ".nan" or "inf" or ".inf" or "-.inf" or "+.inf" or "infinity" or "-infinity" => "Write a finite number.",
            var lower when lower.StartsWith("0x", StringComparison.Ordinal) || lower.StartsWith("0o", StringComparison.Ordinal) => "Write the number in decimal.",
            _ when double.TryParse(text.Replace("_", "", StringComparison.Ordinal), CultureInfo.InvariantCulture, out _) && text.Contains('_') =>
                $"Write {text.Replace("_", "", StringComparison.Ordinal)}.",
            _ when IsWithComma(text, out var point) => $"Write the decimal point: {point}.",
            _ => otherwise,
        };

    /// <summary>The beginning of a text, long enough to know it again.</summary>
    public static string Shorten(string text, int length = 40) => text.Length <= length ? text : string.Concat(text.AsSpan(0, length - 3), "...");

    private static bool IsWithComma(string text, out string point)
    {
        point = text.Replace(',', '.');
        return text.Count(letter => letter == ',') == 1 && double.TryParse(point, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
    }
}
