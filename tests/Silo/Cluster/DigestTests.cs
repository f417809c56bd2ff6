using ApproxCluster.Search;
using ApproxCluster.Silo.Tests.Support;

namespace ApproxCluster.Silo.Tests.Cluster;

/// <summary>A sweep is a pure function of its file: on silos as in <c>approx run</c>, whatever is lost on the way.</summary>
public sealed class DigestTests
{
    private static readonly Lazy<Task<string>> Expected = new(() => TinySweeps.LocalDigestAsync(TinySweeps.Long, CancellationToken.None));

    [Fact]
    public async Task Submit_ThreeSilos_DigestIsThatOfLocalRun()
    {
        await using var cluster = await SiloCluster.StartAsync(3);
        await cluster.SubmitAsync("whole", TinySweeps.Long);

        var end = await cluster.EndAsync("whole");

        Assert.Equal(SweepStatus.Finished, end.Status);
        Assert.Equal(await Expected.Value, end.Digest);
    }

    [Fact]
    public async Task Submit_FromAnEarlierSweep_DigestIsThatOfLocalRun()
    {
        var token = TestContext.Current.CancellationToken;
        var store = new MemoryStore();
        await TinySweeps.LocalDigestAsync(TinySweeps.Short, store, token);
        var expected = await TinySweeps.LocalDigestAsync(TinySweeps.Warm, store, token);
        await using var cluster = await SiloCluster.StartAsync(2);
        await cluster.SubmitAsync("earlier", TinySweeps.Short);
        await cluster.EndAsync("earlier");

        await cluster.SubmitAsync("later", TinySweeps.Warm);

        Assert.Equal(expected, (await cluster.EndAsync("later")).Digest);
        Assert.Equal(4, cluster.Store.Events("later").OfType<HistoryTaken>().Single() is var taken ? taken.Observations.Count + taken.Dropped : 0);
    }

    [Fact]
    public async Task KillSilo_InTheMiddle_DigestIsThatOfLocalRun()
    {
        await using var cluster = await SiloCluster.StartAsync(3);
        await cluster.SubmitAsync("killed", TinySweeps.Long);
        await cluster.MiddleAsync("killed");

        await cluster.KillAsync(cluster.Silos[1]);
        var end = await cluster.EndAsync("killed");

        Assert.Equal(SweepStatus.Finished, end.Status);
        Assert.Equal(await Expected.Value, end.Digest);
    }

    [Fact]
    public async Task KillSilo_InTheMiddleOfAPopulation_DigestIsThatOfLocalRun()
    {
        var expected = await TinySweeps.LocalDigestAsync(TinySweeps.Population, TestContext.Current.CancellationToken);
        await using var cluster = await SiloCluster.StartAsync(3);
        await cluster.SubmitAsync("population", TinySweeps.Population);
        await cluster.MiddleAsync("population");

        await cluster.KillAsync(cluster.Silos[1]);
        var end = await cluster.EndAsync("population");

        Assert.Equal((SweepStatus.Finished, expected), (end.Status, end.Digest));
        Assert.Equal(18, cluster.Store.Events("population").OfType<TrialCreated>().Count(created => created.From is not null));
    }

    [Fact]
    public async Task StopSilo_InTheMiddle_DigestIsThatOfLocalRunAndNoLossIsCharged()
    {
        await using var cluster = await SiloCluster.StartAsync(2);
        await cluster.SubmitAsync("drained", TinySweeps.Long);
        await cluster.MiddleAsync("drained");

        await cluster.StopAsync(cluster.Silos[1]);
        var end = await cluster.EndAsync("drained");

        Assert.Equal(await Expected.Value, end.Digest);
        Assert.DoesNotContain(cluster.Store.Events("drained").OfType<AttemptLost>(), lost => lost.IsCharged);
    }

    [Fact]
    public async Task Deactivate_CoordinatorInTheMiddle_DigestIsThatOfLocalRun()
    {
        await using var cluster = await SiloCluster.StartAsync(2);
        await cluster.SubmitAsync("moved", TinySweeps.Long);
        await cluster.MiddleAsync("moved");

        await cluster.DeactivateAsync("moved");
        var end = await cluster.EndAsync("moved");

        Assert.Equal(await Expected.Value, end.Digest);
        AssertNobodyWaitedForClaims(cluster.Store, "moved");
    }

    [Fact]
    public async Task Restart_OfAllSilosInTheMiddle_SweepResumesByItselfWithTheSameDigest()
    {
        var store = new MemoryStore();
        await using (var first = await SiloCluster.StartAsync(2, store))
        {
            await first.SubmitAsync("restarted", TinySweeps.Long);
            await first.MiddleAsync("restarted");
        }

        await using var second = await SiloCluster.StartAsync(2, store);
        await Eventually.GetAsync(
            "sweep restarted ends with nobody asking for it",
            () => store.FindSweepAsync("restarted", TestContext.Current.CancellationToken),
            row => row!.Status.IsFinal());

        Assert.Equal(await Expected.Value, (await second.ViewAsync("restarted")).Digest);
        AssertNobodyWaitedForClaims(store, "restarted");
    }

    // A lease time is long; workers that have all spoken need not wait for it.
    private static void AssertNobodyWaitedForClaims(MemoryStore store, string sweep) =>
        Assert.DoesNotContain(store.Events(sweep).OfType<AttemptLost>(), lost => lost.Reason == "nobody claimed it after a restart");
}
