namespace ApproxCluster.Search;

/// <summary>A node of a parsed file with its place (1-based).</summary>
internal abstract record YamlNode(int Line, int Column);

/// <summary>A scalar as written.</summary>
internal sealed record YamlScalar(int Line, int Column, string Text, bool Quoted) : YamlNode(Line, Column)
{
    /// <summary>Columns from <see cref="YamlNode.Column"/> to the first letter of the text, where the file has it letter by letter on one line; else null.</summary>
    public int? Indent { get; init; }
}

/// <summary>A list.</summary>
internal sealed record YamlList(int Line, int Column, IReadOnlyList<YamlNode> Items) : YamlNode(Line, Column);

/// <summary>A mapping, in order, duplicates and all.</summary>
internal sealed record YamlMap(int Line, int Column, IReadOnlyList<YamlEntry> Entries) : YamlNode(Line, Column)
{
    /// <summary>The first entry with a key.</summary>
    public YamlEntry? Find(string key) => Entries.FirstOrDefault(entry => entry.Key.Text == key);
}

/// <summary>A key and its value.</summary>
internal sealed record YamlEntry(YamlScalar Key, YamlNode Value);
