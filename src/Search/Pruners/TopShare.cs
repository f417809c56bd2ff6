namespace ApproxCluster.Search;

/// <summary>
/// The best n/factor (rounded down) of n entries that keep coming: two heaps that meet at the bound, so adding is O(log n) and the bound is O(1).
/// Entries are ordered by (cost, trial), so no two are equal.
/// </summary>
/// <param name="factor">One in so many belongs to the top.</param>
/// <param name="least">The top holds at least so many, as far as there are entries.</param>
internal sealed class TopShare(int factor, int least)
{
    private static readonly Comparer<(double, int)> Reverse = Comparer<(double, int)>.Create((left, right) => right.CompareTo(left));

    private readonly PriorityQueue<(double Cost, int Trial), (double, int)> top = new(Reverse);
    private readonly PriorityQueue<(double Cost, int Trial), (double, int)> rest = new();

    /// <summary>Entries in all.</summary>
    public int Count => top.Count + rest.Count;

    /// <summary>The worst entry of the top, or null while the top is empty.</summary>
    public (double Cost, int Trial)? Bound => top.Count == 0 ? null : top.Peek();

    /// <summary>Adds an entry; its cost is no NaN.</summary>
    public void Add(double cost, int trial)
    {
        var entry = (cost, trial);
        if (top.Count > 0 && entry.CompareTo(top.Peek()) < 0)
        {
            top.Enqueue(entry, entry);
        }
        else
        {
            rest.Enqueue(entry, entry);
        }

        var size = Math.Max(Math.Min(least, Count), Count / factor);
        while (top.Count > size)
        {
            var worst = top.Dequeue();
            rest.Enqueue(worst, worst);
        }

        while (top.Count < size)
        {
            var best = rest.Dequeue();
            top.Enqueue(best, best);
        }
    }
}
