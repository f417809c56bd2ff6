using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ApproxCluster.Dashboard.Tests;

/// <summary>A strict reader of expositions, stricter than Prometheus itself: lists every fault of a body.</summary>
internal sealed partial class ExpositionValidator
{
    private readonly bool open;
    private readonly List<string> faults = [];
    private readonly HashSet<string> closed = [];
    private readonly HashSet<string> series = [];
    private FamilyReader? family;

    private ExpositionValidator(bool open) => this.open = open;

    /// <summary>Faults of a body; empty when it is sound.</summary>
    public static IReadOnlyList<string> Check(byte[] body, bool openMetrics)
    {
        var validator = new ExpositionValidator(openMetrics);
        validator.Read(body);
        return validator.faults;
    }

    private void Read(byte[] body)
    {
        string text;
        try
        {
            text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(body);
        }
        catch (DecoderFallbackException)
        {
            faults.Add("not UTF-8");
            return;
        }

        if (text.Contains('\r'))
        {
            faults.Add("carriage return");
        }

        if (!text.EndsWith('\n'))
        {
            faults.Add("no final line feed");
        }

        var lines = text.TrimEnd('\n').Split('\n');
        if (open && lines[^1] != "# EOF")
        {
            faults.Add("no # EOF at the end");
        }

        foreach (var line in open ? lines[..^1] : lines)
        {
            ReadLine(line);
        }

        family?.Close(faults);
    }

    private void ReadLine(string line)
    {
        if (line.Length == 0)
        {
            faults.Add("empty line");
        }
        else if (line[0] != '#')
        {
            ReadSample(line);
        }
        else if (MetadataLine().Match(line) is { Success: true } match)
        {
            Enter(match.Groups["name"].Value).Metadata(match.Groups["word"].Value, match.Groups["rest"].Value, open, faults);
        }
        else
        {
            faults.Add($"comment: {line}");
        }
    }

    private FamilyReader Enter(string name)
    {
        if (family?.Name == name)
        {
            return family;
        }

        family?.Close(faults);
        if (!closed.Add(name))
        {
            faults.Add($"family {name} is not contiguous");
        }

        return family = new FamilyReader(name);
    }

    private void ReadSample(string line)
    {
        if (SampleLine().Match(line) is not { Success: true } match)
        {
            faults.Add($"sample: {line}");
            return;
        }

        var (name, labels) = (match.Groups["name"].Value, new SortedDictionary<string, string>(StringComparer.Ordinal));
        foreach (Match label in LabelPair().Matches(match.Groups["labels"].Value))
        {
            if (!labels.TryAdd(label.Groups["name"].Value, label.Groups["value"].Value))
            {
                faults.Add($"label twice: {line}");
            }
        }

        if (!series.Add(name + "{" + string.Join(',', labels.Select(pair => $"{pair.Key}={pair.Value}")) + "}"))
        {
            faults.Add($"series twice: {line}");
        }

        var owner = family is not null && family.Owns(name, open) ? family : Enter(name);
        var exemplar = match.Groups["exemplar"].Value;
        if (exemplar.Length > 0 && !(open && (name.EndsWith("_total", StringComparison.Ordinal) || name.EndsWith("_bucket", StringComparison.Ordinal))))
        {
            faults.Add($"exemplar where none may be: {line}");
        }

        if (LabelPair().Matches(exemplar).Sum(label => label.Groups["name"].Length + label.Groups["value"].Length) > 128)
        {
            faults.Add($"exemplar of more than 128 characters: {line}");
        }

        owner.Sample(name, labels, Value(match.Groups["value"].Value), open, faults);
    }

    private double Value(string text)
    {
        switch (text)
        {
            case "NaN": return double.NaN;
            case "+Inf": return double.PositiveInfinity;
            case "-Inf": return double.NegativeInfinity;
            default:
                if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
                {
                    faults.Add($"number: {text}");
                }

                return value;
        }
    }

    [GeneratedRegex("^# (?<word>TYPE|HELP|UNIT) (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) (?<rest>.*)$")]
    private static partial Regex MetadataLine();

    [GeneratedRegex("""^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(\{(?<labels>[a-zA-Z_][a-zA-Z0-9_]*="([^"\\\n]|\\[\\n"])*"(,[a-zA-Z_][a-zA-Z0-9_]*="([^"\\\n]|\\[\\n"])*")*)\})? (?<value>[^ ]+)(?<exemplar> # \{.*\} [^ ]+( [^ ]+)?)?$""")]
    private static partial Regex SampleLine();

    [GeneratedRegex("""(?<name>[a-zA-Z_][a-zA-Z0-9_]*)="(?<value>([^"\\\n]|\\[\\n"])*)"(,|$|\})""")]
    private static partial Regex LabelPair();
}
