namespace ApproxCluster.Search;

/// <summary>Reads the entries of one mapping, each by name and rule; what nobody asked for is a fault.</summary>
internal sealed class EntryReader
{
    private readonly YamlMap map;
    private readonly string path;
    private readonly FaultList faults;
    private readonly List<string> known = [];

    public EntryReader(YamlMap map, string path, FaultList faults)
    {
        (this.map, this.path, this.faults) = (map, path, faults);
        faults.CheckDuplicates(map, path);
    }

    /// <summary>The value node of a key, or null.</summary>
    public YamlNode? Take(string name)
    {
        known.Add(name);
        return map.Find(name)?.Value;
    }

    /// <summary>The value node of a key that must be there.</summary>
    public YamlNode? Require(string name, string advice)
    {
        var node = Take(name);
        if (node is null)
        {
            faults.Add(map, Path(name), $"{name} is missing, but must be given. {advice}");
        }

        return node;
    }

    /// <summary>A whole number, its default when it is left out, or null after a fault.</summary>
    public long? Whole(KnownParameter setting)
    {
        var node = Take(setting.Name);
        if (node is null)
        {
            return setting.Default!.Value.Whole;
        }

        if (Scalars.TryWhole(node, out var value) && setting.InRange(value))
        {
            return value;
        }

        Wrong(node, setting);
        return null;
    }

    /// <summary>A number, its default when it is left out, or null after a fault.</summary>
    public double? Real(KnownParameter setting)
    {
        var node = Take(setting.Name);
        if (node is null)
        {
            return setting.Default!.Value.Number;
        }

        if (Scalars.TryReal(node, out var value) && setting.InRange(value))
        {
            return value;
        }

        Wrong(node, setting);
        return null;
    }

    /// <summary>true or false, its default when it is left out, or null after a fault.</summary>
    public bool? Flag(KnownParameter setting)
    {
        var node = Take(setting.Name);
        if (node is null)
        {
            return setting.Default!.Value.Word == "true";
        }

        if (Scalars.TryFlag(node, out var value))
        {
            return value;
        }

        Wrong(node, setting);
        return null;
    }

    /// <summary>Reports a value that breaks the rule of a setting.</summary>
    public void Wrong(YamlNode node, KnownParameter setting) => Wrong(
        node,
        setting.Name,
        setting.Rule,
        setting.Default is { } value ? $"Change it, or delete the line for {value}." : "Change it.",
        setting.IsFlag);

    /// <summary>Reports a value that breaks a rule.</summary>
    public void Wrong(YamlNode node, string name, string rule, string advice, bool flag = false) =>
        faults.Add(node, Path(name), $"{name} is {Scalars.Describe(node)}, but must be {rule}. {Scalars.Advice(node, advice, flag)}");

    /// <summary>Reports keys that nobody asked for.</summary>
    /// <param name="elsewhere">Advice for keys that belong somewhere else, or null.</param>
    public void Finish(Func<string, string?>? elsewhere = null)
    {
        foreach (var (key, _) in map.Entries.Where(entry => !known.Contains(entry.Key.Text)))
        {
            if (elsewhere?.Invoke(key.Text) is { } advice)
            {
                faults.Add(key, Path(key.Text), $"Key is '{Scalars.Shorten(key.Text)}', but must not stand here. {advice}");
            }
            else if (known.Count == 0)
            {
                faults.Add(key, Path(key.Text), $"Key is '{Scalars.Shorten(key.Text)}', but must be left out: {path} has no settings. Delete it.");
            }
            else
            {
                faults.AddUnknown(key, Path(key.Text), "Key", key.Text, known);
            }
        }
    }

    private string Path(string name) => FaultList.Join(path, name);
}
