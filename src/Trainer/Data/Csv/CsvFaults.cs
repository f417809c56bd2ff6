using System.Globalization;

namespace ApproxCluster.Trainer;

/// <summary>Collects the faults of a table, so that the user sees them together; the first 20 in words, the rest as a count.</summary>
internal sealed class CsvFaults
{
    /// <summary>Faults told in words.</summary>
    public const int Shown = 20;

    private readonly List<string> messages = [];
    private long count;

    /// <summary>Adds a field that breaks its rule.</summary>
    public void Add(string place, string column, ReadOnlySpan<char> value, string rule) =>
        Add($"{place}: {column} is '{(value.Length > 60 ? $"{value[..60]}..." : value)}', but must be {rule}.");

    /// <summary>Adds a fault in words.</summary>
    public void Add(string message)
    {
        count++;
        if (messages.Count < Shown)
        {
            messages.Add(message);
        }
    }

    /// <summary>Throws when there are any.</summary>
    public void ThrowIfAny(string advice)
    {
        if (count > 0)
        {
            var more = count > Shown ? string.Create(CultureInfo.InvariantCulture, $"\n... and {count - Shown} more.") : "";
            throw new TargetException($"{string.Join('\n', messages)}{more}\n{advice}");
        }
    }
}
