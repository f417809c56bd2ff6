namespace ApproxCluster.Trainer;

/// <summary>What one slot keeps from trial to trial. Its thread's own.</summary>
/// <param name="number">Its number, from 0.</param>
/// <param name="threads">Threads that train a trial, the slot's own among them.</param>
/// <param name="niceness">Of the others.</param>
internal sealed class Slot(int number, int threads, int niceness) : IDisposable
{
    /// <summary>Largest buffer that outlives a checkpoint: larger ones are rare, and memory is better spent on runs.</summary>
    private const int KeptBytes = 128 << 20;

    private byte[] buffer = [];

    /// <summary>Its number, from 0.</summary>
    public int Number => number;

    /// <summary>Trains trials that are large enough; null when the slot has but one thread.</summary>
    public Team? Team { get; } = threads > 1 ? new Team(threads, niceness) : null;

    /// <summary>A checkpoint in the slot's buffer, valid until the next.</summary>
    public ReadOnlyMemory<byte> Checkpoint(TrainingRun run)
    {
        var checkpoint = run.SaveCheckpoint(ref buffer);
        if (buffer.Length > KeptBytes)
        {
            buffer = [];
        }

        return checkpoint;
    }

    /// <inheritdoc />
    public void Dispose() => Team?.Dispose();
}
