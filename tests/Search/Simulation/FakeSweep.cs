using ApproxCluster.Trainer;

namespace ApproxCluster.Search.Tests;

/// <summary>A sweep whose spec, sampler and configurations are made up, so that its state machine is tested alone.</summary>
internal static class FakeSweep
{
    public static readonly TargetShape Shape = new(2, 1, TaskKind.Regression, MetricKind.Rmse, 100, 50, 50);

    public static readonly Objective Loss = new(false, ObjectiveValues.ValidationLoss);

    public static SweepSpec Spec(PrunerSpec? pruner = null, int trials = 40, int parallel = 6, int replicates = 1, int epochs = 9, ulong seed = 1) => new()
    {
        Name = "fake",
        Target = new("curve", new Dictionary<string, string>()),
        Space = new([]),
        Objective = Loss,
        Sampler = new RandomSamplerSpec(),
        Pruner = pruner ?? new NoPrunerSpec(),
        Trials = trials,
        Parallel = parallel,
        Seed = seed,
        Replicates = replicates,
        Epochs = epochs,
    };

    public static SweepParts Parts(SweepSpec spec, ISampler? sampler = null) => new()
    {
        Read = _ => spec,
        Write = _ => $$"""{"name":"{{spec.Name}}"}""",
        Sampler = _ => sampler ?? new FakeSampler(spec.Seed),
        Configure = (assignment, _, epochs) => Configure(assignment, epochs),
    };

    /// <summary>Runs a sweep with one worker that trains everything in the order of its leases.</summary>
    public static async Task<SweepCoordinator> RunAsync(
        SweepSpec spec, ISweepJournal journal, Func<Lease, SegmentResult>? train = null, ISampler? sampler = null)
    {
        var token = TestContext.Current.CancellationToken;
        var coordinator = await SweepCoordinator.CreateAsync(Parts(spec, sampler), spec, Shape, journal, token);
        IReadOnlyList<SegmentResult> results = [];
        while (!coordinator.State.Status.IsFinal())
        {
            var reply = await coordinator.ExchangeAsync(new("local", 1, [], results, []), default, token);
            Assert.True(reply.Leases.Count > 0 || reply.Status.IsFinal(), $"nothing to do at {coordinator.State.Status}");
            results = [.. reply.Leases.Select(train ?? FakeTrainer.Run)];
        }

        return coordinator;
    }

    private static TrialConfiguration Configure(Assignment assignment, int epochs) => new()
    {
        Encoding = new(EncodingKind.Identity),
        HiddenWidths = [(int)assignment["width"]!.Value.Whole],
        Activation = new(ActivationKind.Tanh),
        Loss = LossKind.MeanSquaredError,
        Optimizer = OptimizerConfiguration.Default(OptimizerKind.Adam, assignment["x"]!.Value.Number),
        BatchSize = 10,
        Epochs = epochs,
    };
}

/// <summary>Uniform x in [0, 1) and a width of 1..40; leans on the history, so that a sweep which sees another history differs.</summary>
internal sealed class FakeSampler(ulong seed, long? size = null) : ISampler
{
    public long? Size => size;

    public Assignment? Suggest(int configuration, SearchHistory history)
    {
        var random = new Philox(seed, (ulong)configuration);
        var lean = 0.0;
        foreach (var observation in history.Skip(Math.Max(0, history.Count - 20)))
        {
            lean += (observation.Cost ?? 0) + (int)observation.State;
        }

        return new(
        [
            KeyValuePair.Create("x", ParameterValue.Of((random.NextDouble() + lean * 0.01) % 1)),
            KeyValuePair.Create("width", ParameterValue.Of(1L + random.NextBelow(40))),
        ]);
    }
}
