using System.Runtime.InteropServices;

namespace ApproxCluster.Trainer.Tests;

/// <summary>
/// Memory that ends, to the float, where a page begins that nobody may touch: one access too far ends the process. On systems other than
/// Linux ordinary memory. Starts on a multiple of 64 bytes as the sizes are multiples of 16 floats.
/// </summary>
internal sealed unsafe partial class GuardedBlock : IDisposable
{
    private const int Page = 4096;
    private readonly nint size;
    private readonly byte* map;

    public GuardedBlock(nint floats)
    {
        Floats = floats;
        var bytes = (floats * sizeof(float) + Page - 1) / Page * Page;
        size = bytes + Page;
        if (!OperatingSystem.IsLinux())
        {
            map = (byte*)NativeMemory.AlignedAlloc((nuint)size, Page);
        }
        else
        {
            map = (byte*)Map(0, size, protection: 3, flags: 0x22, -1, 0);
            Assert.NotEqual(-1, (nint)map);
            Assert.Equal(0, Protect((nint)(map + bytes), Page, 0));
        }

        Start = (float*)(map + bytes) - floats;
        new Span<float>(Start, (int)floats).Clear();
    }

    public nint Floats { get; }

    public float* Start { get; }

    public void Dispose()
    {
        if (OperatingSystem.IsLinux())
        {
            _ = Unmap((nint)map, size);
        }
        else
        {
            NativeMemory.AlignedFree(map);
        }
    }

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial nint Map(nint address, nint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Protect(nint address, nint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(nint address, nint length);
}
