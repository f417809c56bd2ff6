using System.Runtime.InteropServices;

namespace ApproxCluster.Bench.Trainer;

/// <summary>Ties the calling thread, and the processes it starts, to one processor; on Linux only.</summary>
internal static unsafe partial class Affinity
{
    private const int Bytes = 128;

    /// <summary>To the last processor that is allowed; gives what was allowed before.</summary>
    public static byte[] PinToLast()
    {
        var before = new byte[Bytes];
        if (OperatingSystem.IsLinux())
        {
            fixed (byte* mask = before)
            {
                _ = Get(0, Bytes, mask);
            }

            var last = Array.FindLastIndex(before, bits => bits != 0);
            if (last >= 0)
            {
                var one = new byte[Bytes];
                one[last] = (byte)(1 << (int)Math.Log2(before[last]));
                Restore(one);
            }
        }

        return before;
    }

    /// <summary>Back to what was allowed.</summary>
    public static void Restore(byte[] allowed)
    {
        if (OperatingSystem.IsLinux())
        {
            fixed (byte* mask = allowed)
            {
                _ = Set(0, Bytes, mask);
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "sched_getaffinity")]
    private static partial int Get(int thread, nint size, byte* mask);

    [LibraryImport("libc", EntryPoint = "sched_setaffinity")]
    private static partial int Set(int thread, nint size, byte* mask);
}
