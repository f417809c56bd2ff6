namespace ApproxCluster.Search.Tests;

public sealed class TunerTests
{
    private static readonly SearchSpace Space = new([new("x", new FloatDomain(-1, 1)), new("n", new IntDomain(1, 9))]);

    private static SamplerSettings Settings => new() { Space = Space, Seed = 4, Epochs = 9 };

    [Fact]
    public void Create_PopulationBasedTraining_IsRefused() =>
        Assert.Contains("in sweeps only", Assert.Throws<ArgumentException>(() => new Tuner(Settings, new PbtSamplerSpec())).Message, StringComparison.Ordinal);

    [Fact]
    public void Ask_SameCalls_SameConfigurations()
    {
        Assert.Equal(Run(), Run());

        static List<string> Run()
        {
            var tuner = new Tuner(Settings, new RandomSamplerSpec());
            var points = new List<string>();
            for (var number = 0; number < 20; number++)
            {
                var trial = tuner.Ask()!;
                points.Add(trial.Parameters.ToString());
                tuner.Tell(trial, trial.Parameters["x"]!.Value.Number);
            }

            return points;
        }
    }

    [Fact]
    public void Tell_Maximize_TheLargestIsBest()
    {
        var tuner = new Tuner(Settings, new RandomSamplerSpec(), maximize: [true]);
        foreach (var value in new[] { 1.0, 3, double.NaN, 2 })
        {
            tuner.Tell(tuner.Ask()!, value);
        }

        Assert.Equal(1, tuner.Best!.Number);
        Assert.Equal([-1.0, -3, null, -2], tuner.History.Select(observation => observation.Cost));
        Assert.Equal(TrialState.Failed, tuner.Trials[2].State);
    }

    [Fact]
    public void Front_TwoObjectives_AreTrialsThatNoOtherDominates()
    {
        var tuner = new Tuner(Settings, new RandomSamplerSpec(), maximize: [true, false]);
        Assert.Empty(tuner.Front());
        foreach (var values in new double[][] { [1, 5], [2, 6], [1, 6], [3, double.NaN], [2, 5.5] })
        {
            tuner.Tell(tuner.Ask()!, values);
        }

        Assert.Equal([0, 4], tuner.Front().Select(trial => trial.Number));
    }

    [Fact]
    public void Report_StoppingAsha_PrunesTheWorseAndCompletesTheBest()
    {
        var tuner = new Tuner(Settings, new RandomSamplerSpec(), new AshaPrunerSpec(1, 3));
        var ends = new List<(TrialState, int)>();
        foreach (var value in new[] { 1.0, 2, 0.5 })
        {
            var trial = tuner.Ask()!;
            while (trial.State == TrialState.Running)
            {
                tuner.Report(trial, value);
            }

            ends.Add((trial.State, trial.Costs.Count));
        }

        Assert.Equal([(TrialState.Completed, 9), (TrialState.Pruned, 1), (TrialState.Completed, 9)], ends);
        Assert.Equal(0.5, tuner.Best!.Values[0]);
    }

    [Fact]
    public void Ask_PromotingAsha_GivesPausedTrialsBack()
    {
        var tuner = new Tuner(Settings, new RandomSamplerSpec(), new AshaPrunerSpec(1, 3, Promote: true));
        for (var number = 0; number < 3; number++)
        {
            Assert.Equal(VerdictKind.Pause, tuner.Report(tuner.Ask()!, 10 - number));
        }

        var promoted = tuner.Ask()!;

        Assert.Equal(2, promoted.Number);
        Assert.Equal((1, 3), (promoted.Costs.Count, promoted.ToEpoch));
    }

    [Fact]
    public void Enqueue_BeforeAsk_ComesFirst()
    {
        var tuner = new Tuner(Settings, new RandomSamplerSpec());
        var mine = new Assignment([KeyValuePair.Create("x", ParameterValue.Of(0.5)), KeyValuePair.Create("n", ParameterValue.Of(2L))]);
        tuner.Enqueue(mine);

        Assert.Equal(mine, tuner.Ask()!.Parameters);
        Assert.NotEqual(mine, tuner.Ask()!.Parameters);
    }

