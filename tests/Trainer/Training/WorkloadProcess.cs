using System.Diagnostics;
using System.Runtime.Intrinsics;

namespace ApproxCluster.Trainer.Tests;

/// <summary>A process with other settings of the runtime that trains every workload of <see cref="WorkloadBits"/>.</summary>
public class WorkloadProcess
{
    private const string ReplyVariable = "APPROX_TEST_REPLY";

    /// <summary>Runs it. Answers the vector width in use and a digest for each workload, or why the process refuses to train.</summary>
    /// <param name="variables">Environment variables that it gets beside those of this process.</param>
    internal static string[] Ask(params (string Name, string Value)[] variables)
    {
        var path = Path.GetTempFileName();
        try
        {
            var assembly = typeof(WorkloadProcess).Assembly.Location;
            var start = new ProcessStartInfo("dotnet", [assembly, "-noColor", "-method", $"{typeof(WorkloadProcess).FullName}.{nameof(Reply)}"])
            {
                RedirectStandardOutput = true,
            };
            start.Environment[ReplyVariable] = path;
            foreach (var (name, value) in variables)
            {
                start.Environment[name] = value;
            }

            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, output);
            return File.ReadAllLines(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Not a test of its own: what the process runs.</summary>
    [Fact]
    public void Reply()
    {
        if (Environment.GetEnvironmentVariable(ReplyVariable) is not { } path)
        {
            return;
        }

        try
        {
            HardwareCheck.ThrowIfUnsupported();
            Assert.Equal(HardwareCheck.VectorBits == 512, Vector512.IsHardwareAccelerated);
            File.WriteAllLines(path, [$"{HardwareCheck.VectorBits}", .. WorkloadBits.Names.Select(name => WorkloadBits.Digest(name, null))]);
        }
        catch (PlatformNotSupportedException error)
        {
            File.WriteAllText(path, error.Message);
        }
    }
}
