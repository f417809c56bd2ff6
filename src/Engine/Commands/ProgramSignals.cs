using System.Runtime.InteropServices;

namespace ApproxCluster.Engine;

/// <summary>Signals to all processes of a group. A group that is gone is no fault.</summary>
internal static partial class ProgramSignals
{
    private const int Kill = 9;
    private const int Terminate = 15;
    private const int Continue = 18;
    private const int Stop = 19;

    /// <summary>Asks a group to end; one that is stopped wakes up for it.</summary>
    public static void AskToEnd(int group)
    {
        _ = Send(-group, Terminate);
        _ = Send(-group, Continue);
    }

    /// <summary>Ends a group on the spot.</summary>
    public static void End(int group) => _ = Send(-group, Kill);

    /// <summary>Stops a group where it is.</summary>
    public static void Freeze(int group) => _ = Send(-group, Stop);

    /// <summary>Lets a stopped group go on.</summary>
    public static void Thaw(int group) => _ = Send(-group, Continue);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Send(int process, int signal);
}
