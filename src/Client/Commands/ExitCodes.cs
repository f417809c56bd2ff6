namespace ApproxCluster.Client.Commands;

/// <summary>What the process ends with; scripts rely on these.</summary>
internal static class ExitCodes
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int Usage = 2;
    public const int Unreachable = 3;
    public const int NotFound = 4;
    public const int TimedOut = 124;
    public const int HungUp = 129;
    public const int Interrupted = 130;
    public const int Terminated = 143;
}

/// <summary>A command cannot go on: the message is for the user and ends with what to do.</summary>
internal sealed class CommandException : Exception
{
    public CommandException(int exitCode, string message, Exception? inner = null)
        : base(message, inner)
    {
        ExitCode = exitCode;
    }

    /// <summary>What the process ends with.</summary>
    public int ExitCode { get; }

    /// <summary>Something that was named does not exist.</summary>
    public static CommandException NotFound(string message) => new(ExitCodes.NotFound, message);

    /// <summary>The command or a file is wrong.</summary>
    public static CommandException Usage(string message) => new(ExitCodes.Usage, message);
}
