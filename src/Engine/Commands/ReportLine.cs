using System.Globalization;
using System.Text;
using System.Text.Json;
using ApproxCluster.Search;

namespace ApproxCluster.Engine;

/// <summary>
/// A report: a line that is a JSON object with <c>epoch</c>. Its other entries are figures by name, those of objects within it with a dot between; what is no number is left out. NaN, Infinity and -Infinity may
/// stand bare, as Python's json writes them.
/// </summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Figures">The figures by their names in one spelling.</param>
internal sealed record ReportLine(int Epoch, IReadOnlyDictionary<string, double> Figures)
{
    private const string EpochKey = "epoch";

    /// <summary>The report that a line is; null for any other line. Throws <see cref="FormatException"/> when its epoch is none.</summary>
    public static ReportLine? Read(string line)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(QuoteBare(line));
        }
        catch (JsonException)
        {
            return null;
        }

        using (document)
        {
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty(EpochKey, out var epoch))
            {
                return null;
            }

            if (epoch.ValueKind != JsonValueKind.Number || !epoch.TryGetDouble(out var number) || Math.Floor(number) != number || number is < 1 or > int.MaxValue)
            {
                var given = epoch.GetRawText();
                throw new FormatException($"A report's epoch is {(given.Length > 40 ? given[..40] : given)}, but must be a whole number from 1.");
            }

            var figures = new Dictionary<string, double>(StringComparer.Ordinal);
            Collect(root, "", figures);
            figures.Remove(EpochKey);
            return new((int)number, figures);
        }
    }

    private static void Collect(JsonElement json, string prefix, Dictionary<string, double> figures)
    {
        foreach (var entry in json.EnumerateObject())
        {
            var name = ReportedNames.Spell(prefix + entry.Name);
            switch (entry.Value.ValueKind)
            {
                case JsonValueKind.Object:
                    Collect(entry.Value, $"{prefix}{entry.Name}.", figures);
                    break;
                case JsonValueKind.Number:
                    figures[name] = double.Parse(entry.Value.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture);
                    break;
                case JsonValueKind.String when entry.Value.GetString() is "NaN" or "Infinity" or "-Infinity":
                    figures[name] = double.Parse(entry.Value.GetString()!, NumberStyles.Float, CultureInfo.InvariantCulture);
                    break;
            }
        }
    }

    // Outside of strings, these words are no JSON.
    private static string QuoteBare(string line)
    {
        if (!line.Contains("NaN", StringComparison.Ordinal) && !line.Contains("Infinity", StringComparison.Ordinal))
        {
            return line;
        }

        var quoted = new StringBuilder(line.Length + 16);
        var inString = false;
        for (var place = 0; place < line.Length; place++)
        {
            var rest = line.AsSpan(place);
            var word = inString ? "" : rest.StartsWith("NaN") ? "NaN" : rest.StartsWith("-Infinity") ? "-Infinity" : rest.StartsWith("Infinity") ? "Infinity" : "";
            if (word.Length > 0)
            {
                quoted.Append('"').Append(word).Append('"');
                place += word.Length - 1;
                continue;
            }

            quoted.Append(line[place]);
            if (inString && line[place] == '\\' && place + 1 < line.Length)
            {
                quoted.Append(line[++place]);
            }
            else if (line[place] == '"')
            {
                inString = !inString;
            }
        }

        return quoted.ToString();
    }
}
