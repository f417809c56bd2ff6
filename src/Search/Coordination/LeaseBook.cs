namespace ApproxCluster.Search;

/// <summary>
/// Who trains what, and what waits for a worker. Nothing here is journaled or decides anything: after a restart the book is filled from the state, and workers claim what
/// they hold. Every operation is O(log n) of the trials in flight.
/// </summary>
internal sealed class LeaseBook
{
    private readonly SortedSet<(long Key, int Trial)> ready = [];
    private readonly Dictionary<int, long> keys = [];
    private readonly Dictionary<int, Hold> holds = [];
    private readonly Dictionary<string, SortedSet<int>> held = new(StringComparer.Ordinal);
    private readonly HashSet<int> unclaimed = [];
    private readonly Dictionary<int, string> lastWorkers = [];
    private readonly Dictionary<string, SortedSet<(long Key, int Trial)>> own = new(StringComparer.Ordinal);

    /// <summary>Until when workers may claim what is <see cref="unclaimed"/>.</summary>
    public DateTimeOffset ClaimUntil { get; private set; }

    /// <summary>Trials that nobody is known to hold and that somebody may.</summary>
    public IReadOnlyCollection<int> Unclaimed => unclaimed;

    /// <summary>Trials that are held, with their holders.</summary>
    public IEnumerable<KeyValuePair<int, Hold>> Holds => holds;

    /// <summary>Whether somebody holds, or may hold, a trial's present segment.</summary>
    public bool IsHeld(int trial) => holds.ContainsKey(trial) || unclaimed.Contains(trial);

    public Hold? HoldOf(int trial) => holds.GetValueOrDefault(trial);

    /// <summary>Trials that a worker holds, by number.</summary>
    public IReadOnlyCollection<int> HeldBy(string worker) => held.TryGetValue(worker, out var trials) ? trials : [];

    /// <summary>A segment waits for a worker.</summary>
    /// <param name="trial">Its trial.</param>
    /// <param name="key">Its place: virtual finish.</param>
    public void Offer(int trial, long key)
    {
        Settle(trial);
        keys[trial] = key;
        ready.Add((key, trial));
        if (lastWorkers.TryGetValue(trial, out var worker))
        {
            SetOf(own, worker).Add((key, trial));
        }
    }

    /// <summary>A segment is presumed to be held by a worker that has not spoken yet.</summary>
    public void Presume(int trial, long key, DateTimeOffset until)
    {
        keys[trial] = key;
        unclaimed.Add(trial);
        ClaimUntil = until;
    }

    /// <summary>A worker holds a segment from now on.</summary>
    public void Grant(int trial, string worker, DateTimeOffset until, bool confirmed)
    {
        Settle(trial);
        lastWorkers[trial] = worker;
        holds[trial] = new() { Worker = worker, Until = until, IsConfirmed = confirmed };
        SetOf(held, worker).Add(trial);
    }

    /// <summary>A worker has sent the result of a trial's segment: it needs none any more, and the worker has the run in memory.</summary>
    public void Settle(int trial, string worker)
    {
        Settle(trial);
        lastWorkers[trial] = worker;
    }

    /// <summary>A segment needs no worker any more: its result is here, or it is off.</summary>
    public void Settle(int trial)
    {
        Withdraw(trial);
        unclaimed.Remove(trial);
        if (holds.Remove(trial, out var hold))
        {
            RemoveFrom(held, hold.Worker, trial);
        }
    }

    /// <summary>A trial has ended.</summary>
    public void Forget(int trial)
    {
        Settle(trial);
        keys.Remove(trial);
        lastWorkers.Remove(trial);
    }

    /// <summary>A holder lets go of a segment, which waits for a worker again.</summary>
    public void Release(int trial) => Offer(trial, keys[trial]);

    /// <summary>
    /// The segment that a worker should have next, or null: the one that all decisions wait for, else one of a trial whose run the worker has in memory, else the one
    /// with the smallest virtual finish.
    /// </summary>
    public int? Choose(string worker, int? head)
    {
        if (ready.Count == 0)
        {
            return null;
        }

        if (ready.Min.Trial == head)
        {
            return head;
        }

        return own.TryGetValue(worker, out var mine) && mine.Count > 0 ? mine.Min.Trial : ready.Min.Trial;
    }

    private void Withdraw(int trial)
    {
        if (!keys.TryGetValue(trial, out var key) || !ready.Remove((key, trial)))
        {
            return;
        }

        if (lastWorkers.TryGetValue(trial, out var worker))
        {
            RemoveFrom(own, worker, (key, trial));
        }
    }

    private static SortedSet<T> SetOf<T>(Dictionary<string, SortedSet<T>> sets, string worker)
    {
        if (!sets.TryGetValue(worker, out var set))
        {
            sets[worker] = set = [];
        }

        return set;
    }

    private static void RemoveFrom<T>(Dictionary<string, SortedSet<T>> sets, string worker, T entry)
    {
        if (sets.TryGetValue(worker, out var set) && set.Remove(entry) && set.Count == 0)
        {
            sets.Remove(worker);
        }
    }

    /// <summary>A lease as it stands.</summary>
    internal sealed class Hold
    {
        public required string Worker { get; init; }

        public DateTimeOffset Until { get; set; }

        /// <summary>Whether the worker has said that it has it: an answer may have been lost.</summary>
        public bool IsConfirmed { get; set; }
    }
}
