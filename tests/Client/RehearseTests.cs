using System.Text.Json.Nodes;

namespace ApproxCluster.Client.Tests;

public sealed class RehearseTests : IDisposable
{
    private const string Sweep =
        """
        name: little
        target: { kind: curve, samples: 64, validation: 32, test: 32 }
        space: { width: { int: [2, 16] }, learning_rate: { float: [0.001, 0.1], log: true } }
        trials: 9
        parallel: 2
        epochs: 9
        """;

    private readonly CommandLine cli = new();

    [Fact]
    public async Task Rehearse_SeveralPruners_SaysWhatEachWouldHaveSavedAndLost()
    {
        var id = await RunAsync(Sweep);

        var result = await cli.RunAsync("rehearse", id, "--pruner", "none", "--pruner", "asha", "--pruner", "{sha: {reduction_factor: 3}}", "-o", "json");

        Assert.Equal(0, result.ExitCode);
        var document = JsonNode.Parse(result.Output)!;
        Assert.Equal((9, 9, 81), (document["trials"]!.GetValue<int>(), document["usable"]!.GetValue<int>(), document["recorded_epochs"]!.GetValue<int>()));
        var (none, asha, sha) = (document["pruners"]![0]!, document["pruners"]![1]!, document["pruners"]![2]!);
        Assert.Equal((81, 9, 0.0), (none["epochs"]!.GetValue<int>(), none["completed"]!.GetValue<int>(), none["regret"]!.GetValue<double>()));
        Assert.Equal(document["winner"]!["trial"]!.GetValue<int>(), none["kept"]!["trial"]!.GetValue<int>());
        Assert.Null(none["winner_pruned_after"]);

        // Synchronous halving of nine: six end after an epoch, two after three, one completes.
        Assert.Equal((6 + 6 + 9, 1, 8), (sha["epochs"]!.GetValue<int>(), sha["completed"]!.GetValue<int>(), sha["pruned"]!.GetValue<int>()));
        Assert.True(asha["epochs"]!.GetValue<int>() < 81 && asha["regret"]!.GetValue<double>() >= 0);
    }

    [Fact]
    public async Task Rehearse_SameAsTheSweepsOwnPruner_EndsTheSameTrialsAtTheSameEpochs()
    {
        var full = await RunAsync(Sweep);
        var pruned = await RunAsync(Sweep + "\npruner: asha", "pruned.yaml");

        var rehearsed = JsonNode.Parse((await cli.RunAsync("rehearse", full, "--pruner", "asha", "-o", "json")).Output)!["pruners"]![0]!;
        var real = (await cli.RunAsync("export", pruned, "--epochs")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length - 1;

        Assert.Equal(real, rehearsed["epochs"]!.GetValue<int>());
    }

    [Fact]
    public async Task Rehearse_SeveralObjectives_SaysWhatIsLeftOfTheFront()
    {
        var id = await RunAsync(Sweep.Replace("9", "27", StringComparison.Ordinal) + "\nseed: 1\nobjective: [{minimize: validation.loss}, {minimize: parameters}]");

        var json = JsonNode.Parse((await cli.RunAsync("rehearse", id, "--pruner", "none", "--pruner", "{sha: {reduction_factor: 3}}", "-o", "json")).Output)!;
        var table = await cli.RunAsync("rehearse", id, "--pruner", "none");
        var csv = await cli.RunAsync("rehearse", id, "--pruner", "none", "-o", "csv");

        var (none, sha) = (json["pruners"]![0]!["front"]!, json["pruners"]![1]!["front"]!);
        var size = none["size"]!.GetValue<int>();
        Assert.True(size > 1, $"{size} on the front");
        Assert.Equal((size, 1.0), (none["kept"]!.GetValue<int>(), none["hypervolume"]!.GetValue<double>()));

        // One trial completes.
        Assert.InRange(sha["kept"]!.GetValue<int>(), 0, 1);
        Assert.InRange(sha["hypervolume"]!.GetValue<double>(), 0.01, 0.99);
        Assert.Contains($"front: {size} configurations", table.Output, StringComparison.Ordinal);
        Assert.Contains("100.0 %", table.Output, StringComparison.Ordinal);
        Assert.EndsWith($",{size},{size},1", csv.Output.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rehearse_Table_HasALineForEachUsualPruner()
    {
        var result = await cli.RunAsync("rehearse", await RunAsync(Sweep));

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("hyperband", result.Output, StringComparison.Ordinal);
        Assert.Contains("regret", result.Output, StringComparison.Ordinal);
        Assert.Equal(1 + 1 + 1 + 1 + 8 + 1, result.Output.TrimEnd().Split('\n').Length);
    }

    [Fact]
    public async Task Rehearse_PrunedSweep_SaysHowManyAreUsable()
    {
        var id = await RunAsync(Sweep + "\npruner: {sha: {reduction_factor: 3}}");

        var refused = await cli.RunAsync("rehearse", id);
        var some = await cli.RunAsync("rehearse", id, "--usable", "--pruner", "median", "-o", "json");

        Assert.Equal((2, ""), (refused.ExitCode, refused.Output));
        Assert.Contains("1 of 9 trials", refused.Error, StringComparison.Ordinal);
        Assert.Contains("8 were pruned", refused.Error, StringComparison.Ordinal);
        Assert.Contains("--usable", refused.Error, StringComparison.Ordinal);
        Assert.Equal(1, JsonNode.Parse(some.Output)!["usable"]!.GetValue<int>());
    }

    [Fact]
    public async Task Rehearse_WrongPruners_ReportsAllFaults()
    {
        var id = await RunAsync(Sweep);

        var result = await cli.RunAsync("rehearse", id, "--pruner", "ahsa", "--pruner", "{asha: {min_epochs: 99}}", "--pruner", "{a: [");

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains("Did you mean 'asha'?", result.Error, StringComparison.Ordinal);
        Assert.Contains("at most epochs, which is 9", result.Error, StringComparison.Ordinal);
        Assert.True(result.Error.Split("--pruner:").Length >= 4, result.Error);
    }

    [Fact]
    public async Task Rehearse_UnknownSweep_IsNotFound() => Assert.Equal(4, (await cli.RunAsync("rehearse", "nothing-0000")).ExitCode);

    public void Dispose() => cli.Dispose();

    private async Task<string> RunAsync(string sweep, string file = "little.yaml") =>
        JsonNode.Parse((await cli.RunAsync("run", cli.Write(file, sweep), "-q", "-o", "json")).Output)!["sweep"]!.GetValue<string>();
}
