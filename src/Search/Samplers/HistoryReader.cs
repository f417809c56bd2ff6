namespace ApproxCluster.Search;

/// <summary>Reads what is new in a history, for samplers that keep figures of their own. A history other than the one before is read from its beginning.</summary>
internal sealed class HistoryReader
{
    private readonly HashSet<int> ended = [];
    private SearchHistory? known;
    private int created;
    private int read;

    /// <summary>
    /// The numbers that were added or replaced since the last call, each as often as that happened. <paramref name="restarted"/>: it is another history, and everything kept
    /// must be forgotten first.
    /// </summary>
    public IEnumerable<int> Read(SearchHistory history, out bool restarted)
    {
        restarted = !ReferenceEquals(history, known) || history.Changes.Count < read;
        var from = restarted ? 0 : read;
        (known, read) = (history, history.Changes.Count);
        return Since(history, from, read);
    }

    /// <summary>
    /// What happened since the last call, in order: configurations that were chosen, and such that ended, each once. A configuration ends with its last change, so reading
    /// a history at once gives the same as reading it as it grows.
    /// </summary>
    public IReadOnlyList<(int Configuration, bool Ended)> Events(SearchHistory history, out bool restarted)
    {
        var changes = Read(history, out restarted).ToList();
        if (!restarted && changes.Exists(ended.Contains))
        {
            // A final observation was replaced: what was made of it is void.
            known = null;
            return Events(history, out restarted);
        }

        if (restarted)
        {
            ended.Clear();
            created = 0;
        }

        var last = new Dictionary<int, int>();
        for (var index = 0; index < changes.Count; index++)
        {
            last[changes[index]] = index;
        }

        var events = new List<(int, bool)>();
        for (var index = 0; index < changes.Count; index++)
        {
            var number = changes[index];
            if (number == created)
            {
                events.Add((number, false));
                created++;
            }

            if (last[number] == index && history[number].IsFinished)
            {
                events.Add((number, true));
                ended.Add(number);
            }
        }

        return events;
    }

    private static IEnumerable<int> Since(SearchHistory history, int from, int to)
    {
        for (var index = from; index < to; index++)
        {
            yield return history.Changes[index];
        }
    }
}
