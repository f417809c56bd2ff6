using System.Runtime.InteropServices;

namespace ApproxCluster.Trainer;

/// <summary>Zeroed native memory, aligned to a cache line (and a 512-bit vector).</summary>
internal sealed unsafe class NativeBlock : IDisposable
{
    private const int Alignment = 64;
    private float* start;

    public NativeBlock(nint floats)
    {
        Floats = floats;
        start = (float*)NativeMemory.AlignedAlloc((nuint)Math.Max(16, floats) * sizeof(float), Alignment);
        NativeMemory.Clear(start, (nuint)Math.Max(16, floats) * sizeof(float));
    }

    ~NativeBlock() => Free();

    public nint Floats { get; }

    public float* Start => start;

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        NativeMemory.AlignedFree(start);
        start = null;
    }
}
