using System.Text.Json.Nodes;

namespace ApproxCluster.Client.Tests;

/// <summary>Population-based training as users meet it: real training, in which trials go on from each other's checkpoints.</summary>
public sealed class PopulationCommandTests : IDisposable
{
    private const string Sweep =
        """
        name: population
        target: { kind: curve, samples: 128, validation: 64, test: 64 }
        space: { width: { int: [4, 16] }, learning_rate: { float: [0.0003, 0.3], log: true }, batch_size: { int: [8, 64] }, optimizer: { choice: [adam, { sgd: { momentum: { float: [0.1, 0.9] } } }] } }
        sampler: { pbt: { population: 6, interval: 3, quantile: 0.34 } }
        parallel: 4
        epochs: 12
        """;

    private readonly CommandLine cli = new();

    [Fact]
    public async Task Run_Population_SameDigestOnAnySlotsAndTheLineOfTrialsIsShown()
    {
        var file = cli.Write("population.yaml", Sweep);
        var one = JsonNode.Parse((await cli.RunAsync("run", file, "-q", "-o", "json", "--slots", "1")).Output)!;
        var three = JsonNode.Parse((await cli.RunAsync("run", file, "-q", "-o", "json", "--slots", "3")).Output)!;
        Assert.Equal(one["digest"]!.GetValue<string>(), three["digest"]!.GetValue<string>());

        var id = three["sweep"]!.GetValue<string>();
        var trials = three["trials"]!.AsArray();
        Assert.Equal(6 + 3 * 2, trials.Count);
        Assert.Equal(6, trials.Count(trial => trial!["from"] is null));
        var last = trials.Last()!;
        Assert.Equal((12, "completed"), (last["epochs"]!.GetValue<int>(), last["state"]!.GetValue<string>()));
        Assert.Equal(9, last["from"]!["epoch"]!.GetValue<int>());
        Assert.Matches("trial .* from .*state", (await cli.RunAsync("show", id)).Output);

        var page = (await cli.RunAsync("show", id, "11")).Output;
        Assert.Contains("12/12 epochs", page, StringComparison.Ordinal);
        Assert.Contains("Goes on from other trials:", page, StringComparison.Ordinal);
        Assert.Matches(@"\n10-12 +11 ", page);
        Assert.Equal(12, JsonNode.Parse((await cli.RunAsync("show", id, "11", "-o", "json")).Output)!["curves"]!.AsArray().Count);
    }

    [Fact]
    public async Task Predict_TrialThatGoesOn_TrainsItsWholeLineToTheSameNumbers()
    {
        var sweep = JsonNode.Parse((await cli.RunAsync("run", cli.Write("population.yaml", Sweep), "-q", "-o", "json")).Output)!;
        var id = sweep["sweep"]!.GetValue<string>();
        foreach (var trial in sweep["trials"]!.AsArray().Where(trial => trial!["from"] is not null))
        {
            // It fails when any epoch, its ancestors' too, differs from what was recorded with weights that came from checkpoints.
            var result = await cli.RunAsync("predict", id, trial!["number"]!.ToString(), "--input", cli.Write("x.csv", "x\n0.5\n"));

            Assert.Equal("", result.ExitCode == 0 ? "" : result.Error);
        }
    }

    [Fact]
    public async Task Check_Population_CountsTrialsAndSaysWhatDoesNotSuit()
    {
        var sound = JsonNode.Parse((await cli.RunAsync("check", cli.Write("population.yaml", Sweep), "-o", "json")).Output)!;
        var faulty = await cli.RunAsync("check", cli.Write("faulty.yaml", Sweep + "\npruner: median"));

        Assert.Equal(12, sound["trials"]!.GetValue<long>());
        Assert.Equal(2, faulty.ExitCode);
        Assert.Contains("faulty.yaml:7:9: pruner: pruner is given, but must be none with sampler pbt", faulty.Error, StringComparison.Ordinal);
    }

    public void Dispose() => cli.Dispose();
}
