using System.Runtime.Intrinsics;
using ApproxCluster.Testing;

namespace ApproxCluster.Trainer.Tests;

/// <summary>A process with other settings of the runtime that trains every workload of <see cref="WorkloadBits"/>.</summary>
public class WorkloadProcess
{
    /// <summary>Runs it. Answers the vector width in use and a digest for each workload, or why the process refuses to train.</summary>
    /// <param name="variables">Environment variables that it gets beside those of this process.</param>
    internal static string[] Ask(params (string Name, string Value)[] variables) => TestProcess.Ask(typeof(WorkloadProcess), nameof(Reply), variables);

    /// <summary>Not a test of its own: what the process runs.</summary>
    [Fact]
    public void Reply()
    {
        if (TestProcess.ReplyPath is not { } path)
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
