namespace ApproxCluster.Trainer;

/// <summary>What one slot keeps from trial to trial. Its thread's own.</summary>
/// <param name="number">Its number, from 0.</param>
/// <param name="threads">How many threads train a trial, the slot's own among them.</param>
/// <param name="niceness">Of the others.</param>
internal sealed class Slot(int number, ThreadShare threads, int niceness) : IDisposable
{
    /// <summary>Largest buffer that outlives a checkpoint: larger ones are rare, and memory is better spent on runs.</summary>
    private const int KeptBytes = 128 << 20;

    private byte[] buffer = [];
    private Team? team;

    /// <summary>Its number, from 0.</summary>
    public int Number => number;

    /// <summary>Who trains a trial now; null for the slot's thread alone. Another one ends the one before.</summary>
    /// <param name="most">Threads that the trial has use for.</param>
    public Team? TeamOf(int most)
    {
        var size = Math.Min(threads.Threads, most);
        if (size > 1 && team?.Size != size)
        {
            team?.Dispose();
            team = new Team(size, niceness, threads);
        }

        return size > 1 ? team : null;
    }

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
    public void Dispose() => team?.Dispose();
}
