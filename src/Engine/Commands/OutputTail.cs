namespace ApproxCluster.Engine;

/// <summary>The last lines of a text that comes piece by piece. Safe for concurrent use.</summary>
internal sealed class OutputTail
{
    private const int MostLines = 20;
    private const int MostLetters = 500;

    private readonly Queue<string> lines = [];

    /// <summary>Adds a line; of a long one its beginning, of one that was drawn over again and again, as progress bars are, what was drawn last.</summary>
    public void Add(string line)
    {
        line = line.TrimEnd('\r');
        line = line[(line.LastIndexOf('\r') + 1)..];
        lock (lines)
        {
            lines.Enqueue(line.Length <= MostLetters ? line : string.Concat(line.AsSpan(0, MostLetters), "..."));
            if (lines.Count > MostLines)
            {
                lines.Dequeue();
            }
        }
    }

    /// <summary>The lines, the last one last; null when there are none.</summary>
    public string? Text
    {
        get
        {
            lock (lines)
            {
                return lines.All(string.IsNullOrWhiteSpace) ? null : string.Join('\n', lines).TrimEnd();
            }
        }
    }
}
