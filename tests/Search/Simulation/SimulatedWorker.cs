namespace ApproxCluster.Search.Tests;

/// <summary>A worker as the coordinator sees it: slots of one speed, runs in memory, results that are sent until they are answered.</summary>
internal sealed class SimulatedWorker(string name, int slots, double speed, bool namesSegments, Func<Lease, SegmentResult> train)
{
    private readonly Dictionary<int, Lease> running = [];
    private readonly Dictionary<int, int> inMemory = [];
    private readonly List<SegmentResult> results = [];
    private readonly Dictionary<int, (int Attempt, int Segment)> newest = [];

    public string Name => name;

    public bool IsDead { get; set; }

    /// <summary>Number of the message whose answer it waits for; answers to earlier ones are dropped.</summary>
    public int Message { get; set; }

    public bool Waits { get; set; }

    public WorkerMessage Compose(bool drain)
    {
        List<TrialAttempt> returned = [];
        if (drain)
        {
            returned.AddRange(running.Values.Select(lease => new TrialAttempt(lease.Trial, lease.Attempt)));
            running.Clear();
            inMemory.Clear();
            newest.Clear();
        }

        var active = running.Values.Select(lease => new TrialAttempt(lease.Trial, lease.Attempt, namesSegments ? lease.Segment : -1))
            .Concat(inMemory.Where(run => !running.ContainsKey(run.Key)).Select(run => new TrialAttempt(run.Key, run.Value)));
        return new(name, drain ? 0 : slots - running.Count, [.. active], [.. results], returned);
    }

    /// <summary>Takes an answer; gives the leases to start with the time that each takes.</summary>
    public IEnumerable<(Lease Lease, double Time)> Take(WorkerMessage sent, WorkerReply reply)
    {
        results.RemoveAll(sent.Results.Contains);
        foreach (var stop in reply.Stop)
        {
            if (running.TryGetValue(stop.Trial, out var lease) && lease.Attempt == stop.Attempt)
            {
                running.Remove(stop.Trial);
            }

            if (inMemory.TryGetValue(stop.Trial, out var attempt) && attempt == stop.Attempt)
            {
                inMemory.Remove(stop.Trial);
                newest.Remove(stop.Trial);
            }
        }

        foreach (var lease in reply.Leases)
        {
            if ((lease.Attempt, lease.Segment).CompareTo(newest.GetValueOrDefault(lease.Trial, (0, 0))) > 0)
            {
                newest[lease.Trial] = (lease.Attempt, lease.Segment);
                running[lease.Trial] = lease;
                inMemory[lease.Trial] = lease.Attempt;
                yield return (lease, (lease.ToEpoch - lease.FromEpoch) * (lease.Configuration?.HiddenWidths[0] ?? lease.Parameters!.Whole("width")) * 0.1 / speed);
            }
        }
    }

    public bool Runs(Lease lease) => running.TryGetValue(lease.Trial, out var present) && ReferenceEquals(present, lease);

    public void Finish(Lease lease)
    {
        running.Remove(lease.Trial);
        results.Add(train(lease));
    }

    public int Running => running.Count;
}
