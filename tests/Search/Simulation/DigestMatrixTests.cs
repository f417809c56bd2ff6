using ApproxCluster.Trainer;

namespace ApproxCluster.Search.Tests;

/// <summary>Every sampler with every pruner that sweep files know: one digest, however many slots, resumed anywhere; and an eager journal that replays.</summary>
public sealed class DigestMatrixTests
{
    private const string Space = "{learning_rate: {float: [0.01, 1], step: 0.01}, width: {int: [1, 40]}, activation: {choice: [tanh, relu, {sine: {frequency: {choice: [1, 2]}}}]}}";
    private const string Grid = "{learning_rate: {float: [0.1, 0.9], step: 0.2}, width: {int: [1, 6]}}";

    // Those that are nothing without settings.
    private static readonly Dictionary<string, string> Settings = new(StringComparer.Ordinal)
    {
        ["threshold"] = "{threshold: {upper: 1.2}}",
        ["any"] = "{any: {pruners: [median, {gap: {max_gap: 0.1}}]}}",
    };

    // The pruners, and such whose settings make them others.
    private static readonly string[] Pruners = [.. SweepSettings.Pruner.Variants.Select(pruner => pruner.Name), "{asha: {min_trials: 4}}"];

    // Samplers that every pruner is also tried with under two objectives.
    private static readonly string[] ForTwoObjectives = ["random", "nsga2", "tpe", "pbt"];

    // A population goes on from weights, which are a program's own.
    public static TheoryData<string, string> Pairs =>
    [
        .. SweepSettings.Sampler.Variants.Where(sampler => sampler.Name != "pbt")
            .SelectMany(sampler => Pruners.Select(pruner => (sampler.Name, pruner))),
    ];

    public static TheoryData<string, string, bool> Cases
    {
        get
        {
            var cases = new TheoryData<string, string, bool>();
            foreach (var sampler in SweepSettings.Sampler.Variants)
            {
                // A population ends its trials by itself.
                foreach (var pruner in Pruners.Where(pruner => sampler.Name != "pbt" || pruner == "none"))
                {
                    cases.Add(sampler.Name, pruner, false);
                    if (ForTwoObjectives.Contains(sampler.Name))
                    {
                        cases.Add(sampler.Name, pruner, true);
                    }
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Digest_AnySlotsOrTrouble_Same(string sampler, string pruner, bool twoObjectives)
    {
        var spec = Spec(sampler, pruner, twoObjectives);
        var expected = await AloneAsync(spec, new());
        foreach (var workers in new[] { 1, 2, 7 })
        {
            var trouble = workers == 2 ? new Trouble { LostMessages = 0.1, DoubledMessages = 0.2, CoordinatorCrashes = 0.02, JournalFaults = 0.05, Drains = 0.03, LostWorkers = 2 } : new();

            Assert.Equal(expected, await new SimulatedCluster(spec, workers, (ulong)workers, trouble, Parts(spec)).RunAsync());
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task Digest_TrainedByAProgram_SameOverWorkersAndAfterResuming(string sampler, string pruner)
    {
        var spec = Read.Spec(Text(sampler, pruner).Replace("target: curve", "trainer: {command: [train], cost: width}\nobjective: {minimize: validation.loss}", StringComparison.Ordinal));
        var whole = new MemoryJournal();
        var expected = await AloneAsync(spec, whole);
        var middle = new MemoryJournal();
        middle.Entries.AddRange(whole.Entries.Take(whole.Entries.Count / 2));
        var trouble = new Trouble { LostMessages = 0.1, DoubledMessages = 0.2, CoordinatorCrashes = 0.02, JournalFaults = 0.05, Drains = 0.03, LostWorkers = 2 };

        Assert.Equal(expected, await new SimulatedCluster(spec, 2, 2, trouble, Parts(spec)).RunAsync());
        Assert.Equal(expected, await FinishAsync(await SweepCoordinator.LoadAsync(Parts(spec), middle, false, default, TestContext.Current.CancellationToken)));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Digest_ResumedFromAnyJournal_Same(string sampler, string pruner, bool twoObjectives)
    {
        var spec = Spec(sampler, pruner, twoObjectives);
        var whole = new MemoryJournal();
        var expected = await AloneAsync(spec, whole);
        for (var length = 1; length <= whole.Entries.Count; length += 1 + whole.Entries.Count / 9)
        {
            var journal = new MemoryJournal();
            journal.Entries.AddRange(whole.Entries.Take(length));
            var coordinator = await SweepCoordinator.LoadAsync(Parts(spec), journal, false, default, TestContext.Current.CancellationToken);

            Assert.Equal(expected, await FinishAsync(coordinator));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Replay_EagerExecution_GivesItsDigest(string sampler, string pruner, bool twoObjectives)
    {
        var spec = Spec(sampler, pruner, twoObjectives) with { Execution = Execution.Eager };
        var cluster = new SimulatedCluster(spec, 5, 3, new() { CoordinatorCrashes = 0.02, LostWorkers = 1 }, Parts(spec));
        var digest = await cluster.RunAsync();
        var state = new SweepState(Parts(spec));
        state.Follow(cluster.Journal.Events);

        Assert.Equal(digest, state.Digest);
    }

    private static SweepSpec Spec(string sampler, string pruner, bool twoObjectives)
    {
        var spec = Read.Spec(Text(sampler, pruner));
        return twoObjectives ? spec with { Objective = spec.Objective with { Further = [new(false, "parameters")] } } : spec;
    }

    private static string Text(string sampler, string pruner) =>
        $"target: curve\nsampler: {sampler}\npruner: {Settings.GetValueOrDefault(pruner, pruner)}\ntrials: 28\nparallel: 5\nepochs: 9\nseed: 3\nspace: {(sampler == "grid" ? Grid : Space)}";

    private static SweepParts Parts(SweepSpec spec) => FakeSweep.Parts(spec) with { Sampler = SamplerFactory.Create, Configure = (point, _, epochs) => Configure(point, epochs) };

    private static TrialConfiguration Configure(Assignment point, int epochs) => new()
    {
        Encoding = new(EncodingKind.Identity),
        HiddenWidths = [(int)point["width"]!.Value.Whole],
        Activation = new(point["activation"]?.Word == "relu" ? ActivationKind.Relu : ActivationKind.Tanh),
        Loss = LossKind.MeanSquaredError,
        Optimizer = OptimizerConfiguration.Default(OptimizerKind.Adam, point["learning_rate"]!.Value.Number),
        BatchSize = 10,
        Epochs = epochs,
    };

    private static async Task<string> AloneAsync(SweepSpec spec, MemoryJournal journal)
    {
        var coordinator = await SweepCoordinator.CreateAsync(Parts(spec), spec, FakeSweep.Shape, journal, TestContext.Current.CancellationToken);
        return await FinishAsync(coordinator);
    }

    private static async Task<string> FinishAsync(SweepCoordinator coordinator)
    {
        IReadOnlyList<SegmentResult> results = [];
        while (!coordinator.State.Status.IsFinal())
        {
            var reply = await coordinator.ExchangeAsync(new("local", 1, [], results, []), default, TestContext.Current.CancellationToken);
            Assert.True(reply.Leases.Count > 0 || reply.Status.IsFinal(), $"nothing to do at {coordinator.State.Status}");
            results = [.. reply.Leases.Select(FakeTrainer.Run)];
        }

        return coordinator.State.Digest;
    }
}
