using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace ApproxCluster.Trainer;

/// <summary>Work that the members of a team do at the same time, each its own part.</summary>
internal interface ITeamWork
{
    /// <summary>Does a member's part.</summary>
    /// <param name="member">0 (the calling thread) to the team's size - 1.</param>
    void Do(int member);
}

/// <summary>
/// The calling thread and some helpers, which work together for microseconds at a time, thousands of times a second. Helpers look out for the next work for a
/// moment and then sleep, so that a team between two epochs costs nothing; likewise the caller when it waits for a helper that the machine has put aside.
/// Allocates nothing once it is there. One caller at a time.
/// </summary>
internal sealed class Team : IDisposable
{
    // Some ten microseconds, as long as the calling thread is alone between two parts of a step; none where the threads would take each other's processor.
    private const int LookOuts = 400;

    private readonly object gate = new();
    private readonly Thread[] helpers;
    private readonly int lookOuts;
    private readonly ThreadShare? threads;
    private readonly TeamPace? pace;
    private ITeamWork? work;
    private ExceptionDispatchInfo? fault;
    private int round;
    private int left;
    private int sleeping;
    private int callerSleeps;
    private bool stopping;

    /// <summary>Starts the helpers.</summary>
    /// <param name="size">Threads in all, at least 1.</param>
    /// <param name="niceness">0..19, of the helpers.</param>
    /// <param name="threads">How many threads it may be; null for always all.</param>
    public Team(int size, int niceness = 0, ThreadShare? threads = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        this.threads = threads;
        pace = threads is null || size == 1 ? null : new TeamPace(size, Stopwatch.Frequency);
        lookOuts = size <= Environment.ProcessorCount ? LookOuts : 0;
        helpers = [.. Enumerable.Range(1, size - 1).Select(member => new Thread(() => Help(member, niceness)) { IsBackground = true, Name = $"helper {member}" })];
        foreach (var helper in helpers)
        {
            helper.Start();
        }
    }

    /// <summary>Threads in all.</summary>
    public int Size => helpers.Length + 1;

    /// <summary>Whether the helpers may work now, others not wanting their processors: other trials, or, as far as can be told, other processes.</summary>
    public bool IsFree => threads is null || (threads.Threads >= Size && (pace is null || pace.Pays(Stopwatch.GetTimestamp())));

    /// <summary>Does work together and returns when every part is done. What a part throws is thrown here, after all have ended.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(ITeamWork shared)
    {
        ObjectDisposedException.ThrowIf(stopping, this);
        work = shared;
        Volatile.Write(ref left, helpers.Length);
        Interlocked.Increment(ref round);
        if (Volatile.Read(ref sleeping) > 0)
        {
            lock (gate)
            {
                Monitor.PulseAll(gate);
            }
        }

        var began = Stopwatch.GetTimestamp();
        Do(0);
        var done = Stopwatch.GetTimestamp();
        AwaitHelpers();
        var ended = Stopwatch.GetTimestamp();
        pace?.Add(done - began, ended - done, ended);
        work = null;
        if (fault is { } found)
        {
            fault = null;
            found.Throw();
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        lock (gate)
        {
            stopping = true;
            Monitor.PulseAll(gate);
        }

        foreach (var helper in helpers)
        {
            helper.Join();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Help(int member, int niceness)
    {
        SlotThread.LowerPriority(niceness);
        for (var seen = 0; AwaitRound(seen); seen++)
        {
            Do(member);
            if (Interlocked.Decrement(ref left) == 0 && Volatile.Read(ref callerSleeps) != 0)
            {
                lock (gate)
                {
                    Monitor.PulseAll(gate);
                }
            }
        }
    }

    private void Do(int member)
    {
        try
        {
            work!.Do(member);
        }
#pragma warning disable CA1031 // It is thrown again, on the calling thread.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Interlocked.CompareExchange(ref fault, ExceptionDispatchInfo.Capture(error), null);
        }
    }

    /// <summary>Waits for the round after one; false when there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool AwaitRound(int seen)
    {
        for (var i = 0; i < lookOuts; i++)
        {
            if (Volatile.Read(ref round) != seen)
            {
                return true;
            }

            Thread.SpinWait(8);
        }

        lock (gate)
        {
            // Told before the last look, as the caller looks after telling: one of the two sees the other.
            Interlocked.Increment(ref sleeping);
            while (Volatile.Read(ref round) == seen && !stopping)
            {
                Monitor.Wait(gate);
            }

            Interlocked.Decrement(ref sleeping);
            return Volatile.Read(ref round) != seen;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AwaitHelpers()
    {
        for (var i = 0; i < lookOuts; i++)
        {
            if (Volatile.Read(ref left) == 0)
            {
                return;
            }

            Thread.SpinWait(8);
        }

        lock (gate)
        {
            Interlocked.Exchange(ref callerSleeps, 1);
            while (Volatile.Read(ref left) > 0)
            {
                Monitor.Wait(gate);
            }

            callerSleeps = 0;
        }
    }
}
