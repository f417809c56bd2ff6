using System.Collections;

namespace ApproxCluster.Search;

/// <summary>Values for the parameters that exist under them: one point of a search space. Ordered by path (ordinal); equal by content.</summary>
public sealed class Assignment : IReadOnlyCollection<KeyValuePair<string, ParameterValue>>, IEquatable<Assignment>
{
    private const ulong Offset = 0xCBF29CE484222325;
    private const ulong Prime = 0x100000001B3;

    private readonly SortedList<string, ParameterValue> values = new(StringComparer.Ordinal);
    private ulong? fingerprint;

    /// <summary>Makes an assignment; a path given twice is an error.</summary>
    public Assignment(IEnumerable<KeyValuePair<string, ParameterValue>> values)
    {
        foreach (var (path, value) in values)
        {
            this.values.Add(path, value);
        }
    }

    /// <inheritdoc />
    public int Count => values.Count;

    /// <summary>
    /// Canonical hash: FNV-1a (64 bits, over UTF-16 code units) of the <c>path=value</c> pairs in order of their paths, each followed by a line feed. The same on every
    /// machine and in every version, so that a repeated configuration is recognized; equal points have equal ones.
    /// </summary>
    public ulong Fingerprint => fingerprint ??= Hash();

    /// <summary>The value at a path, or null where the parameter does not exist.</summary>
    public ParameterValue? this[string path] => values.TryGetValue(path, out var value) ? value : null;

    /// <inheritdoc />
    public bool Equals(Assignment? other) => other is not null && values.SequenceEqual(other.values);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as Assignment);

    /// <inheritdoc />
    public override int GetHashCode() => (int)Fingerprint;

    /// <inheritdoc />
    public IEnumerator<KeyValuePair<string, ParameterValue>> GetEnumerator() => values.GetEnumerator();

    /// <inheritdoc />
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>path=value pairs, comma-separated.</summary>
    public override string ToString() => string.Join(", ", values.Select(pair => $"{pair.Key}={pair.Value}"));

    private ulong Hash()
    {
        var hash = Offset;
        foreach (var (path, value) in values)
        {
            hash = Add(Add(Add(Add(hash, path), "="), value.ToString()), "\n");
        }

        return hash;
    }

    private static ulong Add(ulong hash, string text)
    {
        foreach (var unit in text)
        {
            hash = (hash ^ unit) * Prime;
        }

        return hash;
    }
}
