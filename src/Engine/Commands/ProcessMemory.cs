using System.Globalization;

namespace ApproxCluster.Engine;

/// <summary>
/// Resident memory by process group, from /proc: the sum of its processes' resident sets, so that pages they share count for each. One look serves all who ask within a moment.
/// </summary>
internal sealed class ProcessMemory(TimeProvider time)
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(200);

    private readonly Lock gate = new();
    private Dictionary<int, long> bytes = [];
    private long? lookedAt;

    /// <summary>Bytes of a group.</summary>
    public long Of(int group)
    {
        lock (gate)
        {
            if (lookedAt is null || time.GetElapsedTime(lookedAt.Value) > Moment)
            {
                bytes = Look();
                lookedAt = time.GetTimestamp();
            }

            return bytes.GetValueOrDefault(group);
        }
    }

    private static Dictionary<int, long> Look()
    {
        var found = new Dictionary<int, long>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (char.IsAsciiDigit(folder["/proc/".Length]) && Read(folder) is var (group, resident))
            {
                found[group] = found.GetValueOrDefault(group) + resident;
            }
        }

        return found;
    }

    // The name, in parentheses, may hold anything; group and resident pages are the 3rd and 22nd field after it.
    private static (int Group, long Bytes)? Read(string folder)
    {
        try
        {
            var stat = File.ReadAllText(Path.Combine(folder, "stat"));
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return (int.Parse(fields[2], CultureInfo.InvariantCulture), long.Parse(fields[21], CultureInfo.InvariantCulture) * Environment.SystemPageSize);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // It has ended meanwhile.
            return null;
        }
    }
}
