using System.Runtime.Intrinsics.X86;
using ApproxCluster.Search;
using ApproxCluster.Testing;
using ApproxCluster.Trainer;

namespace ApproxCluster.Engine.Tests;

/// <summary>Workers in a process that has no fused multiply-add, as on a processor without it.</summary>
public sealed class MissingFmaTests
{
    // Five of them from the model, whose sums are of fused multiply-adds.
    private const string Rest = "sampler: {gp: {n_startup_trials: 5}}\ntrials: 10";
    private const string Script = "for epoch in 1 2 3 4; do echo \"{\\\"epoch\\\": $epoch, \\\"validation.loss\\\": $((($APPROX_TRIAL * 7 + 3) % 11)).$epoch}\"; done\n";

    [Fact]
    public async Task Run_ProcessWithoutFma_RunsProgramsToTheSameDigestAndLeasesNoNetwork()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && X86Base.IsSupported, "Programs train trials on Linux only, and only x64 has processors without FMA.");

        // It turns FMA off as well; a switch of FMA's own there is none.
        var reply = TestProcess.Ask(typeof(MissingFmaTests), nameof(Reply), ("DOTNET_EnableAVX2", "0"));

        Assert.Equal("False", reply[0]);
        Assert.Equal(await ProgramsDigestAsync(), reply[1]);
        Assert.Equal("0", reply[2]);
        Assert.Contains("offers no fused multiply-add", reply[3], StringComparison.Ordinal);
    }

    /// <summary>Not a test of its own: what the process above runs.</summary>
    [Fact]
    public async Task Reply()
    {
        if (TestProcess.ReplyPath is not { } path)
        {
            return;
        }

        var asked = 0;
        var channel = new FakeChannel(Specs.Tiny, _ =>
        {
            asked++;
            return FakeChannel.Done();
        });
        await using var store = await TemporaryStore.CreateAsync();
        await using var worker = new SlotWorker(new() { Name = "test", Slots = 1, DataFolder = ".", Niceness = 0 }, store.Store, TimeProvider.System);
        var refusal = await Assert.ThrowsAsync<PlatformNotSupportedException>(() => worker.RunAsync(channel, CancellationToken.None));
        File.WriteAllLines(path, [$"{HardwareCheck.IsSupported}", await ProgramsDigestAsync(), $"{asked}", refusal.Message]);
    }

    private static async Task<string> ProgramsDigestAsync()
    {
        await using var sweep = await CommandSweep.CreateAsync();
        var state = await sweep.RunAsync(sweep.Spec(Script, rest: Rest));
        Assert.Equal(SweepStatus.Finished, state.Status);
        return state.Digest;
    }
}
