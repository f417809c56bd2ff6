using ApproxCluster.Testing;

namespace ApproxCluster.EndToEnd.Tests;

/// <summary>Silos in processes of their own. They need a build with Orleans.</summary>
public sealed class ClusterTests : Workplace
{
    // A sweep of a few seconds: ASHA with promotion, replicates, nested choices.
    private const string Sweep =
        """
        name: cluster
        target: {kind: curve, formula: chirp, samples: 256, noise: 0.05}
        space:
          encoding: {choice: [identity, {fourier1d: {order: {choice: [2, 8]}}}]}
          width: {choice: [16, 32]}
          learning_rate: {float: [1e-3, 1e-2], log: true}
        sampler: tpe
        pruner: {asha: {min_epochs: 10, reduction_factor: 3, promote: true}}
        trials: 24
        replicates: 2
        parallel: 6
        epochs: 90
        seed: 7
        """;

    // Many times as much work, so that a silo killed after the first report dies with trials in its slots.
    private static readonly string LongSweep =
        Sweep.Replace("samples: 256", "samples: 2048", StringComparison.Ordinal).Replace("epochs: 90", "epochs: 900", StringComparison.Ordinal);

    [Fact]
    public async Task Submit_SingleSilo_SameDigestAsLocal()
    {
        var expected = await LocalDigestAsync(Sweep);
        using var silo = ApproxProcess.StartSilo(Folder, "--home", "silo");
        var gateway = await GatewayAsync(silo);

        Assert.Equal(expected, Digest(await ApproxAsync("submit", "cluster.yaml", "--cluster", gateway, "-o", "json")));

        silo.Signal("TERM");
        Assert.Equal(0, (await silo.EndAsync()).ExitCode);
    }

    [Fact]
    public async Task Submit_ThreeSilosOneKilled_SameDigestAsLocal()
    {
        Assert.SkipWhen(PostgresServer.Missing is not null, PostgresServer.Missing ?? "");
        var expected = await LocalDigestAsync(LongSweep);
        await using var postgres = await PostgresServer.StartAsync();
        var database = postgres.ConnectionString();
        string[] joined = ["--postgres", database, "--slots", "1"];
        using var first = ApproxProcess.StartSilo(Folder, joined);
        await GatewayAsync(first);
        using var second = ApproxProcess.StartSilo(Folder, joined);
        using var third = ApproxProcess.StartSilo(Folder, joined);
        await GatewayAsync(second);
        await GatewayAsync(third);
        using var submit = ApproxProcess.Start(Folder, ["submit", "cluster.yaml", "--cluster", database, "-o", "json"]);
        var seen = await submit.SeeAsync("best so far");

        second.Signal("KILL");

        Assert.DoesNotContain("48/48", seen, StringComparison.Ordinal);

        Assert.Equal(expected, Digest(await submit.EndAsync()));
    }

    [Fact]
    public async Task Submit_NobodyThere_EndsWithThree()
    {
        SkipWithoutSilo();
        Write("cluster.yaml", Sweep);

        var ended = await ApproxAsync("submit", "cluster.yaml", "--cluster", "127.0.0.1:1");

        Assert.Equal(3, ended.ExitCode);
        Assert.Contains("127.0.0.1:1", ended.Error, StringComparison.Ordinal);
    }

    internal static void SkipWithoutSilo() =>
        Assert.SkipUnless(File.Exists(Repository.Silo), "The silo was not built: the Orleans packages could not be restored.");

    internal static async Task<string> GatewayAsync(ApproxProcess silo)
    {
        const string Mark = "--cluster ";
        var line = await silo.SeeAsync(Mark);
        return line[(line.IndexOf(Mark, StringComparison.Ordinal) + Mark.Length)..].Split(' ')[0].Trim();
    }

    private async Task<string> LocalDigestAsync(string sweep)
    {
        SkipWithoutSilo();
        Write("cluster.yaml", sweep);
        return Digest(await ApproxAsync("run", "cluster.yaml", "-q", "-o", "json", "--home", "local"));
    }
}
