namespace ApproxCluster.Search.Tests;

/// <summary>Sweeps that begin with what an earlier one found.</summary>
public sealed class WarmStartTests
{
    private static readonly SweepSpec Spec = FakeSweep.Spec(trials: 10, parallel: 3) with { From = "earlier", Space = Space(20) };

    [Fact]
    public async Task Take_EndedSweep_GivesItsPointsInTheSpaceAndCountsTheOthers()
    {
        var earlier = await EarlierAsync();

        var history = EarlierSweep.Take(earlier, Spec);

        var inside = earlier.Entries.Where(entry => entry.Parameters["width"]!.Value.Whole <= 20).ToList();
        Assert.Equal((inside.Count, 40 - inside.Count), (history.Observations.Count, history.Dropped));
        Assert.Equal(inside.Select(entry => entry.Parameters), history.Observations.Select(observation => observation.Parameters));
        Assert.Equal(inside.Select(entry => entry.OwnMean(1)), history.Observations.Select(observation => observation.Cost));
        Assert.InRange(history.Dropped, 1, 39);
        Assert.Equal(history.Digest, EarlierSweep.Take(earlier, Spec).Digest);
        Assert.NotEqual(history.Digest, EarlierSweep.Take(earlier, Spec with { Space = Space(19) }).Digest);
    }

    [Fact]
    public async Task Take_RulesOfTheSpace_DropPointsToo()
    {
        var earlier = await EarlierAsync();
        var space = Space(40);

        var history = EarlierSweep.Take(earlier, Spec with { Space = space with { Constraints = [WhereConstraint.Parse("width <= 20 and x >= 0", space)] } });

        Assert.Equal(EarlierSweep.Take(earlier, Spec).Digest, history.Digest);
    }

    [Theory]
    [InlineData(9)]
    [InlineData(4)]
    public async Task Take_PrunedTrials_ComeWithTheirCurvesAsFarAsTheNewSweepGoes(int epochs)
    {
        var earlier = await EarlierAsync(new AshaPrunerSpec(1, 3));

        var history = EarlierSweep.Take(earlier, Spec with { Space = Space(40), Epochs = epochs });

        Assert.Equal(earlier.Entries.Select(entry => entry.Own[0].Costs.Take(epochs)), history.Observations.Select(observation => observation.Curve));
        Assert.Contains(history.Observations, observation => observation is { State: TrialState.Pruned, Curve.Count: 1 });
        Assert.Contains(history.Observations, observation => observation.Curve.Count == epochs);
        Assert.NotEqual(history.Digest, EventWriter.DigestOf(history.Observations.Select(observation => observation with { Curve = [] })));
    }

    [Fact]
    public async Task Take_LongCurves_OnlyTheLatestKeepThem()
    {
        const int Epochs = 4_000;
        var earlier = (await FakeSweep.RunAsync(FakeSweep.Spec(epochs: Epochs), new MemoryJournal())).State;

        var history = EarlierSweep.Take(earlier, Spec with { Space = Space(40), Epochs = Epochs });

        var kept = history.Observations.Sum(observation => observation.Curve.Count);
        Assert.InRange(kept, EarlierSweep.MaximumCurveValues - Epochs, EarlierSweep.MaximumCurveValues);
        Assert.Equal(history.Observations.TakeLast(15).Select(observation => observation.Curve.Count), earlier.Entries.TakeLast(15).Select(entry => entry.Own[0].Epochs.Count));
        Assert.Empty(history.Observations[0].Curve);
        Assert.NotNull(history.Observations[0].Cost);
    }

    [Fact]
    public async Task Apply_HistoryOfTheJournal_HasEverythingThatWasTaken()
    {
        var point = new Assignment([KeyValuePair.Create("x", ParameterValue.Of(0.5)), KeyValuePair.Create("width", ParameterValue.Of(7L))]);
        PriorObservation[] observations = [new(point, TrialState.Pruned, 1.5) { Costs = [1.5, 8], Curve = [2, double.NaN, 1.5], Violation = 0.25 }, new(point, TrialState.Failed, null)];
        SearchHistory? seen = null;

        var journal = new MemoryJournal();
        var digest = await RunAsync(new(EventWriter.DigestOf(observations), 0, observations), journal, new Spy([]));
        var cut = new MemoryJournal();
        await cut.AppendAsync(0, [.. journal.Entries.Take(2).Select(entry => EventCodec.Decode(entry.Type, entry.Payload))], TestContext.Current.CancellationToken);

        Assert.Equal(digest, await RunAsync(null, cut, new Spy([], history => seen ??= [.. history])));
        Assert.Equal((TrialState.Pruned, 1.5, 0.25), (seen![0].State, seen[0].Cost, seen[0].Violation));
        Assert.Equal([2, double.NaN, 1.5], seen[0].Curve);
        Assert.Equal([1.5, 8], seen[0].Costs);
        Assert.Empty(seen[1].Curve);
    }

    [Fact]
    public async Task Suggest_DensitiesWithPrunedHistory_LeanOnItsCurvesFromTheStart()
    {
        var spec = Spec with { Space = Space(40), Epochs = 9, Sampler = new BohbSamplerSpec(RandomFraction: 0) };
        var history = EarlierSweep.Take(await EarlierAsync(new AshaPrunerSpec(1, 3)), spec);
        SearchHistory own = [.. history.Observations.Select((observation, number) => new Observation(number, observation.Parameters, observation.State, observation.Cost) { Curve = observation.Curve })];
        SearchHistory prior = [], bare = [];
        foreach (var observation in own)
        {
            prior.AddPrior(observation);
            bare.AddPrior(observation with { Curve = [] });
        }

        var first = SamplerFactory.Create(spec).Suggest(0, prior);

        Assert.Equal(SamplerFactory.Create(spec with { From = null }).Suggest(own.Count, own), first);
        Assert.NotEqual(SamplerFactory.Create(spec).Suggest(0, bare), first);
    }