    [Fact]
    public void Tell_Twice_IsRefused()
    {
        var tuner = new Tuner(Settings, new RandomSamplerSpec());
        var trial = tuner.Ask()!;
        tuner.Tell(trial, 1);

        Assert.Contains("Trial 0 is Completed", Assert.Throws<InvalidOperationException>(() => tuner.Tell(trial, 1)).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => tuner.Report(trial, 1));
        Assert.Throws<ArgumentException>(() => tuner.Tell(tuner.Ask()!, [1, 2]));
    }

    [Fact]
    public void Recommend_SamplerWithAnOpinion_IsItsTrialAndElseTheBest()
    {
        var sampler = new Opinionated();
        var tuner = new Tuner(sampler);
        Assert.Null(tuner.Recommend());
        foreach (var value in new[] { 3.0, 1, 2 })
        {
            tuner.Tell(tuner.Ask()!, value);
        }

        Assert.Same(tuner.Trials[1], tuner.Recommend());
        sampler.Opinion = 2;
        Assert.Same(tuner.Trials[2], tuner.Recommend());
    }

    private sealed class Opinionated : ISampler
    {
        public int? Opinion { get; set; }

        public long? Size => null;

        public Assignment? Suggest(int configuration, SearchHistory history) => new([]);

        public int? Recommend(SearchHistory history) => Opinion;
    }

    [Fact]
    public void Tuner_RangesThatAreNone_AllFaultsAtOnce()
    {
        var space = new SearchSpace(
        [
            new("a", new FloatDomain(2, 1)),
            new("b", new IntDomain(0, 4, Log: true)),
            new("c", new ChoiceDomain([new(ParameterValue.Of("x"), [new("a", new IntDomain(1, 2))])])),
            new("", new FloatDomain(0, 1, Step: 0)),
        ]);

        var fault = Assert.Throws<ArgumentException>(() => new Tuner(Settings with { Space = space }, new RandomSamplerSpec()));

        Assert.Equal(
            [
                "a: Range is 2 to 1, but must be two finite numbers in order. Change it.",
                "b: Low is 0, but must be at least 1 in the logarithm. Raise it, or leave Log out.",
                "Path is 'a', but must be a name of its own. Rename the parameter.",
                "Path is '', but must be a name of its own. Rename the parameter.",
                ": Step is 0, but must be above 0. Raise it, or leave it out. (Parameter 'settings')",
            ],
            fault.Message.Split(Environment.NewLine));
    }

    [Fact]
    public void Number_OfAMissingParameter_SaysWhichExist()
    {
        var point = new Assignment([KeyValuePair.Create("x", ParameterValue.Of(0.5)), KeyValuePair.Create("n", ParameterValue.Of(2L))]);

        Assert.Equal((0.5, 2L), (point.Number("x"), point.Whole("n")));
        Assert.Contains("Path is y, but must be one of n, x", Assert.Throws<KeyNotFoundException>(() => point.Number("y")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Recommend_SamplerBehindRulesAndFirstPoints_IsAsked()
    {
        var space = Space with { Constraints = Read.Spec("{target: curve, space: {width: {int: [1, 4]}}, where: width >= 1}").Space.Constraints };
        var first = new Assignment([KeyValuePair.Create("x", ParameterValue.Of(0.25))]);
        var tuner = new Tuner(new LastOne());
        var behind = new Tuner(new FirstSampler(new RedrawingSampler(new LastOne(), space, 1), Settings with { Space = space, First = [first] }, isSequence: false));
        foreach (var one in new[] { tuner, behind })
        {
            one.Tell(one.Ask()!, 1);
            one.Tell(one.Ask()!, 2);

            Assert.Equal((0, 1), (one.Best!.Number, one.Recommend()!.Number));
        }
    }

    private sealed class LastOne : ISampler
    {
        private readonly RandomSampler inner = new(Space, 1);

        public long? Size => null;

        public Assignment? Suggest(int configuration, SearchHistory history) => inner.Suggest(configuration, history);

        public int? Recommend(SearchHistory history) => history.Count - 1;
    }
}
