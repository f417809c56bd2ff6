using System.Runtime.Intrinsics.X86;

namespace ApproxCluster.Trainer.Tests;

/// <summary>Whole runs, bit for bit: by every vector width in this process, and by a process that has fewer instructions.</summary>
public class WorkloadBitsTests
{
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
        var reply = WorkloadProcess.Ask(("DOTNET_EnableAVX512", "0"));
        Assert.Equal("256", reply[0]);
        Assert.Equal(WorkloadBits.Names.Select(name => WorkloadBits.Digest(name, null)), reply[1..]);
    }

    [Fact]
    public void Start_ProcessWithoutFma_IsRefused()
    {
        Assert.SkipUnless(X86Base.IsSupported, "Only x64 has processors without FMA.");
        Assert.Contains("offers no fused multiply-add", WorkloadProcess.Ask(("DOTNET_EnableAVX2", "0"))[0], StringComparison.Ordinal);
    }
}
