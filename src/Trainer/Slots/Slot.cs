namespace ApproxCluster.Trainer;

/// <summary>What one slot keeps from trial to trial. Its thread's own.</summary>
internal sealed class Slot
{
    /// <summary>Largest buffer that outlives a checkpoint: larger ones are rare, and memory is better spent on runs.</summary>
    private const int KeptBytes = 128 << 20;

    private byte[] buffer = [];

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
}