    [Fact]
    public async Task Suggest_WithHistory_SeesItBeforeConfigurationZeroAndAfterARestart()
    {
        var history = EarlierSweep.Take(await EarlierAsync(), Spec);
        var journal = new MemoryJournal();
        var seen = new List<(int Configuration, int Count, int Prior)>();

        var digest = await RunAsync(history, journal, new Spy(seen));

        Assert.Equal(Enumerable.Range(0, 10).Select(number => (number, history.Observations.Count + number, history.Observations.Count)), seen.Distinct());
        Assert.Equal(["sweep_created", "history_taken"], journal.Entries.Take(2).Select(entry => entry.Type));
        for (var length = 2; length < journal.Entries.Count; length += 5)
        {
            var cut = new MemoryJournal();
            await cut.AppendAsync(0, [.. journal.Entries.Take(length).Select(entry => EventCodec.Decode(entry.Type, entry.Payload))], TestContext.Current.CancellationToken);
            Assert.Equal(digest, await RunAsync(null, cut, new Spy([])));
        }

        Assert.NotEqual(digest, await RunAsync(history with { Observations = [] }, new MemoryJournal(), new Spy([])));
    }

    [Fact]
    public void Suggest_ModelWithHistory_IsAskedWithNumbersBehindIt()
    {
        SearchHistory history = [];
        history.AddPrior(new(7, new([]), TrialState.Completed, 1));
        history.AddPrior(new(7, new([]), TrialState.Completed, 2));
        history.Set(new(2, new([]), TrialState.Running, null));
        var seen = new List<(int, int, int)>();

        new PriorSampler(new Spy(seen)).Suggest(1, history);

        Assert.Equal((3, 3, 2), Assert.Single(seen));
        Assert.Equal([0, 1, 2], history.Select(observation => observation.Configuration));
        Assert.Throws<InvalidOperationException>(() => history.AddPrior(new(0, new([]), TrialState.Completed, 1)));
    }

    [Fact]
    public async Task Take_OtherObjectiveOrUnfinished_IsRefused()
    {
        var earlier = await EarlierAsync();
        var other = Assert.Throws<ArgumentException>(() => EarlierSweep.Take(earlier, Spec with { Objective = new(false, "validation.rmse") }));
        Assert.Equal("from is 'earlier', which is to minimize validation.loss, but must be to minimize validation.rmse, as this sweep is. Name another one, or change the objective.", other.Message);

        var running = await SweepCoordinator.CreateAsync(FakeSweep.Parts(FakeSweep.Spec()), FakeSweep.Spec(), FakeSweep.Shape, new MemoryJournal(), TestContext.Current.CancellationToken);
        Assert.Contains("must be a sweep that has ended", Assert.Throws<ArgumentException>(() => EarlierSweep.Take(running.State, Spec)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_HistoryMissing_IsRefused() =>
        Assert.Contains("its history is missing", (await Assert.ThrowsAsync<ArgumentException>(() => RunAsync(null, null, new Spy([])))).Message, StringComparison.Ordinal);

    [Fact]
    public void Canonical_From_IsReadBack()
    {
        var text = SweepFile.Canonical(Read.Spec("target: curve\nfrom: waves-3f9a"));

        Assert.EndsWith("\"from\":\"waves-3f9a\"}", text, StringComparison.Ordinal);
        Assert.Equal(text, SweepFile.Canonical(Read.Spec(text)));
        Assert.Equal("test.yaml:1:7: from: from is a list of 0, but must be the name or the identity of an earlier sweep. 'approx ls' lists them.", Read.Fault("from: []\ntarget: curve"));
    }

    private static SearchSpace Space(long widths) => new([new("x", new FloatDomain(0, 1)), new("width", new IntDomain(1, widths))]);

    private static async Task<SweepState> EarlierAsync(PrunerSpec? pruner = null) => (await FakeSweep.RunAsync(FakeSweep.Spec(pruner), new MemoryJournal())).State;

    private static async Task<string> RunAsync(HistoryTaken? history, MemoryJournal? journal, ISampler sampler)
    {
        var token = TestContext.Current.CancellationToken;
        var parts = FakeSweep.Parts(Spec, sampler);
        var coordinator = journal is { Entries.Count: > 0 }
            ? await SweepCoordinator.LoadAsync(parts, journal, presumeHeld: false, default, token)
            : await SweepCoordinator.CreateAsync(parts, Spec, FakeSweep.Shape, journal ?? new MemoryJournal(), token, history);
        IReadOnlyList<SegmentResult> results = [];
        while (!coordinator.State.Status.IsFinal())
        {
            results = [.. (await coordinator.ExchangeAsync(new("local", 2, [], results, []), default, token)).Leases.Select(FakeTrainer.Run)];
        }

        return coordinator.State.Digest;
    }

    private sealed class Spy(List<(int Configuration, int Count, int Prior)> seen, Action<SearchHistory>? look = null) : ISampler
    {
        private readonly FakeSampler inner = new(3);

        public long? Size => null;

        public Assignment? Suggest(int configuration, SearchHistory history)
        {
            seen.Add((configuration, history.Count, history.Prior));
            look?.Invoke(history);
            return inner.Suggest(configuration, history);
        }
    }
}
