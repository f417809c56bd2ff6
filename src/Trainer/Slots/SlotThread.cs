using System.Runtime.InteropServices;

namespace ApproxCluster.Trainer;

/// <summary>A thread that yields to everything else on the machine.</summary>
internal static partial class SlotThread
{
    private const int PriorityOfThread = 0;

    /// <summary>
    /// Lowers the calling thread's priority. On Linux Thread.Priority does nothing, but setpriority on the thread's id does, without privileges; elsewhere, and
    /// where it is refused, the thread stays as it is.
    /// </summary>
    public static void LowerPriority(int niceness)
    {
        if (niceness <= 0 || !OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            _ = SetPriority(PriorityOfThread, GetThreadId(), niceness);
        }
        catch (Exception error) when (error is DllNotFoundException or EntryPointNotFoundException)
        {
            // An old or other C library; speed is the same, only the machine's other work waits longer.
        }
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, int who, int priority);

    [LibraryImport("libc", EntryPoint = "gettid")]
    private static partial int GetThreadId();
}
