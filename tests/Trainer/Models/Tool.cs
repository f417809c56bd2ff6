using System.Diagnostics;

namespace ApproxCluster.Trainer.Tests;

/// <summary>A program that tests use where it is there.</summary>
internal static class Tool
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>Runs a program to its end: whether it exists and ended with 0, and what it said.</summary>
    public static async Task<(bool Done, string Said)> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            using var limit = new CancellationTokenSource(Patience);
            var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode == 0, string.Concat(said).Trim());
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return (false, $"{program} is not installed.");
        }
        catch (OperationCanceledException)
        {
            return (false, $"{program} took longer than {Patience.TotalMinutes} minutes.");
        }
    }
}
