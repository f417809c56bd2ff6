namespace ApproxCluster.Search.Tests;

public class SimulationTests
{
    public static TheoryData<string, int> Sweeps => new()
    {
        { "none", 1 }, { "none", 3 }, { "stop", 1 }, { "stop", 3 }, { "promote", 1 }, { "promote", 3 },
        { "none race", 4 }, { "stop race", 4 }, { "promote race", 4 },
    };

    [Theory]
    [MemberData(nameof(Sweeps))]
    public async Task Digest_AnyWorkersAndOrder_Same(string pruner, int replicates)
    {
        var spec = SpecOf(pruner, trials: replicates == 1 ? 40 : 16, replicates: replicates);
        var expected = await AloneAsync(spec);
        foreach (var workers in new[] { 1, 2, 7 })
        {
            for (ulong seed = 0; seed < 3; seed++)
            {
                await CompareAsync(spec, expected, workers, seed, new());
            }
        }
    }

    [Theory]
    [MemberData(nameof(Sweeps))]
    public async Task Digest_AnyTrouble_Same(string pruner, int replicates)
    {
        var spec = SpecOf(pruner, trials: replicates == 1 ? 40 : 16, replicates: replicates);
        var expected = await AloneAsync(spec);
        for (ulong seed = 0; seed < 10; seed++)
        {
            var trouble = new Trouble
            {
                LostMessages = 0.1,
                DoubledMessages = 0.2,
                CoordinatorCrashes = 0.02,
                JournalFaults = 0.05,
                Drains = 0.03,
                LostWorkers = 2,
                NamesSegments = seed % 3 != 0,
            };
            await CompareAsync(spec, expected, 1 + (int)(seed % 7), seed, trouble);
        }
    }

    [Theory]
    [MemberData(nameof(Sweeps))]
    public async Task Digest_JournalCutAnywhere_Same(string pruner, int replicates)
    {
        var spec = SpecOf(pruner, trials: replicates == 1 ? 12 : 6, replicates: replicates);
        var whole = new MemoryJournal();
        var expected = (await FakeSweep.RunAsync(spec, whole, TrainerOf(spec))).State.Digest;
        for (var length = 1; length <= whole.Entries.Count; length++)
        {
            var journal = new MemoryJournal();
            journal.Entries.AddRange(whole.Entries.Take(length));
            var coordinator = await SweepCoordinator.LoadAsync(FakeSweep.Parts(spec), journal, false, default, TestContext.Current.CancellationToken);
            IReadOnlyList<SegmentResult> results = [];
            while (!coordinator.State.Status.IsFinal())
            {
                var reply = await coordinator.ExchangeAsync(new("local", 3, [], results, []), default, TestContext.Current.CancellationToken);
                results = [.. reply.Leases.Select(TrainerOf(spec))];
            }

            Assert.Equal(expected, coordinator.State.Digest);
        }
    }

    // A race has its trials on top: min 1 for some, 2 for others; then a confirmation, and earlier incumbents are scored.
    private static SweepSpec SpecOf(string name, int trials, int replicates)
    {
        var spec = FakeSweep.Spec(PrunerOf(name.Split(' ')[0]), trials, replicates: replicates);
        return name.Contains("race", StringComparison.Ordinal)
            ? spec with { Trials = trials * (name[0] == 's' ? 4 : 2), Race = new(name[0] == 'n' ? 2 : 1, 0.9), Confirm = 3, Overtuning = true }
            : spec;
    }

    private static Func<Lease, SegmentResult> TrainerOf(SweepSpec spec) => spec.Race is null ? FakeTrainer.Run : FakeTrainer.RunNoisy;

    private static PrunerSpec PrunerOf(string name) => name switch
    {
        "stop" => new AshaPrunerSpec(1, 3),
        "promote" => new AshaPrunerSpec(1, 3, Promote: true),
        _ => new NoPrunerSpec(),
    };

    private static async Task<string> AloneAsync(SweepSpec spec)
    {
        var coordinator = await FakeSweep.RunAsync(spec, new MemoryJournal(), TrainerOf(spec));
        Assert.Equal(SweepStatus.Finished, coordinator.State.Status);
        if (spec.Race is not null)
        {
            Assert.Contains(coordinator.State.Trials, trial => trial.Replicate >= spec.Race.Min && trial.Replicate < spec.Replicates);
            Assert.Contains(coordinator.State.Trials, trial => trial.Replicate >= spec.Replicates);
        }

        return coordinator.State.Digest;
    }

    private static async Task CompareAsync(SweepSpec spec, string expected, int workers, ulong seed, Trouble trouble)
    {
        var cluster = new SimulatedCluster(spec, workers, seed, trouble, train: TrainerOf(spec));
        try
        {
            Assert.Equal(expected, await cluster.RunAsync());
            LeaseChecker.CheckJournal(cluster.Journal.Events);
        }
        catch (Exception fault)
        {
            throw new InvalidOperationException($"{spec.Pruner}, {spec.Replicates} replicates, {workers} workers, seed {seed}: {fault.Message}", fault);
        }
    }
}
