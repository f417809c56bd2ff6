using System.Diagnostics;
using System.Runtime.Intrinsics.X86;
using System.Text.Json.Nodes;
using ApproxCluster.Testing;

namespace ApproxCluster.EndToEnd.Tests;

/// <summary>The shipped example of a program that is tuned, as users run it. It needs Python 3.</summary>
public sealed class CommandTests : Workplace
{
    [Fact]
    public async Task Run_ShippedExample_SameDigestOnOneSlotAndTwo()
    {
        SkipWithoutPython();
        var example = Path.Combine(Repository.Root, "examples", "command.yaml");

        var one = await ApproxAsync("run", example, "-q", "-o", "json", "--slots", "1", "--home", "one");
        var two = await ApproxAsync("run", example, "-q", "-o", "json", "--slots", "2", "--home", "two");

        Assert.Equal(Digest(one), Digest(two));
        var document = JsonNode.Parse(one.Output)!;
        Assert.Equal("finished", document["status"]!.GetValue<string>());
        Assert.InRange(document["winner"]!["test_loss"]!.GetValue<double>(), 0, 0.05);
        Assert.Contains(document["trials"]!.AsArray(), trial => trial!["state"]!.GetValue<string>() == "pruned");
    }

    [Fact]
    public async Task Run_ProcessorWithoutFma_RunsProgramsAndRefusesNetworks()
    {
        SkipWithoutPython();
        Assert.SkipUnless(X86Base.IsSupported, "Only x64 has processors without FMA.");
        WriteExample(resumable: false);
        Write("network.yaml", "target: {kind: curve, samples: 64}\ntrials: 1\n");
        var expected = Digest(await ApproxAsync("run", "command.yaml", "-q", "-o", "json", "--home", "fma"));

        var program = await ApproxProcess.RunAsync(Folder, ["run", "command.yaml", "-q", "-o", "json"], ("DOTNET_EnableAVX2", "0"));
        var network = await ApproxProcess.RunAsync(Folder, ["run", "network.yaml", "-q"], ("DOTNET_EnableAVX2", "0"));

        Assert.Equal(expected, Digest(program));
        Assert.Equal(1, network.ExitCode);
        Assert.StartsWith("This processor, or this virtual machine, offers no fused multiply-add", network.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Silo_ProcessorWithoutFma_IsRefusedUnlessItMayRunPrograms()
    {
        ClusterTests.SkipWithoutSilo();
        Assert.SkipUnless(X86Base.IsSupported, "Only x64 has processors without FMA.");

        using var refused = ApproxProcess.StartSilo(Folder, ["--home", "silo"], [("DOTNET_EnableAVX2", "0")]);
        using var silo = ApproxProcess.StartSilo(Folder, ["--home", "other", "--allow-commands"], [("DOTNET_EnableAVX2", "0")]);
        var ended = await refused.EndAsync();

        Assert.Equal(1, ended.ExitCode);
        Assert.StartsWith("This processor, or this virtual machine, offers no fused multiply-add", ended.Error, StringComparison.Ordinal);
        await ClusterTests.GatewayAsync(silo);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Resume_AfterKill_SameDigestAndNoProcessIsLeft(bool resumable)
    {
        SkipWithoutPython();
        WriteExample(resumable);
        var undisturbed = Digest(await ApproxAsync("run", "command.yaml", "-q", "-o", "json", "--home", "undisturbed"));

        using var first = ApproxProcess.Start(Folder, ["run", "command.yaml"]);
        await first.SeeAsync(" after ");
        first.Signal("KILL");
        await first.EndAsync();
        await AllGoneAsync();
        var id = JsonNode.Parse((await ApproxAsync("ls", "-o", "json")).Output)![0]!["sweep"]!.GetValue<string>();

        Assert.Equal(undisturbed, Digest(await ApproxAsync("resume", id, "-q", "-o", "json")));
        await AllGoneAsync();
    }

    [Fact]
    public async Task Run_CtrlC_EndsThePrograms()
    {
        SkipWithoutPython();
        WriteExample(resumable: true);

        using var run = ApproxProcess.Start(Folder, ["run", "command.yaml"]);
        await run.SeeAsync(" after ");
        run.Signal("INT");

        Assert.Equal(130, (await run.EndAsync()).ExitCode);
        await AllGoneAsync();
    }

    [Fact]
    public async Task Submit_SiloThatAllowsCommands_SameDigestAsLocal()
    {
        SkipWithoutPython();
        ClusterTests.SkipWithoutSilo();
        WriteExample(resumable: false);
        var expected = Digest(await ApproxAsync("run", "command.yaml", "-q", "-o", "json", "--home", "local"));
        using var silo = ApproxProcess.StartSilo(Folder, "--home", "silo", "--data", Folder, "--allow-commands");
        var gateway = await ClusterTests.GatewayAsync(silo);

        Assert.Equal(expected, Digest(await ApproxAsync("submit", "command.yaml", "--cluster", gateway, "-o", "json")));

        silo.Signal("TERM");
        Assert.Equal(0, (await silo.EndAsync()).ExitCode);
        await AllGoneAsync();
    }

    [Fact]
    public async Task Submit_ThreeSilosOneKilled_SameDigestAsLocalAndNoProcessIsLeft()
    {
        SkipWithoutPython();
        ClusterTests.SkipWithoutSilo();
        Assert.SkipWhen(PostgresServer.Missing is not null, PostgresServer.Missing ?? "");
        WriteExample(resumable: true);
        var expected = Digest(await ApproxAsync("run", "command.yaml", "-q", "-o", "json", "--home", "local"));
        await using var postgres = await PostgresServer.StartAsync();
        var database = postgres.ConnectionString();
        string[] joined = ["--postgres", database, "--slots", "1", "--data", Folder, "--allow-commands"];
        using var first = ApproxProcess.StartSilo(Folder, joined);
        await ClusterTests.GatewayAsync(first);
        using var second = ApproxProcess.StartSilo(Folder, joined);
        using var third = ApproxProcess.StartSilo(Folder, joined);
        await ClusterTests.GatewayAsync(second);
        await ClusterTests.GatewayAsync(third);
        using var submit = ApproxProcess.Start(Folder, ["submit", "command.yaml", "--cluster", database, "-o", "json"]);
        var seen = await submit.SeeAsync("best so far");

        second.Signal("KILL");

        Assert.DoesNotContain("12/12", seen, StringComparison.Ordinal);

        Assert.Equal(expected, Digest(await submit.EndAsync()));
        first.Signal("TERM");
        third.Signal("TERM");
        Assert.Equal((0, 0), ((await first.EndAsync()).ExitCode, (await third.EndAsync()).ExitCode));
        await AllGoneAsync();
    }

    [Fact]
    public async Task Submit_SiloThatDoesNot_SaysWhatToDo()
    {
        ClusterTests.SkipWithoutSilo();
        Write("command.yaml", "trainer: {command: [sh, train.sh]}");
        using var silo = ApproxProcess.StartSilo(Folder, "--home", "silo");

        var ended = await ApproxAsync("submit", "command.yaml", "--cluster", await ClusterTests.GatewayAsync(silo));

        Assert.Equal(2, ended.ExitCode);
        Assert.Contains("Start every silo with --allow-commands", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_FailedTrial_PrintsTheProgramsLastWords()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Programs train trials on Linux only.");
        Write("train.sh", "echo 'the data are missing' >&2\nexit 3\n");
        Write("failing.yaml", "trainer: {command: [sh, train.sh]}\nspace: {x: {float: [0, 1]}}\ntrials: 2\n");

        var run = await ApproxAsync("run", "failing.yaml");
        var id = JsonNode.Parse((await ApproxAsync("ls", "-o", "json")).Output)![0]!["sweep"]!.GetValue<string>();
        var show = await ApproxAsync("show", id, "1");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("failed: 2 x error: exit code 3 (first: trial 0)", run.Output, StringComparison.Ordinal);
        Assert.Contains("failed (error, exit code 3)", show.Output, StringComparison.Ordinal);
        Assert.Contains("  | the data are missing", show.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_Program_SaysWhatWouldRun()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Programs train trials on Linux only.");
        Write("sound.yaml", "trainer: {command: [sh, train.sh], parameters: stdin}\ntrials: 7\nepochs: 3\n");
        Write("unsound.yaml", "trainer: {command: [nosuchprogram]}");

        var sound = await ApproxAsync("check", "sound.yaml");
        var unsound = await ApproxAsync("check", "unsound.yaml");

        Assert.Equal(0, sound.ExitCode);
        Assert.Matches("program +/.*/sh, which gets its parameters on standard input", sound.Output);
        Assert.Matches("epochs +21; how long one takes is the program's affair", sound.Output);
        Assert.Equal(2, unsound.ExitCode);
        Assert.Contains("trainer.command: the program is 'nosuchprogram'", unsound.Error, StringComparison.Ordinal);
    }

    private static void SkipWithoutPython()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Programs train trials on Linux only.");
        try
        {
            using var python = Process.Start(new ProcessStartInfo("python3", ["-c", "import json"]) { RedirectStandardError = true })!;
            python.WaitForExit();
            Assert.SkipUnless(python.ExitCode == 0, "python3 does not run.");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("python3 is not installed.");
        }
    }

    // The example with epochs that take a moment, so that there is something to interrupt.
    private void WriteExample(bool resumable)
    {
        var examples = Path.Combine(Repository.Root, "examples");
        Write("programs/descend.py", File.ReadAllText(Path.Combine(examples, "programs", "descend.py")));
        Write("command.yaml", File.ReadAllText(Path.Combine(examples, "command.yaml"))
            .Replace("trainer:\n", $"trainer:\n  environment: {{DESCEND_SECONDS: 0.05}}\n  resumable: {(resumable ? "true" : "false")}\n", StringComparison.Ordinal)
            .Replace("trials: 30", "trials: 12", StringComparison.Ordinal));
    }

    /// <summary>Waits until no program of this test is there any more.</summary>
    private async Task AllGoneAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (Processes().FirstOrDefault() is { } left)
        {
            Assert.False(limit.IsCancellationRequested, $"Still there: {left}");
            await Task.Delay(20, CancellationToken.None);
        }
    }

    private IEnumerable<string> Processes() => Directory.EnumerateDirectories("/proc").Where(folder => char.IsAsciiDigit(folder[^1])).Select(Describe).OfType<string>()
        .Where(line => line.Contains("descend.py", StringComparison.Ordinal));

    private string? Describe(string folder)
    {
        try
        {
            return new FileInfo(Path.Combine(folder, "cwd")).LinkTarget == Folder ? File.ReadAllText(Path.Combine(folder, "cmdline")).Replace('\0', ' ') : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
