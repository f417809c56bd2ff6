namespace ApproxCluster.Search.Tests;

/// <summary>What a tuner refuses, and in which words.</summary>
public sealed class TunerFaultTests
{
    private static readonly SearchSpace Space = new([new("x", new FloatDomain(-1, 1)), new("n", new IntDomain(1, 9))]);

    private static SamplerSettings Settings => new() { Space = Space, Seed = 4, Epochs = 9 };

    [Fact]
    public void Tell_AnotherTunersTrial_IsRefusedAndChangesNothing()
    {
        var (tuner, other) = (new Tuner(Settings, new RandomSamplerSpec()), new Tuner(Settings, new RandomSamplerSpec()));
        tuner.Ask();
        var foreign = other.Ask()!;

        Assert.StartsWith("Trial 0 is another tuner's", Assert.Throws<ArgumentException>("trial", () => tuner.Tell(foreign, 1)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("trial", () => tuner.Report(foreign, 1));
        Assert.Throws<ArgumentException>("trial", () => tuner.Tell(foreign, TrialState.Failed));
        Assert.Equal((TrialState.Running, TrialState.Running, null), (tuner.History[0].State, foreign.State, tuner.Best));
        Assert.Throws<ArgumentNullException>("trial", () => tuner.Tell(null!, 1));
    }

    [Fact]
    public void TellAndReport_InAWrongState_SayWhichAndWhatToDo()
    {
        var tuner = new Tuner(Settings, new RandomSamplerSpec(), new AshaPrunerSpec(Promote: true));
        var trial = tuner.Ask()!;

        Assert.Equal(
            "state is Completed, but must be Pruned, Failed or Cancelled. Tell the objective of a trial that is complete. (Parameter 'state')",
            Assert.Throws<ArgumentException>(() => tuner.Tell(trial, TrialState.Completed)).Message);
        tuner.Report(trial, 1);
        Assert.Equal(
            "Trial 0 is Paused, but must be Running to report. Leave it until Ask gives it back, or end it with Tell.",
            Assert.Throws<InvalidOperationException>(() => tuner.Report(trial, 1)).Message);
        tuner.Tell(trial, 2);
        Assert.Equal(
            "Trial 0 is Completed, but must be Running to report. It has ended: report no more once State is not Running.",
            Assert.Throws<InvalidOperationException>(() => tuner.Report(trial, 1)).Message);
        Assert.Equal(
            "Trial 0 is Completed, but must not have ended: it was told, or its last report has ended it. Tell each trial once.",
            Assert.Throws<InvalidOperationException>(() => tuner.Tell(trial, TrialState.Failed)).Message);
    }

    [Fact]
    public void Report_NothingFinite_EndsAsFailed()
    {
        var tuner = new Tuner(Settings with { Epochs = 2 }, new RandomSamplerSpec(), new NoPrunerSpec());
        var trial = tuner.Ask()!;
        tuner.Report(trial, double.NaN);
        tuner.Report(trial, double.PositiveInfinity);

        Assert.Equal((TrialState.Failed, 0, null), (trial.State, trial.Values.Count, tuner.Best));
    }

    [Fact]
    public void Tuner_SettingsOutOfRange_AllFaultsAtOnce()
    {
        var fault = Assert.Throws<ArgumentException>(() => new Tuner(Settings with { Budget = 0, Parallel = -1, Epochs = 1 }, new RandomSamplerSpec(), new AshaPrunerSpec()));

        Assert.Equal(
            [
                "Budget is 0, but must be at least 1. Raise it.",
                "Parallel is -1, but must be at least 1. Raise it.",
                "Epochs is 1, but must be at least 2 with a pruner: reports of a trial that nothing stops. Raise it, or leave the pruner out. (Parameter 'settings')",
            ],
            fault.Message.Split(Environment.NewLine));
        Assert.StartsWith("maximize has 0 entries", Assert.Throws<ArgumentException>(() => new Tuner(Settings, new RandomSamplerSpec(), maximize: [])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tuner_SamplerOrPrunerOutOfRange_NamesTheSettings()
    {
        Assert.Equal(
            "n_ei_candidates of TpeSamplerSpec is 0, but must be a whole number from 1 to 10000. Change it: Points drawn near the best ones, of which the most promising is taken. (Parameter 'sampler')",
            Assert.Throws<ArgumentException>(() => new Tuner(Settings, new TpeSamplerSpec(Candidates: 0))).Message);
        Assert.Throws<ArgumentException>("sampler", () => new Tuner(Settings, new GaussianSamplerSpec(0)));
        Assert.Throws<ArgumentException>("sampler", () => new Tuner(Settings, new CmaEsSamplerSpec(Sigma: double.NaN)));
        Assert.Throws<ArgumentException>("sampler", () => new Tuner(Settings, new Nsga2SamplerSpec(new GeneticSettings(Population: 0))));
        Assert.StartsWith(
            "reduction_factor of AshaPrunerSpec is 1, but must be a whole number from 2 to 1000.",
            Assert.Throws<ArgumentException>("pruner", () => new Tuner(Settings, new RandomSamplerSpec(), new AnyPrunerSpec([new GapPrunerSpec(), new AshaPrunerSpec(1, 1)]))).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("pruner", () => new Tuner(Settings, new RandomSamplerSpec(), new MedianPrunerSpec(StartupTrials: -1)));
        Assert.Throws<ArgumentException>("pruner", () => new Tuner(Settings, new RandomSamplerSpec(), new PatiencePrunerSpec(Wrapped: new ThresholdPrunerSpec(Lower: double.NaN))));
    }

    [Fact]
    public void Tuner_DomainsThatAreNone_AllFaultsAtOnce()
    {
        var space = new SearchSpace(
        [
            new("a", null!),
            new("b", new IntDomain(long.MinValue, long.MaxValue)),
            new("c", new ChoiceDomain([new(ParameterValue.Of(double.NaN), []), new(ParameterValue.Of(1L), [])])),
            new("d", new FixedDomain(default)),
            new("e", new FloatDomain(0, 1, Step: 1e-12)),
        ]);

        Assert.Equal(
            [
                "a: Domain is null, but must be given. Give a range or choices.",
                "b: Range is -9223372036854775808 to 9223372036854775807, but must be within -9007199254740992 to 9007199254740992. Narrow it.",
                "c: A choice is NaN, but must be a word or a finite number. Change it.",
                "d: Value is none, but must be a word or a finite number. Change it.",
                "e: Step is 1E-12, but must be at least 1E-09, a thousand-millionth of the range. Raise it, or leave it out. (Parameter 'settings')",
            ],
            Faults(space));
        Assert.Throws<ArgumentNullException>(() => ParameterValue.Of(null!));
    }

    [Fact]
    public void Tuner_GridWithoutCells_IsRefused()
    {
        Assert.StartsWith(
            "sampler is grid, but must be another one while x is a continuous range.",
            Assert.Throws<ArgumentException>("sampler", () => new Tuner(Settings, new GridSamplerSpec())).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("sampler", () => new Tuner(Settings with { Space = new([new("n", new IntDomain(0, 1L << 50)), new("m", new IntDomain(0, 1L << 50))]) }, new GridSamplerSpec()));
    }

    [Fact]
    public void Tuner_OnePathWithTwoDomains_IsRefused()
    {
        var space = new SearchSpace(
        [
            new("m", new ChoiceDomain([new(ParameterValue.Of("a"), [new("k", new IntDomain(1, 3))]), new(ParameterValue.Of("b"), [new("k", new IntDomain(10, 30))])])),
        ]);

        Assert.Equal(
            ["k: It is a whole number from 10 to 30 under one choice and a whole number from 1 to 3 under another, but must be the same under both. Rename one of the two. (Parameter 'settings')"],
            Faults(space));
    }

    [Fact]
    public void Ask_NamesOfTheTrainersParameters_MeanNothing()
    {
        var space = new SearchSpace(
        [
            new("learning_rate", new FloatDomain(0.1, 1)),
            new("optimizer", new ChoiceDomain([new(ParameterValue.Of("sgd"), [new("optimizer.sgd.learning_rate", new FloatDomain(0.001, 0.01))])])),
        ]);

        var point = new Tuner(Settings with { Space = space }, new RandomSamplerSpec()).Ask()!.Parameters;

        Assert.Equal(["learning_rate", "optimizer", "optimizer.sgd.learning_rate"], point.Select(pair => pair.Key));
    }

    private static string[] Faults(SearchSpace space) => Assert.Throws<ArgumentException>(() => new Tuner(Settings with { Space = space }, new RandomSamplerSpec())).Message.Split(Environment.NewLine);
}
