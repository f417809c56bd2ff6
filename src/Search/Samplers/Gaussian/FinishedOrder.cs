namespace ApproxCluster.Search;

/// <summary>
/// The configurations that have ended, in the order in which they were last changed: what a model learns from, and when. Kept up from a history's changes; a fresh one that
/// reads them all at once comes to the same.
/// </summary>
/// <param name="withPaused">Whether those count too that wait to be promoted; a promoted one leaves the order until it rests again.</param>
internal sealed class FinishedOrder(bool withPaused = false)
{
    private readonly List<int> order = [];
    private readonly List<bool> contained = [];
    private SearchHistory? history;
    private int read;

    /// <summary>Numbers of configurations.</summary>
    public IReadOnlyList<int> Order => order;

    /// <summary>Takes in what is new.</summary>
    public void Update(SearchHistory current)
    {
        if (!ReferenceEquals(history, current) || current.Changes.Count < read)
        {
            (history, read) = (current, 0);
            order.Clear();
            contained.Clear();
        }

        for (; read < current.Changes.Count; read++)
        {
            var number = current.Changes[read];
            while (contained.Count <= number)
            {
                contained.Add(false);
            }

            if (contained[number])
            {
                order.Remove(number);
            }

            contained[number] = current[number].State is var state && state != TrialState.Cancelled && (state.IsFinal() || (withPaused && state == TrialState.Paused));
            if (contained[number])
            {
                order.Add(number);
            }
        }
    }
}
