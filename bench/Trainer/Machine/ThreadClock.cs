using System.Runtime.InteropServices;

namespace ApproxCluster.Bench.Trainer;

/// <summary>
/// Seconds of processor time of the calling thread, so that other work on the machine costs little but its share of the caches. Where the system
/// has no such clock, wall time.
/// </summary>
internal static unsafe partial class ThreadClock
{
    private const int ThreadProcessorTime = 3;

    /// <summary>Seconds since some moment.</summary>
    public static double Seconds
    {
        get
        {
            if (OperatingSystem.IsLinux())
            {
                long* time = stackalloc long[2];
                if (GetTime(ThreadProcessorTime, time) == 0)
                {
                    return time[0] + time[1] * 1e-9;
                }
            }

            return System.Diagnostics.Stopwatch.GetTimestamp() / (double)System.Diagnostics.Stopwatch.Frequency;
        }
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, long* time);
}
