namespace ApproxCluster.Search.Tests;

/// <summary>Eager execution: nobody waits, and what happened can still be replayed.</summary>
public sealed class EagerTests
{
    [Theory]
    [InlineData("none")]
    [InlineData("stop")]
    [InlineData("promote")]
    public async Task Replay_AnyTroubledExecution_GivesItsDigest(string pruner)
    {
        for (ulong seed = 0; seed < 6; seed++)
        {
            var spec = Spec(pruner);
            var trouble = new Trouble { LostMessages = 0.1, DoubledMessages = 0.2, CoordinatorCrashes = 0.02, JournalFaults = 0.05, Drains = 0.03, LostWorkers = 2 };
            var cluster = new SimulatedCluster(spec, 1 + (int)seed, seed, trouble);
            var digest = await cluster.RunAsync();
            var state = Replay(spec, cluster.Journal);

            Assert.Equal(digest, state.Digest);
            Assert.Equal(SweepStatus.Finished, state.Status);
            Assert.Equal(spec.Trials, state.Trials.Count(trial => trial.State.IsFinal()));
        }
    }

    [Fact]
    public async Task Next_ResultBeforeItsVirtualTurn_IsDecidedAtOnce()
    {
        var spec = Spec("none");
        var token = TestContext.Current.CancellationToken;
        var coordinator = await SweepCoordinator.CreateAsync(FakeSweep.Parts(spec), spec, FakeSweep.Shape, new MemoryJournal(), token);
        var leases = (await coordinator.ExchangeAsync(new("local", spec.Parallel, [], [], []), default, token)).Leases;
        var last = leases[^1];

        await coordinator.ExchangeAsync(new("local", 0, [], [FakeTrainer.Run(last)], []), default, token);

        Assert.True(coordinator.State.Trials[last.Trial].State.IsFinal());
        Assert.False(coordinator.State.Trials[leases[0].Trial].State.IsFinal());
        Assert.Equal(spec.Parallel + 1, coordinator.State.Trials.Count);
    }

    [Fact]
    public async Task Digest_OtherWorkers_Differs()
    {
        var digests = new HashSet<string>();
        for (var workers = 1; workers <= 4; workers++)
        {
            digests.Add(await new SimulatedCluster(Spec("stop"), workers, 1, new()).RunAsync());
        }

        Assert.True(digests.Count > 1, "eager execution decided in virtual time");
    }

    private static SweepSpec Spec(string pruner)
    {
        PrunerSpec spec = pruner switch
        {
            "stop" => new AshaPrunerSpec(1, 3),
            "promote" => new AshaPrunerSpec(1, 3, Promote: true),
            _ => new NoPrunerSpec(),
        };
        return FakeSweep.Spec(spec) with { Execution = Execution.Eager };
    }

    private static SweepState Replay(SweepSpec spec, MemoryJournal journal)
    {
        var state = new SweepState(FakeSweep.Parts(spec));
        foreach (var sweepEvent in journal.Events)
        {
            state.Apply(sweepEvent);
        }

        return state;
    }
}
