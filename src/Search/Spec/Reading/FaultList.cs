namespace ApproxCluster.Search;

/// <summary>Collects the faults of one file.</summary>
internal sealed class FaultList(string file)
{
    private readonly List<SweepFileFault> faults = [];
    private readonly HashSet<(int Line, int Column, string Message)> known = [];

    /// <summary>The faults in order of place. A fault of an anchored value that is used often comes once.</summary>
    public IReadOnlyList<SweepFileFault> Sorted =>
        [.. faults.OrderBy(fault => fault.Line).ThenBy(fault => fault.Column).ThenBy(fault => fault.Message, StringComparer.Ordinal)];

    /// <summary>Whether there is any.</summary>
    public bool Any => faults.Count > 0;

    /// <summary>How many there are so far.</summary>
    public int Count => faults.Count;

    /// <summary>Adds a fault at a node.</summary>
    public void Add(YamlNode at, string path, string message) => Add(at.Line, at.Column, path, message);

    /// <summary>Adds a fault at a place.</summary>
    public void Add(int line, int column, string path, string message)
    {
        if (known.Add((line, column, message)))
        {
            faults.Add(new(file, line, column, Scalars.Shorten(path, 120), message));
        }
    }

    /// <summary>Adds a fault for a word that means nothing here, with the nearest known one.</summary>
    public void AddUnknown(YamlNode at, string path, string what, string given, IReadOnlyCollection<string> known)
    {
        var advice = Spelling.Nearest(given, known) is { } nearest ? $"Did you mean '{nearest}'?" : "Choose one of them, or delete it.";
        Add(at, path, $"{what} is '{Scalars.Shorten(given)}', but must be one of {string.Join(", ", known)}. {advice}");
    }

    /// <summary>Reports keys given more than once.</summary>
    public void CheckDuplicates(YamlMap map, string path)
    {
        var seen = new Dictionary<string, YamlScalar>(StringComparer.Ordinal);
        foreach (var (key, _) in map.Entries)
        {
            if (!seen.TryAdd(key.Text, key))
            {
                Add(key, Join(path, key.Text), FormattableString.Invariant(
                    $"Key '{Scalars.Shorten(key.Text)}' is given again, but must be given once; it stands on line {seen[key.Text].Line} already. Delete one of the two."));
            }
        }
    }

    /// <summary>A dotted path.</summary>
    public static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
