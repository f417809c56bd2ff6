using System.Globalization;

namespace ApproxCluster.Dashboard.Tests;

/// <summary>One family while it is read.</summary>
internal sealed class FamilyReader(string name)
{
    private readonly HashSet<string> words = [];
    private readonly Dictionary<string, List<(double Bound, double Count)>> buckets = [];
    private readonly Dictionary<string, double> counts = [];
    private string type = "";
    private int samples;

    public string Name => name;

    public bool Owns(string sample, bool open) => type switch
    {
        "histogram" => sample == name + "_bucket" || sample == name + "_sum" || sample == name + "_count" || (open && sample == name + "_created"),
        "counter" => open ? sample == name + "_total" || sample == name + "_created" : sample == name,
        "info" => sample == name + "_info",
        _ => sample == name,
    };

    public void Metadata(string word, string rest, bool open, List<string> faults)
    {
        if (!words.Add(word))
        {
            faults.Add($"{word} of {name} twice");
        }

        if (samples > 0)
        {
            faults.Add($"{word} of {name} after samples");
        }

        switch (word)
        {
            case "TYPE":
                type = rest;
                if (rest is not ("counter" or "gauge" or "histogram") && rest != (open ? "unknown" : "untyped") && !(open && rest == "info"))
                {
                    faults.Add($"TYPE {rest} of {name}");
                }

                break;
            case "UNIT" when !open || !name.EndsWith("_" + rest, StringComparison.Ordinal):
                faults.Add($"UNIT {rest} is no suffix of {name}");
                break;
            case "HELP" when IsBadHelp(rest, open):
                faults.Add($"HELP of {name}: {rest}");
                break;
            default:
                break;
        }
    }

    public void Sample(string sample, SortedDictionary<string, string> labels, double value, bool open, List<string> faults)
    {
        samples++;
        if (!Owns(sample, open))
        {
            faults.Add($"sample {sample} in {name} of type '{type}'");
        }

        if (type == "counter" && !(value >= 0))
        {
            faults.Add($"counter {sample} is {value.ToString(CultureInfo.InvariantCulture)}");
        }

        if (type == "counter" && !open && !sample.EndsWith("_total", StringComparison.Ordinal))
        {
            faults.Add($"counter {sample} without _total");
        }

        if (type != "histogram")
        {
            return;
        }

        labels.Remove("le", out var le);
        var key = string.Join(',', labels.Select(pair => $"{pair.Key}={pair.Value}"));
        if (sample == name + "_bucket")
        {
            var bound = le == "+Inf" ? double.PositiveInfinity : double.Parse(le ?? "NaN", CultureInfo.InvariantCulture);
            if (open && le is not null && !le.Contains('.') && !le.Contains('e') && le != "+Inf")
            {
                faults.Add($"le {le} is not canonical");
            }

            (buckets.TryGetValue(key, out var list) ? list : buckets[key] = []).Add((bound, value));
        }
        else if (sample == name + "_count")
        {
            counts[key] = value;
        }
    }

    public void Close(List<string> faults)
    {
        if (samples == 0)
        {
            faults.Add($"family {name} without samples");
        }

        foreach (var (key, list) in buckets)
        {
            if (list[^1].Bound != double.PositiveInfinity)
            {
                faults.Add($"buckets of {name} do not end in +Inf");
            }

            if (list.Zip(list.Skip(1)).Any(pair => !(pair.First.Bound < pair.Second.Bound) || pair.First.Count > pair.Second.Count))
            {
                faults.Add($"buckets of {name} do not grow");
            }

            if (counts.TryGetValue(key, out var count) && count != list[^1].Count)
            {
                faults.Add($"{name}_count is not the last bucket");
            }
        }
    }

    private static bool IsBadHelp(string help, bool open)
    {
        for (var i = 0; i < help.Length; i++)
        {
            if (help[i] == '\\')
            {
                i++;
                if (i == help.Length || (help[i] is not ('\\' or 'n') && !(open && help[i] == '"')))
                {
                    return true;
                }
            }
            else if (open && help[i] == '"')
            {
                return true;
            }
        }

        return false;
    }
}
