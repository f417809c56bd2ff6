using System.Diagnostics;
using System.Text.Json.Nodes;

namespace ApproxCluster.EndToEnd.Tests;

/// <summary>A trial's model through pipes, as a shell script uses it.</summary>
public sealed class ModelTests : Workplace
{
    private const string Sweep = "name: piped\ntarget: { kind: curve, samples: 64 }\nspace: { width: { int: [2, 8] } }\ntrials: 2\nepochs: 2\n";

    [Fact]
    public async Task PredictAndExport_ThroughPipes_CarryDataOnly()
    {
        Write("piped.yaml", Sweep);
        var id = JsonNode.Parse((await ApproxAsync("run", "piped.yaml", "-q", "-o", "json")).Output)!["sweep"]!.GetValue<string>();

        var predicted = await ShellAsync($"printf 'x\\n0.5\\n-0.5\\n' | dotnet '{Repository.Program}' predict {id} 1 --input - | tail -n +2 | wc -l");
        var exported = await ShellAsync($"dotnet '{Repository.Program}' model export {id} 1 --format npz -o - | head -c 2");

        Assert.Equal("2", predicted.Trim());
        Assert.Equal("PK", exported);
    }

    [Fact]
    public async Task Predict_SweepOfACluster_EqualsThatOfALocalOne()
    {
        ClusterTests.SkipWithoutSilo();
        Write("piped.yaml", Sweep.Replace("epochs: 2", "epochs: 9\npruner: {asha: {min_epochs: 1, reduction_factor: 3, promote: true}}", StringComparison.Ordinal));
        Write("x.csv", "0.5\n-0.5\n");
        var local = JsonNode.Parse((await ApproxAsync("run", "piped.yaml", "-q", "-o", "json")).Output)!["sweep"]!.GetValue<string>();
        var expected = await ApproxAsync("predict", local, "1", "--input", "x.csv");
        using var silo = ApproxProcess.StartSilo(Folder, "--home", "silo");
        var gateway = await ClusterTests.GatewayAsync(silo);
        var remote = JsonNode.Parse((await ApproxAsync("submit", "piped.yaml", "--cluster", gateway, "-q", "-o", "json")).Output)!["sweep"]!.GetValue<string>();

        var actual = await ApproxAsync("predict", remote, "1", "--input", "x.csv", "--cluster", gateway);

        Assert.Equal((0, expected.Output), (actual.ExitCode, actual.Output));
        Assert.Equal(3, expected.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    private async Task<string> ShellAsync(string script)
    {
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", script]) { WorkingDirectory = Folder, RedirectStandardOutput = true })!;
        var output = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();
        return output;
    }
}
