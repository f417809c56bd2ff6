using ApproxCluster.Contracts;
using ApproxCluster.Search;
using ApproxCluster.Silo.Tests.Support;

namespace ApproxCluster.Silo.Tests.Cluster;

/// <summary>Sweeps that a program trains, on silos that allow it and on others.</summary>
public sealed class CommandTests : IDisposable
{
    private const string Sweep =
        """
        name: command
        trainer: {command: [sh, train.sh]}
        space: {x: {float: [0, 1]}}
        pruner: {asha: {min_epochs: 1, reduction_factor: 2, promote: true}}
        trials: 8
        parallel: 4
        epochs: 4
        """;

    private const string Train = """
        for epoch in 1 2 3 4; do echo "{\"epoch\": $epoch, \"validation.loss\": $((($APPROX_TRIAL * 7 + 3) % 11)).$epoch, \"test.loss\": $APPROX_TRIAL}"; done
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("approx-silo-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Submit_SilosAllowCommands_SameDigestOnOneAndOnTwo()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Programs train trials on Linux only.");
        File.WriteAllText(Path.Combine(folder, "train.sh"), Train.ReplaceLineEndings("\n"));
        var spec = SweepFile.Parse(Sweep, "command").Spec!;
        var digests = new List<string>();
        foreach (var silos in new short[] { 1, 2 })
        {
            await using var cluster = await SiloCluster.StartAsync(silos, set: settings => settings with { AllowCommands = true, DataFolder = folder, Home = folder });
            await cluster.SubmitAsync("allowed", spec);
            var end = await cluster.EndAsync("allowed");

            Assert.Equal(SweepStatus.Finished, end.Status);
            digests.Add(end.Digest);
        }

        Assert.Equal(digests[0], digests[1]);
    }

    [Fact]
    public async Task Submit_SilosDoNotAllowCommands_IsRefused()
    {
        await using var cluster = await SiloCluster.StartAsync(1, set: settings => settings with { DataFolder = folder });

        var reply = await cluster.Cluster.Submit("refused", SweepFile.Canonical(SweepFile.Parse(Sweep, "command").Spec!), Cancellation);

        Assert.Equal(SubmitOutcome.Rejected, reply.Outcome);
        Assert.Equal("trainer: the sweep is trained by a program (sh train.sh), but this cluster runs none. Start every silo with --allow-commands if you trust those who submit sweeps.", reply.Message);
    }
}
