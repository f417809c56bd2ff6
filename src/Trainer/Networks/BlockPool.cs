namespace ApproxCluster.Trainer;

/// <summary>
/// Native memory between two trials: the next one of about the size takes it over, so the operating system need not hand out and clear new pages. Idle blocks are bounded
/// in bytes; the longest idle goes first. Thread-safe.
/// </summary>
/// <param name="limitBytes">Most bytes of idle blocks.</param>
internal sealed class BlockPool(long limitBytes) : IDisposable
{
    private readonly Lock gate = new();
    private readonly LinkedList<NativeBlock> idle = [];
    private long used;
    private bool disposed;

    /// <summary>Bytes of idle blocks.</summary>
    public long IdleBytes
    {
        get
        {
            lock (gate)
            {
                return used;
            }
        }
    }

    /// <summary>The smallest idle block that is large enough, and at most an eighth larger; else a new one.</summary>
    public NativeBlock Rent(nint floats)
    {
        lock (gate)
        {
            LinkedListNode<NativeBlock>? best = null;
            for (var node = idle.First; node is not null; node = node.Next)
            {
                var capacity = node.Value.Capacity;
                if (capacity >= floats && capacity <= floats + floats / 8 && (best is null || capacity < best.Value.Capacity))
                {
                    best = node;
                }
            }

            if (best is not null)
            {
                idle.Remove(best);
                used -= Bytes(best.Value);
                best.Value.Reuse(floats);
                return best.Value;
            }
        }

        return new NativeBlock(floats, this);
    }

    /// <summary>Keeps a block that nobody uses any more; false when it is not wanted.</summary>
    public bool Keep(NativeBlock block)
    {
        lock (gate)
        {
            if (disposed || Bytes(block) > limitBytes)
            {
                return false;
            }

            idle.AddLast(block);
            used += Bytes(block);
            while (used > limitBytes)
            {
                var oldest = idle.First!.Value;
                idle.RemoveFirst();
                used -= Bytes(oldest);
                oldest.Leave();
            }

            return true;
        }
    }

    /// <summary>Frees all idle blocks; those in use are freed when they come back.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            disposed = true;
            foreach (var block in idle)
            {
                block.Leave();
            }

            idle.Clear();
            used = 0;
        }
    }

    private static long Bytes(NativeBlock block) => (long)block.Capacity * sizeof(float);
}
