using System.Collections;

namespace ApproxCluster.Search;

/// <summary>Values for the parameters that exist under them: one point of a search space. Ordered by path (ordinal); equal by content.</summary>
public sealed class Assignment : IReadOnlyCollection<KeyValuePair<string, ParameterValue>>, IEquatable<Assignment>
{
    private const ulong Offset = 0xCBF29CE484222325;
    private const ulong Prime = 0x100000001B3;

    // Points of one space mostly have the same paths, which they then share.
    private readonly string[] paths;
    private readonly ParameterValue[] values;
    private ulong? fingerprint;

    /// <summary>Makes an assignment; a path given twice is an error.</summary>
    public Assignment(IEnumerable<KeyValuePair<string, ParameterValue>> values)
    {
        KeyValuePair<string, ParameterValue>[] pairs = [.. values];
        Array.Sort(pairs, (left, right) => string.CompareOrdinal(left.Key, right.Key));
        (paths, this.values) = (new string[pairs.Length], new ParameterValue[pairs.Length]);
        for (var index = 0; index < pairs.Length; index++)
        {
            (paths[index], this.values[index]) = pairs[index];
            if (index > 0 && paths[index] == paths[index - 1])
            {
                throw new ArgumentException($"Path {paths[index]} is given twice, but must be given once.", nameof(values));
            }
        }
    }

    /// <summary>Takes values of paths that are in ordinal order, each once; neither array may be changed afterwards.</summary>
    internal Assignment(string[] paths, ParameterValue[] values) => (this.paths, this.values) = (paths, values);

    /// <inheritdoc />
    public int Count => paths.Length;

    /// <summary>
    /// Canonical hash: FNV-1a (64 bits, over UTF-16 code units) of the <c>path=value</c> pairs in order of their paths, each followed by a line feed. The same on every
    /// machine and in every version, so that a repeated configuration is recognized; equal points have equal ones.
    /// </summary>
    public ulong Fingerprint => fingerprint ??= Hash();

    /// <summary>The value at a path, or null where the parameter does not exist.</summary>
    public ParameterValue? this[string path] => Array.BinarySearch(paths, path, StringComparer.Ordinal) is >= 0 and var index ? values[index] : null;

    /// <summary>The number at a path, whole or real.</summary>
    /// <exception cref="KeyNotFoundException">No such parameter exists in this point.</exception>
    public double Number(string path) => Existing(path).Number;

    /// <summary>The whole number at a path.</summary>
    /// <exception cref="KeyNotFoundException">No such parameter exists in this point.</exception>
    public long Whole(string path) => Existing(path).Whole;

    /// <summary>The word at a path.</summary>
    /// <exception cref="KeyNotFoundException">No such parameter exists in this point.</exception>
    public string Word(string path) => Existing(path).Word;

    /// <inheritdoc />
    public bool Equals(Assignment? other) => other is not null && paths.AsSpan().SequenceEqual(other.paths) && values.AsSpan().SequenceEqual(other.values);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as Assignment);

    /// <inheritdoc />
    public override int GetHashCode() => (int)Fingerprint;

    /// <inheritdoc />
    public IEnumerator<KeyValuePair<string, ParameterValue>> GetEnumerator()
    {
        for (var index = 0; index < paths.Length; index++)
        {
            yield return new(paths[index], values[index]);
        }
    }

    /// <inheritdoc />
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>path=value pairs, comma-separated.</summary>
    public override string ToString() => string.Join(", ", this.Select(pair => $"{pair.Key}={pair.Value}"));

    private ParameterValue Existing(string path) => this[path]
        ?? throw new KeyNotFoundException($"Path is {path}, but must be one of {string.Join(", ", paths)}: others do not exist under the point's choices. Ask this[path] where it may be missing.");

    private ulong Hash()
    {
        var hash = Offset;
        for (var index = 0; index < paths.Length; index++)
        {
            hash = Add(Add(Add(Add(hash, paths[index]), "="), values[index].ToString()), "\n");
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
