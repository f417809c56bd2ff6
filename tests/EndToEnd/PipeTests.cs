using System.Text.Json.Nodes;

namespace ApproxCluster.EndToEnd.Tests;

/// <summary>What programs see that read our output.</summary>
public sealed class PipeTests : Workplace
{
    private const string Sweep = "name: piped\ntarget: { kind: curve, samples: 64 }\nspace: { width: { int: [2, 8] } }\ntrials: 5\nepochs: 2\n";

    [Theory]
    [InlineData("xterm-256color")]
    [InlineData("dumb")]
    public async Task Run_IntoAPipe_HasNoEscapes(string terminal)
    {
        Write("piped.yaml", Sweep);

        var ended = await ApproxProcess.RunAsync(Folder, ["run", "piped.yaml"], ("TERM", terminal));

        Assert.Equal(0, ended.ExitCode);
        Assert.DoesNotContain('\u001b', ended.Output + ended.Error);
        Assert.Contains("winner", ended.Output, StringComparison.Ordinal);
        Assert.Contains("best so far", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ReaderGoesAway_StillFinishes()
    {
        Write("piped.yaml", Sweep);
        using var shell = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(
            "sh", ["-c", $"dotnet '{Repository.Program}' run piped.yaml --top 0 | head -n 1"])
        { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        await shell.WaitForExitAsync();

        var sweeps = JsonNode.Parse((await ApproxAsync("ls", "-o", "json")).Output)!.AsArray();
        Assert.Equal("finished", Assert.Single(sweeps)!["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task Run_LogOnAFullDisk_StillPrintsItsResult()
    {
        Write("piped.yaml", Sweep);

        var (exitCode, output, _) = await ShellAsync($"dotnet '{Repository.Program}' run piped.yaml 2>/dev/full");

        Assert.Equal(0, exitCode);
        Assert.Contains("digest", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("schema")]
    [InlineData("check piped.yaml")]
    [InlineData("--help")]
    public async Task AnyCommand_ResultOnAFullDisk_SaysSo(string command)
    {
        Write("piped.yaml", Sweep);

        var (exitCode, _, error) = await ShellAsync($"dotnet '{Repository.Program}' {command} >/dev/full");

        Assert.Equal(1, exitCode);
        Assert.Contains("Standard output cannot be written", error, StringComparison.Ordinal);
        Assert.DoesNotContain("fault of the program", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EveryCommand_AfterARun_WorksFromTheFolder()
    {
        Write("piped.yaml", Sweep);
        Assert.Equal(0, (await ApproxAsync("check", "piped.yaml")).ExitCode);
        var id = JsonNode.Parse((await ApproxAsync("run", "piped.yaml", "-q", "-o", "json")).Output)!["sweep"]!.GetValue<string>();

        Assert.StartsWith("sweep ", (await ApproxAsync("ls")).Output, StringComparison.Ordinal);
        Assert.Contains("winner", (await ApproxAsync("show", id)).Output, StringComparison.Ordinal);
        Assert.Contains("t training, v validation", (await ApproxAsync("show", id, "0")).Output, StringComparison.Ordinal);
        Assert.StartsWith("number,configuration", (await ApproxAsync("export", id, "--format", "csv")).Output, StringComparison.Ordinal);
        Assert.NotNull(JsonNode.Parse((await ApproxAsync("export", id, "--format", "json")).Output));
    }

    [Fact]
    public async Task Run_DataFileBesideTheSweepFile_IsFoundFromAnotherFolder()
    {
        Write("elsewhere/points.csv", "x,y\n" + string.Join('\n', Enumerable.Range(0, 40).Select(row => FormattableString.Invariant($"{row},{row % 7}"))) + "\n");
        Write("elsewhere/csv.yaml", "target: { kind: csv, file: points.csv, target: y }\ntrials: 2\nepochs: 1\n");

        Assert.Equal(0, (await ApproxAsync("run", "elsewhere/csv.yaml", "-q")).ExitCode);
    }

    private async Task<(int ExitCode, string Output, string Error)> ShellAsync(string line)
    {
        using var shell = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("sh", ["-c", line])
        { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, error) = (shell.StandardOutput.ReadToEndAsync(), shell.StandardError.ReadToEndAsync());
        await shell.WaitForExitAsync();
        return (shell.ExitCode, await output, await error);
    }
}
