using System.Diagnostics;
using System.Text;

namespace ApproxCluster.EndToEnd.Tests;

/// <summary>A command line, or a silo, in a process of its own.</summary>
internal sealed class ApproxProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly StringBuilder error = new();
    private readonly Task reading;
    private readonly List<(string Text, TaskCompletionSource<string> Seen)> awaited = [];

    private ApproxProcess(Process process)
    {
        this.process = process;
        reading = Task.WhenAll(ReadAsync(process.StandardOutput, output), ReadAsync(process.StandardError, error));
    }

    /// <summary>Starts a command line in a folder.</summary>
    public static ApproxProcess Start(string folder, IEnumerable<string> arguments, params (string Name, string Value)[] environment) =>
        StartProgram(Repository.Program, folder, arguments, environment);

    /// <summary>Starts a silo on free ports; it says where it is.</summary>
    public static ApproxProcess StartSilo(string folder, params string[] arguments) => StartSilo(folder, arguments, []);

    /// <summary>As the other, with variables in its environment.</summary>
    public static ApproxProcess StartSilo(string folder, IEnumerable<string> arguments, (string Name, string Value)[] environment) =>
        StartProgram(Repository.Silo, folder, [.. arguments, "--silo-port", "0", "--gateway-port", "0", "--http", "0"], environment);

    /// <summary>Runs a command line to its end.</summary>
    public static async Task<Ended> RunAsync(string folder, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        using var process = Start(folder, arguments, environment);
        return await process.EndAsync();
    }

    /// <summary>The first line that contains a text, once it is there. Throws when the process ends without.</summary>
    public async Task<string> SeeAsync(string text)
    {
        var seen = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (awaited)
        {
            if ($"{output}{error}".Split('\n').FirstOrDefault(line => line.Contains(text, StringComparison.Ordinal)) is { } present)
            {
                return present;
            }

            awaited.Add((text, seen));
        }

        await Task.WhenAny(seen.Task, reading).WaitAsync(Patience);
        Assert.True(seen.Task.IsCompleted, $"The process has ended without saying '{text}': {output}{error}");
        return await seen.Task;
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
        return new Ended(process.ExitCode, output.ToString(), error.ToString());
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        process.Dispose();
    }

    private static ApproxProcess StartProgram(
        string program, string folder, IEnumerable<string> arguments, (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(program);
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

    private async Task ReadAsync(StreamReader stream, StringBuilder text)
    {
        while (await stream.ReadLineAsync() is { } line)
        {
            lock (awaited)
            {
                text.AppendLine(line);
                foreach (var (_, seen) in awaited.Where(wait => line.Contains(wait.Text, StringComparison.Ordinal)))
                {
                    seen.TrySetResult(line);
                }
            }
        }
    }
}

/// <summary>How a process ended.</summary>
internal sealed record Ended(int ExitCode, string Output, string Error);
