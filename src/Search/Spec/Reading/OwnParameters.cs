namespace ApproxCluster.Search;

/// <summary>
/// Checks what choices state for themselves: one form of the hidden layers at each place, and no two choices that state the same, since a trial takes a
/// value of each and could follow only one of them.
/// </summary>
internal sealed class OwnParameters(FaultList faults)
{
    private readonly Dictionary<(string Parent, string Name), string> stated = [];
    private readonly List<(YamlScalar Key, string Path, string Name, string Missing)> halves = [];

    /// <summary>Takes a mapping of parameters.</summary>
    /// <param name="map">The mapping.</param>
    /// <param name="path">Its path in the file.</param>
    /// <param name="prefix">The choice and its value that it hangs on, such as <c>encoding.taylor</c>; empty for the outer parameters.</param>
    public void Add(YamlMap map, string path, string prefix)
    {
        var (width, depth, widths) = (map.Find("width"), map.Find("depth"), map.Find("widths"));
        foreach (var other in new[] { width, depth }.OfType<YamlEntry>().Where(_ => widths is not null))
        {
            faults.Add(widths!.Key, FaultList.Join(path, "widths"), $"widths is given beside {other.Key.Text}, but must stand alone. Delete one of the two.");
        }

        if (prefix.Length == 0)
        {
            return;
        }

        foreach (var name in KnownParameters.Own.Select(known => known.Name))
        {
            if (map.Find(name) is { } entry)
            {
                AddOwn(entry.Key, path, prefix, name);
            }
        }

        if ((width is null) != (depth is null))
        {
            halves.Add(((width ?? depth)!.Key, path, prefix, width is null ? "width" : "depth"));
        }
    }

    /// <summary>Reports a width without a depth, or the other way round, that stands above outer widths.</summary>
    public void Check(YamlMap? outer)
    {
        foreach (var (key, path, prefix, missing) in halves.Where(_ => outer?.Find("widths") is not null))
        {
            faults.Add(key, FaultList.Join(path, key.Text), $"{key.Text} is given under {prefix} without {missing}, but must come with it, since widths is given outside. Add {missing}, or write widths here.");
        }
    }

    private void AddOwn(YamlScalar key, string path, string prefix, string name)
    {
        var parent = prefix[..prefix.IndexOf('.')];
        stated.TryAdd((parent, name), prefix);
        foreach (var ((_, other), place) in stated.Where(pair => pair.Key.Parent != parent && Overrides.Exclude(pair.Key.Name, name)).Take(1))
        {
            faults.Add(key, FaultList.Join(path, name), $"{name} is given under {prefix}, but must not be: {other} is given under {place}, and a trial may take both. Delete one of the two.");
        }
    }
}
