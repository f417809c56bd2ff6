using System.Diagnostics;
using System.Text;

namespace ApproxCluster.EndToEnd.Tests;

/// <summary>A command line in a process of its own.</summary>
internal sealed class ApproxProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process process;
    private readonly StringBuilder error = new();
    private readonly Task<string> output;
    private readonly Task reading;
    private readonly List<(string Text, TaskCompletionSource Seen)> awaited = [];

    private ApproxProcess(Process process)
    {
        this.process = process;
        output = process.StandardOutput.ReadToEndAsync();
        reading = ReadErrorAsync();
    }

    /// <summary>Starts a command line in a folder.</summary>
    public static ApproxProcess Start(string folder, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Repository.Program);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var name in new[] { "APPROX_HOME", "APPROX_DATA", "NO_COLOR" })
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new ApproxProcess(Process.Start(start)!);
    }

    /// <summary>Runs a command line to its end.</summary>
    public static async Task<Ended> RunAsync(string folder, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        using var process = Start(folder, arguments, environment);
        return await process.EndAsync();
    }

    /// <summary>Waits until a line on standard error contains a text. Throws when the process ends without.</summary>
    public async Task SeeAsync(string text)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (error)
        {
            if (error.ToString().Contains(text, StringComparison.Ordinal))
            {
                return;
            }

            awaited.Add((text, seen));
        }

        await Task.WhenAny(seen.Task, reading).WaitAsync(Patience);
        Assert.True(seen.Task.IsCompleted, $"The process has ended without saying '{text}': {error}");
    }

    /// <summary>Sends a signal, such as INT.</summary>
    public void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Waits for the end.</summary>
    public async Task<Ended> EndAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(limit.Token);
        await reading;
        return new Ended(process.ExitCode, await output, error.ToString());
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        process.Dispose();
    }

    private async Task ReadErrorAsync()
    {
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            lock (error)
            {
                error.AppendLine(line);
                foreach (var (_, seen) in awaited.Where(wait => line.Contains(wait.Text, StringComparison.Ordinal)))
                {
                    seen.TrySetResult();
                }
            }
        }
    }
}

/// <summary>How a process ended.</summary>
internal sealed record Ended(int ExitCode, string Output, string Error);
