using System.Text.Json.Nodes;

namespace ApproxCluster.EndToEnd.Tests;

/// <summary>One sweep file, one digest, whatever happens on the way.</summary>
public sealed class DigestTests : Workplace
{
    // About two seconds on one slot: long enough to be interrupted twice.
    private const string Sweep =
        """
        name: waves
        target: { kind: curve, samples: 4096, noise: 0.1 }
        space:
          encoding: { choice: [identity, { taylor: { order: { int: [2, 6] } } }, { fourier1d: { order: { int: [1, 8] } } }] }
          width: { int: [16, 64], log: true }
          activation: { choice: [relu, tanh, sine] }
          optimizer: { choice: [adam, sgd, rmsprop] }
          learning_rate: { float: [0.001, 0.03], log: true }
        sampler: auto
        pruner: { asha: { min_epochs: 2, promote: true } }
        trials: 27
        parallel: 5
        epochs: 54
        """;

    // Three times as long, so that a signal sent at the first news finds it at work on a busy machine too.
    private static readonly string Long = Sweep.Replace("samples: 4096", "samples: 12288", StringComparison.Ordinal);

    [Fact]
    public async Task Run_SlotsAndVectorWidth_GiveOneDigest()
    {
        Write("waves.yaml", Sweep);
        string[] run = ["run", "waves.yaml", "-q", "-o", "json"];

        var two = Digest(await ApproxAsync([.. run, "--slots", "2"]));
        var one = Digest(await ApproxAsync([.. run, "--slots", "1"]));
        var narrow = await ApproxProcess.RunAsync(Folder, run, ("DOTNET_EnableAVX512", "0"));

        Assert.Equal(two, one);
        Assert.Equal(two, Digest(narrow));
        Assert.Equal(256, JsonNode.Parse(narrow.Output)!["vector_bits"]!.GetValue<int>());
    }

    [Fact]
    public async Task Run_ThreadsPerTrial_GiveOneDigest()
    {
        // Wide enough for a team to have work: smaller steps stay on one thread.
        Write("wide.yaml", Sweep.Replace("int: [16, 64]", "int: [160, 256]", StringComparison.Ordinal).Replace("trials: 27", "trials: 6", StringComparison.Ordinal)
            .Replace("epochs: 54", "epochs: 6", StringComparison.Ordinal));
        string[] run = ["run", "wide.yaml", "-q", "-o", "json"];

        var alone = Digest(await ApproxAsync([.. run, "--slots", "2"]));
        var together = await ApproxAsync([.. run, "--slots", "1", "--threads-per-trial", "3"]);

        Assert.Equal(alone, Digest(together));
        Assert.Equal(3, JsonNode.Parse(together.Output)!["threads_per_trial"]!.GetValue<int>());
    }

    [Fact]
    public async Task Resume_InterruptedByCtrlCAndBySigterm_GivesTheSameDigest()
    {
        Write("waves.yaml", Long);
        var undisturbed = Digest(await ApproxAsync("run", "waves.yaml", "-q", "-o", "json", "--home", "undisturbed"));

        using var first = ApproxProcess.Start(Folder, ["run", "waves.yaml"]);
        await first.SeeAsync("best so far");
        first.Signal("INT");
        var interrupted = await first.EndAsync();
        Assert.Equal(130, interrupted.ExitCode);
        Assert.Equal("", interrupted.Output);
        var id = JsonNode.Parse((await ApproxAsync("ls", "-o", "json")).Output)![0]!["sweep"]!.GetValue<string>();
        Assert.Contains($"approx resume {id}", interrupted.Error, StringComparison.Ordinal);

        using var second = ApproxProcess.Start(Folder, ["resume", id, "--slots", "1"]);
        await second.SeeAsync("best so far");
        second.Signal("TERM");
        Assert.Equal(143, (await second.EndAsync()).ExitCode);

        Assert.Equal(undisturbed, Digest(await ApproxAsync("resume", id, "-q", "-o", "json")));
    }

    [Theory]
    [InlineData("sampler: auto", "pruner: { asha: { min_epochs: 2, promote: true } }", "trials: 27")]
    [InlineData("sampler: { pbt: { population: 12, interval: 4 } }", "", "")]
    public async Task Resume_AfterTheProcessWasKilled_GivesTheSameDigest(string sampler, string pruner, string trials)
    {
        Write("waves.yaml", Long.Replace("sampler: auto", sampler, StringComparison.Ordinal)
            .Replace("pruner: { asha: { min_epochs: 2, promote: true } }", pruner, StringComparison.Ordinal).Replace("trials: 27", trials, StringComparison.Ordinal));
        var undisturbed = Digest(await ApproxAsync("run", "waves.yaml", "-q", "-o", "json", "--home", "undisturbed"));

        using var killed = ApproxProcess.Start(Folder, ["run", "waves.yaml"]);
        await killed.SeeAsync("best so far");
        killed.Signal("KILL");
        await killed.EndAsync();
        var id = JsonNode.Parse((await ApproxAsync("ls", "-o", "json")).Output)![0]!["sweep"]!.GetValue<string>();

        Assert.Equal(undisturbed, Digest(await ApproxAsync("resume", id, "-q", "-o", "json")));
    }
}
