using System.Numerics;

namespace ApproxCluster.Trainer;

/// <summary>
/// How many threads a trial may have now: those of its slot, and those of slots that have nothing to do, in equal parts by powers of two, so that the parts change seldom. Decides about time
/// only.
/// </summary>
/// <param name="slots">Slots, at least 1.</param>
/// <param name="threadsPerTrial">Threads of each, at least 1.</param>
internal sealed class ThreadShare(int slots, int threadsPerTrial)
{
    private int busy;

    /// <summary>Slots that have a trial.</summary>
    public int Busy => Volatile.Read(ref busy);

    /// <summary>Threads for each of them.</summary>
    public int Threads => Math.Min(TrainerLimits.Threads, threadsPerTrial << BitOperations.Log2((uint)(slots / Math.Max(1, Busy))));

    /// <summary>A slot has got a trial.</summary>
    public void Begin() => Interlocked.Increment(ref busy);

    /// <summary>A slot has nothing to do.</summary>
    public void End() => Interlocked.Decrement(ref busy);
}
