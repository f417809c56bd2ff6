using System.Diagnostics;
using System.Runtime.Intrinsics.X86;
using ApproxCluster.Search;
using ApproxCluster.Trainer;

namespace ApproxCluster.Engine.Tests;

/// <summary>Workers in a process that has no fused multiply-add, as on a processor without it.</summary>
public sealed class MissingFmaTests
{
    private const string ReplyVariable = "APPROX_TEST_REPLY";

    // Five of them from the model, whose sums are of fused multiply-adds.
    private const string Rest = "sampler: {gp: {n_startup_trials: 5}}\ntrials: 10";
    private const string Script = "for epoch in 1 2 3 4; do echo \"{\\\"epoch\\\": $epoch, \\\"validation.loss\\\": $((($APPROX_TRIAL * 7 + 3) % 11)).$epoch}\"; done\n";

    [Fact]
    public async Task Run_ProcessWithoutFma_RunsProgramsToTheSameDigestAndLeasesNoNetwork()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && X86Base.IsSupported, "Programs train trials on Linux only, and only x64 has processors without FMA.");

        var reply = await AskAsync();

        Assert.Equal("False", reply[0]);
        Assert.Equal(await ProgramsDigestAsync(), reply[1]);
        Assert.Equal("0", reply[2]);
        Assert.Contains("offers no fused multiply-add", reply[3], StringComparison.Ordinal);
    }

    /// <summary>Not a test of its own: what the process above runs.</summary>
    [Fact]
    public async Task Reply()
    {
        if (Environment.GetEnvironmentVariable(ReplyVariable) is not { } path)
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

    private static async Task<string[]> AskAsync()
    {
        var path = Path.GetTempFileName();
        try
        {
            var start = new ProcessStartInfo("dotnet", [typeof(MissingFmaTests).Assembly.Location, "-noColor", "-method", $"{typeof(MissingFmaTests).FullName}.{nameof(Reply)}"])
            {
                RedirectStandardOutput = true,
            };

            // It turns FMA off as well; a switch of FMA's own there is none.
            start.Environment["DOTNET_EnableAVX2"] = "0";
            start.Environment[ReplyVariable] = path;
            using var process = Process.Start(start)!;
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            Assert.True(process.ExitCode == 0, output);
            return await File.ReadAllLinesAsync(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
