using System.Globalization;
using OpenTelemetry;

namespace ApproxCluster.Dashboard;

/// <summary>Labels of a series as they stand between its braces, sorted by name, so that equal sets have equal bytes.</summary>
internal sealed class LabelBlock : IEquatable<LabelBlock>
{
    private readonly int hash;

    private LabelBlock(byte[] bytes)
    {
        Bytes = bytes;
        var h = 2166136261u;
        foreach (var b in bytes)
        {
            h = (h ^ b) * 16777619u;
        }

        hash = (int)h;
    }

    /// <summary>The labels, comma-separated.</summary>
    public byte[] Bytes { get; }

    /// <summary>
    /// Builds a block. Keys that clean to one name are joined with ';' in the order of the keys; own labels (of the scope) win over tags of the
    /// same name; a tag <c>le</c> is left out where the name is a histogram's own.
    /// </summary>
    public static LabelBlock From(IReadOnlyList<KeyValuePair<string, string>> own, IEnumerable<KeyValuePair<string, object?>> tags, bool withoutLe)
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in tags.OrderBy(tag => tag.Key, StringComparer.Ordinal))
        {
            var name = PrometheusNames.Label(key);
            if (!(withoutLe && name == "le"))
            {
                labels[name] = labels.TryGetValue(name, out var before) ? $"{before};{ValueText(value)}" : ValueText(value);
            }
        }

        foreach (var (name, value) in own)
        {
            labels[name] = value;
        }

        var writer = new ByteWriter(1 << 24, 256);
        foreach (var (name, value) in labels)
        {
            if (writer.Length > 0)
            {
                writer.Raw(',');
            }

            writer.Text(name);
            writer.Raw("=\""u8);
            writer.Escaped(value, quotes: true);
            writer.Raw('"');
        }

        return new LabelBlock(writer.Written.ToArray());
    }

    /// <summary>An attribute's value as a label's.</summary>
    public static string ValueText(object? value) => value switch
    {
        null => "",
        string text => text,
        bool truth => truth ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        Array array => string.Join(',', array.Cast<object?>().Select(ValueText)),
        _ => value.ToString() ?? "",
    };

    /// <inheritdoc />
    public bool Equals(LabelBlock? other) => other is not null && hash == other.hash && Bytes.AsSpan().SequenceEqual(other.Bytes);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as LabelBlock);

    /// <inheritdoc />
    public override int GetHashCode() => hash;
}

/// <summary>The label blocks of one metric's points by their place, kept from scrape to scrape while the tags are the same objects.</summary>
internal sealed class LabelCache(IReadOnlyList<KeyValuePair<string, string>> own, bool withoutLe)
{
    private readonly List<(KeyValuePair<string, object?>[] Tags, LabelBlock Block)> entries = [];

    /// <summary>The last collection that used it.</summary>
    public long Collection { get; set; }

    /// <summary>The block of the point at a place.</summary>
    public LabelBlock At(int place, ReadOnlyTagCollection tags)
    {
        if (place < entries.Count && Same(entries[place].Tags, tags))
        {
            return entries[place].Block;
        }

        var copy = new List<KeyValuePair<string, object?>>();
        foreach (var tag in tags)
        {
            copy.Add(tag);
        }

        var entry = (copy.ToArray(), LabelBlock.From(own, copy, withoutLe));
        if (place < entries.Count)
        {
            entries[place] = entry;
        }
        else if (place == entries.Count)
        {
            entries.Add(entry);
        }

        return entry.Item2;
    }

    private static bool Same(KeyValuePair<string, object?>[] cached, ReadOnlyTagCollection tags)
    {
        if (cached.Length != tags.Count)
        {
            return false;
        }

        var i = 0;
        foreach (var (key, value) in tags)
        {
            var (cachedKey, cachedValue) = cached[i++];
            if (!ReferenceEquals(key, cachedKey) || !ReferenceEquals(value, cachedValue) || value is Array)
            {
                return false;
            }
        }

        return true;
    }
}
