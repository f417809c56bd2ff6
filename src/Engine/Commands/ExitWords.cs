namespace ApproxCluster.Engine;

/// <summary>What a failed program's exit code says, in words that are the same on every machine.</summary>
internal static class ExitWords
{
    private const int Signalled = 128;

    /// <summary>The words.</summary>
    public static string Of(int code) => code switch
    {
        126 => "exit code 126: the program cannot be run",
        127 => "exit code 127: the program, or one that it calls, was not found",
        > Signalled and < Signalled + 65 => FormattableString.Invariant($"exit code {code}: signal {code - Signalled}{NameOf(code - Signalled)}"),
        _ => FormattableString.Invariant($"exit code {code}"),
    };

    private static string NameOf(int signal) => signal switch
    {
        2 => " (SIGINT)",
        4 => " (SIGILL)",
        6 => " (SIGABRT)",
        7 => " (SIGBUS)",
        8 => " (SIGFPE)",
        9 => " (SIGKILL, as when the machine has no memory left)",
        11 => " (SIGSEGV)",
        13 => " (SIGPIPE)",
        15 => " (SIGTERM)",
        _ => "",
    };
}
