using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;

namespace ApproxCluster.EndToEnd.Tests;

/// <summary>A process of ours with its output; ended with the test.</summary>
internal sealed class RunningProgram : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly StringBuilder errors = new();
    private readonly BlockingCollection<string> lines = [];

    private RunningProgram(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, line) => Keep(line.Data, output);
        process.ErrorDataReceived += (_, line) => Keep(line.Data, errors);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id => process.Id;

    public string Output => Text(output);

    public string Errors => Text(errors);

    /// <summary>Starts dotnet with a program and arguments.</summary>
    public static RunningProgram Start(string program, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Repository.Root };
        start.ArgumentList.Add(program);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new RunningProgram(Process.Start(start)!);
    }

    /// <summary>Runs to the end and returns the exit code.</summary>
    public int Wait()
    {
        if (!process.WaitForExit(Patience))
        {
            throw new TimeoutException($"The program did not end within {Patience}. It said: {Output}{Errors}");
        }

        process.WaitForExit();
        return process.ExitCode;
    }

    /// <summary>Waits for a line, on either stream, that a test accepts.</summary>
    public string WaitForLine(string what, Func<string, bool> accept)
    {
        while (lines.TryTake(out var line, Patience))
        {
            if (accept(line))
            {
                return line;
            }
        }

        throw new TimeoutException($"No line came that is {what}. The program said: {Output}{Errors}");
    }

    /// <summary>Sends a signal by name, such as INT.</summary>
    public void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", FormattableString.Invariant($"{process.Id}")]);
        kill.WaitForExit();
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }

        process.Dispose();
        lines.Dispose();
    }

    private static string Text(StringBuilder builder)
    {
        lock (builder)
        {
            return builder.ToString();
        }
    }

    private void Keep(string? line, StringBuilder builder)
    {
        if (line is null)
        {
            return;
        }

        lock (builder)
        {
            builder.AppendLine(line);
        }

        lines.Add(line);
    }
}
