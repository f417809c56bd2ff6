namespace ApproxCluster.Trainer;

/// <summary>
/// N dedicated threads, niced through setpriority on Linux (Thread.Priority does nothing there), that take segments from one shared queue
/// in the order given. A run stays in memory between its segments while memory allows, else it continues from its checkpoint.
/// </summary>
public sealed class TrainingSlots : IDisposable
{
    /// <summary>Memory for runs between segments.</summary>
    public const long KeptBytes = 2L << 30;

    /// <summary>Memory of ended runs that waits for the next.</summary>
    private const long IdleBytes = 256L << 20;

    private static readonly TimeSpan CheckpointInterval = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private readonly LinkedList<Work> queue = [];
    private readonly Dictionary<(string Sweep, int Trial), Work> active = [];
    private readonly SemaphoreSlim available = new(0);
    private readonly RunCache cache = new(KeptBytes);
    private readonly BlockPool pool = new(IdleBytes);
    private readonly ISegmentListener listener;
    private readonly ICheckpointStore checkpoints;
    private readonly SegmentRunner networks;
    private readonly ThreadShare share;
    private readonly Thread[] threads;
    private bool stopping;

    /// <summary>Starts the threads.</summary>
    /// <param name="count">Slots, at least 1.</param>
    /// <param name="listener">Told of progress.</param>
    /// <param name="checkpoints">Keeps checkpoints.</param>
    /// <param name="time">Clock for the checkpoint interval and for epoch durations.</param>
    /// <param name="niceness">0..19; default 10.</param>
    /// <param name="threadsPerTrial">Threads of each slot, 1..<see cref="TrainerLimits.Threads"/>; default 1. Slots that have nothing to do lend theirs. No result depends on it.</param>
    public TrainingSlots(int count, ISegmentListener listener, ICheckpointStore checkpoints, TimeProvider time, int niceness = 10, int threadsPerTrial = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(threadsPerTrial, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(threadsPerTrial, TrainerLimits.Threads);
        (this.listener, this.checkpoints) = (listener, checkpoints);
        networks = new SegmentRunner(cache, pool, time, CheckpointInterval);
        share = new ThreadShare(count, threadsPerTrial);
        threads = [.. Enumerable.Range(0, count).Select(number => new Thread(() => Serve(number, niceness)) { IsBackground = true, Name = $"slot {number}" })];
        foreach (var thread in threads)
        {
            thread.Start();
        }
    }

    /// <summary>Number of slots.</summary>
    public int Count => threads.Length;

    /// <summary>Slots that train now.</summary>
    public int Busy => share.Busy;

    /// <summary>Segments running or queued: (sweep, trial, attempt).</summary>
    public IReadOnlyList<(string Sweep, int Trial, int Attempt)> Active
    {
        get
        {
            lock (gate)
            {
                return [.. active.Values.Select(work => (work.Request.Sweep, work.Request.Trial, work.Request.Attempt))];
            }
        }
    }

    /// <summary>Queues a segment. It replaces one of an earlier attempt of the same trial; a repeated or older one is ignored.</summary>
    public void Enqueue(SegmentRequest request)
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(stopping, this);
            var key = (request.Sweep, request.Trial);
            if (active.TryGetValue(key, out var other))
            {
                if (other.Request.Attempt >= request.Attempt)
                {
                    return;
                }

                Interrupt(other, save: false);
            }

            var work = new Work(request);
            active[key] = work;
            queue.AddLast(work);
        }

        available.Release();
    }

    /// <summary>Interrupts a trial's segment, a network's at the next batch boundary; saves a checkpoint first when asked.</summary>
    public void Cancel(string sweep, int trial, bool saveCheckpoint)
    {
        lock (gate)
        {
            if (active.TryGetValue((sweep, trial), out var work))
            {
                Interrupt(work, saveCheckpoint);
            }
        }
    }

    /// <summary>Forgets an ended trial's run.</summary>
    public void Forget(string sweep, int trial) => cache.Take(sweep, trial)?.Dispose();

    /// <summary>Interrupts everything at the next batch boundary, saves checkpoints, and waits for the threads.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            if (stopping)
            {
                return;
            }

            stopping = true;
            foreach (var work in active.Values)
            {
                Interrupt(work, save: true);
            }
        }

        available.Release(threads.Length);
        foreach (var thread in threads)
        {
            thread.Join();
        }

        cache.Dispose();
        pool.Dispose();
    }

    private static void Interrupt(Work work, bool save)
    {
        work.Save = save;
        work.Cancellation.Cancel();
    }

    private void Serve(int number, int niceness)
    {
        SlotThread.LowerPriority(niceness);
        using var slot = new Slot(number, share, niceness);
        while (true)
        {
            available.Wait();
            Work? work;
            lock (gate)
            {
                work = queue.First?.Value;
                if (work is null)
                {
                    if (stopping)
                    {
                        return;
                    }

                    continue;
                }

                queue.RemoveFirst();
            }

            share.Begin();
            var outcome = Train(work, slot);
            share.End();
            lock (gate)
            {
                var key = (work.Request.Sweep, work.Request.Trial);
                if (active.GetValueOrDefault(key) == work)
                {
                    active.Remove(key);
                }
            }

            if (outcome is null)
            {
                listener.SegmentInterrupted(work.Request);
            }
            else
            {
                listener.SegmentDone(outcome);
            }

            work.Cancellation.Dispose();
        }
    }

    private SegmentOutcome? Train(Work work, Slot slot)
    {
        try
        {
            return work.Cancellation.IsCancellationRequested
                ? null
                : work.Request.Run(new SlotScope(networks, slot, listener, checkpoints, () => work.Save, work.Cancellation.Token));
        }
#pragma warning disable CA1031 // Whatever a trial throws is its result; the slot goes on.
        catch (Exception error)
#pragma warning restore CA1031
        {
            return new SegmentOutcome(work.Request, [], Diverged: false, Test: null, error.Message);
        }
    }

    private sealed class Work(SegmentRequest request)
    {
        public SegmentRequest Request { get; } = request;

        public CancellationTokenSource Cancellation { get; } = new();

        public volatile bool Save;
    }
}
