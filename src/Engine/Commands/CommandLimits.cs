using ApproxCluster.Search;

namespace ApproxCluster.Engine;

/// <summary>What a program may take, from the moment that it is followed: time, silence and memory.</summary>
internal sealed class CommandLimits(CommandSpec command, ProgramProcess program, TimeProvider time, ProcessMemory memory)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongLook = TimeSpan.FromSeconds(10);

    private readonly long began = time.GetTimestamp();
    private long reported = time.GetTimestamp();

    /// <summary>How long the program has run since its start, but for the time that it was frozen.</summary>
    public TimeSpan Ran => program.RanBefore + time.GetElapsedTime(began);

    /// <summary>When to look next.</summary>
    public TimeSpan NextLook
    {
        get
        {
            var next = command.MemoryMib is null ? LongLook : Look;
            next = Earlier(next, command.TrialSeconds, Ran);
            return Earlier(next, command.EpochSeconds, time.GetElapsedTime(reported));
        }
    }

    /// <summary>A report has come: the time since the one before.</summary>
    public TimeSpan Reported()
    {
        var elapsed = time.GetElapsedTime(reported);
        reported = time.GetTimestamp();
        return elapsed;
    }

    /// <summary>Which limit is exceeded, or null.</summary>
    public string? Fault() =>
        IsOver(command.TrialSeconds, Ran) ? FormattableString.Invariant($"it ran longer than limits.trial_seconds, which is {command.TrialSeconds}")
        : IsOver(command.EpochSeconds, time.GetElapsedTime(reported)) ? FormattableString.Invariant($"it ran without a report for longer than limits.epoch_seconds, which is {command.EpochSeconds}")
        : command.MemoryMib is { } most && memory.Of(program.Group) > (long)most << 20 ? FormattableString.Invariant($"its memory was more than limits.memory_mib, which is {most}")
        : null;

    private static TimeSpan Earlier(TimeSpan next, double? seconds, TimeSpan passed)
    {
        if (seconds is not { } limit)
        {
            return next;
        }

        var left = TimeSpan.FromSeconds(limit) - passed + TimeSpan.FromMilliseconds(1);
        return left < next ? left < TimeSpan.Zero ? TimeSpan.Zero : left : next;
    }

    private static bool IsOver(double? seconds, TimeSpan passed) => seconds is { } limit && passed > TimeSpan.FromSeconds(limit);
}
