using System.Diagnostics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ApproxCluster.Trainer.Tests;

/// <summary>Whole runs, bit for bit: by every vector width in this process, and by a process that has fewer instructions.</summary>
public class WorkloadBitsTests
{
    private const string ReplyVariable = "APPROX_TEST_REPLY";

    public static TheoryData<string> Names => [.. WorkloadBits.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Train_EveryVectorWidth_GivesTheSameBits(string name)
    {
        var digests = KernelSet.Available().Select(set => WorkloadBits.Digest(name, set)).ToList();
        Assert.True(digests.Count >= 2, "This machine has one vector width only, so nothing was compared.");
        Assert.Single(digests.Distinct());
    }

    [Fact]
    public void Train_ProcessWithoutAvx512_GivesTheSameBits()
    {
        var reply = Ask("DOTNET_EnableAVX512", "0");
        Assert.Equal("256", reply[0]);
        Assert.Equal(WorkloadBits.Names.Select(name => WorkloadBits.Digest(name, null)), reply[1..]);
    }

    [Fact]
    public void Start_ProcessWithoutFma_IsRefused()
    {
        Assert.SkipUnless(X86Base.IsSupported, "Only x64 has processors without FMA.");
        Assert.Contains("offers no fused multiply-add", Ask("DOTNET_EnableAVX2", "0")[0], StringComparison.Ordinal);
    }

    /// <summary>Not a test of its own: what the processes above run. It writes the width in use and a digest a line, or why it refuses.</summary>
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

    private static string[] Ask(string variable, string value)
    {
        var path = Path.GetTempFileName();
        try
        {
            var assembly = typeof(WorkloadBitsTests).Assembly.Location;
            var start = new ProcessStartInfo("dotnet", [assembly, "-noColor", "-method", $"{typeof(WorkloadBitsTests).FullName}.{nameof(Reply)}"])
            {
                RedirectStandardOutput = true,
            };
            start.Environment[variable] = value;
            start.Environment[ReplyVariable] = path;
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
}
