using System.Runtime.InteropServices;

namespace ApproxCluster.Trainer;

/// <summary>Native memory, aligned to a cache line (and a 512-bit vector); zeroed, unless it comes from a <see cref="BlockPool"/> and says otherwise.</summary>
internal sealed unsafe class NativeBlock : IDisposable
{
    private const int Alignment = 64;

    private BlockPool? pool;
    private void* memory;

    /// <summary>Takes new memory. Large pieces come zeroed from the operating system, page by page when first touched, so nothing is cleared twice.</summary>
    public NativeBlock(nint floats, BlockPool? pool = null)
    {
        this.pool = pool;
        (Floats, Capacity) = (floats, floats);
        memory = NativeMemory.AllocZeroed((nuint)Math.Max(16, floats) * sizeof(float) + Alignment);
        Start = (float*)(((nint)memory + Alignment - 1) & -Alignment);
    }

    ~NativeBlock() => Free();

    /// <summary>Floats in use.</summary>
    public nint Floats { get; private set; }

    /// <summary>Floats taken.</summary>
    public nint Capacity { get; }

    /// <summary>Whether an earlier user's numbers are in it.</summary>
    public bool IsDirty { get; private set; }

    /// <summary>The first float.</summary>
    public float* Start { get; private set; }

    /// <summary>Writes zeros where an earlier user may have left something else.</summary>
    public void Clear(nint start, nint floats)
    {
        if (IsDirty)
        {
            NativeMemory.Clear(Start + start, (nuint)floats * sizeof(float));
        }
    }

    /// <summary>Makes it ready for another user.</summary>
    public void Reuse(nint floats) => (Floats, IsDirty) = (floats, true);

    /// <summary>Gives it back to its pool, or frees it. Only once where there is a pool: it has another user then.</summary>
    public void Dispose()
    {
        if (pool is null || !pool.Keep(this))
        {
            Free();
            GC.SuppressFinalize(this);
        }
    }

    /// <summary>Frees it for good.</summary>
    public void Leave()
    {
        pool = null;
        Dispose();
    }

    private void Free()
    {
        NativeMemory.Free(memory);
        memory = null;
        Start = null;
    }
}
