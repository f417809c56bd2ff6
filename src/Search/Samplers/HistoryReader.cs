namespace ApproxCluster.Search;

/// <summary>Reads what is new in a history, for samplers that keep figures of their own. A history other than the one before is read from its beginning.</summary>
internal sealed class HistoryReader
{
    private SearchHistory? known;
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

    private static IEnumerable<int> Since(SearchHistory history, int from, int to)
    {
        for (var index = from; index < to; index++)
        {
            yield return history.Changes[index];
        }
    }
}
