using System.Collections.Concurrent;
using System.Diagnostics;

namespace ApproxCluster.Engine;

/// <summary>
/// A running program with all its processes, which are one process group. Whoever follows it takes what it says one by one; what nobody takes waits, and makes it wait in the end. It ends with this
/// process, however that ends.
/// </summary>
internal sealed class ProgramProcess : IDisposable
{
    private const int MostWaiting = 1000;
    private const int MostLineBytes = 1 << 20;
    private const int StackBytes = 256 << 10;

    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);

    private readonly Process process;
    private readonly Process watch;
    private readonly BlockingCollection<ProgramNews> news = new(MostWaiting);
    private readonly CancellationTokenSource deaf = new();
    private readonly OutputTail tail = new();
    private readonly Thread[] readers;
    private bool isFrozen;
    private int isSwept;

    /// <summary>Starts it.</summary>
    public ProgramProcess(ProgramStart start)
    {
        (process, watch) = start.Start();
        readers = [new(ReadOutput, StackBytes) { IsBackground = true, Name = "program output" }, new(ReadErrors, StackBytes) { IsBackground = true, Name = "program errors" }];
        foreach (var reader in readers)
        {
            reader.Start();
        }

        // In this order: an end before the first line is told by the second.
        process.Exited += (_, _) => Exit();
        process.EnableRaisingEvents = true;
    }

    /// <summary>Its process group.</summary>
    public int Group => process.Id;

    /// <summary>How long it had run when it was frozen last.</summary>
    public TimeSpan RanBefore { get; set; }

    /// <summary>The last of what it wrote to standard error, or null.</summary>
    public string? Tail => tail.Text;

    /// <summary>
    /// What it has said or done next: a line of its output that may be a report, or its end; null when there is nothing before the time is over. Throws <see cref="OperationCanceledException"/>.
    /// </summary>
    public ProgramNews? Next(TimeSpan atMost, CancellationToken cancellationToken) =>
        news.TryTake(out var one, (int)Math.Clamp(atMost.TotalMilliseconds, 0, int.MaxValue), cancellationToken) ? one : null;

    /// <summary>Stops it where it is: it takes no more time, only memory.</summary>
    public void Freeze()
    {
        ProgramSignals.Freeze(Group);
        isFrozen = true;
    }

    /// <summary>Lets it go on.</summary>
    public void Thaw()
    {
        if (isFrozen)
        {
            ProgramSignals.Thaw(Group);
            isFrozen = false;
        }
    }

    /// <summary>Ends it: politely, and after the grace hard, its children with it. Returns when it is gone.</summary>
    public void End(TimeSpan grace)
    {
        deaf.Cancel();
        if (!process.HasExited)
        {
            ProgramSignals.AskToEnd(Group);
            if (!process.WaitForExit(grace))
            {
                ProgramSignals.End(Group);
                process.WaitForExit(Timeout.Infinite);
            }
        }

        Dispose();
    }

    /// <summary>Lets go of it, and ends what it left behind. Its output is lost.</summary>
    public void Dispose()
    {
        deaf.Cancel();
        Sweep();
        ProgramStart.Tell(watch, "over");
        watch.Dispose();
        foreach (var reader in readers)
        {
            reader.Join(LastWords);
        }

        process.Dispose();
    }

    private void Exit()
    {
        Sweep();
        foreach (var reader in readers)
        {
            reader.Join(LastWords);
        }

        try
        {
            Tell(new ProgramNews(null, process.ExitCode));
        }
        catch (InvalidOperationException)
        {
            // Disposed meanwhile: nobody listens any more.
        }
    }

    /// <summary>Ends what it has left behind, which would hold its output open. Once: afterwards the group's number may be another's.</summary>
    private void Sweep()
    {
        if (Interlocked.Exchange(ref isSwept, 1) == 0)
        {
            ProgramSignals.End(Group);
        }
    }

    private void ReadOutput() => ReadLines(process.StandardOutput.BaseStream, (line, isCut) =>
    {
        if (!isCut && line.AsSpan().TrimStart().StartsWith("{", StringComparison.Ordinal))
        {
            Tell(new ProgramNews(line, null));
        }
    });

    private void ReadErrors() => ReadLines(process.StandardError.BaseStream, (line, _) => tail.Add(line));

    private static void ReadLines(Stream stream, Action<string, bool> take)
    {
        try
        {
            var reader = new LineReader(stream, MostLineBytes);
            while (reader.Read() is { } line)
            {
                take(line.Text, line.IsCut);
            }
        }
        catch (Exception fault) when (fault is IOException or ObjectDisposedException)
        {
            // The pipe is closed: it has nothing more to say.
        }
    }

    private void Tell(ProgramNews one)
    {
        try
        {
            news.Add(one, deaf.Token);
        }
        catch (OperationCanceledException)
        {
            // Nobody listens any more.
        }
    }
}

/// <summary>What a program has said, or how it has ended.</summary>
/// <param name="Line">A line that may be a report; null at the end.</param>
/// <param name="ExitCode">Its exit code at the end; 128 and the signal's number where a signal ended it.</param>
internal sealed record ProgramNews(string? Line, int? ExitCode);
