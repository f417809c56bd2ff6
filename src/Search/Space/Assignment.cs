using System.Collections;

namespace ApproxCluster.Search;

/// <summary>Values for the parameters that exist under them: one point of a search space. Ordered by path (ordinal); equal by content.</summary>
public sealed class Assignment : IReadOnlyCollection<KeyValuePair<string, ParameterValue>>, IEquatable<Assignment>
{
    private readonly SortedList<string, ParameterValue> values = new(StringComparer.Ordinal);

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

    /// <summary>The value at a path, or null where the parameter does not exist.</summary>
    public ParameterValue? this[string path] => values.TryGetValue(path, out var value) ? value : null;

    /// <inheritdoc />
    public bool Equals(Assignment? other) => other is not null && values.SequenceEqual(other.values);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as Assignment);

    /// <inheritdoc />
    public override int GetHashCode() => values.Count;

    /// <inheritdoc />
    public IEnumerator<KeyValuePair<string, ParameterValue>> GetEnumerator() => values.GetEnumerator();

    /// <inheritdoc />
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>path=value pairs, comma-separated.</summary>
    public override string ToString() => string.Join(", ", values.Select(pair => $"{pair.Key}={pair.Value}"));
}
