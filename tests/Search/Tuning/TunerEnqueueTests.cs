namespace ApproxCluster.Search.Tests;

/// <summary>Points of the user's before those of a sampler.</summary>
public sealed class TunerEnqueueTests
{
    private static readonly SearchSpace Space = new(
    [
        new("x", new FloatDomain(-1, 1)),
        new("n", new IntDomain(1, 9)),
        new("c", new ChoiceDomain([new(ParameterValue.Of("a"), []), new(ParameterValue.Of("b"), [new("c.b.z", new FloatDomain(0, 1))])])),
    ]);

    private static SamplerSettings Settings => new() { Space = Space, Seed = 4 };

    public static TheoryData<SamplerSpec> Samplers => [new RandomSamplerSpec(), new SobolSamplerSpec(), new TpeSamplerSpec(StartupTrials: 2), new GaussianSamplerSpec()];

    [Theory]
    [MemberData(nameof(Samplers))]
    public void Ask_APartIsEnqueued_IsCompletedToAPointOfTheSpace(SamplerSpec sampler)
    {
        var tuner = new Tuner(Settings, sampler);
        tuner.Enqueue(Point(("c.b.z", ParameterValue.Of(0.5))));
        tuner.Enqueue(Point(("n", ParameterValue.Of(3.0))));

        var (first, second) = (tuner.Ask()!.Parameters, tuner.Ask()!.Parameters);

        Assert.Equal(("b", 0.5), (first.Word("c"), first.Number("c.b.z")));
        Assert.Equal(3, second.Whole("n"));
        Assert.All([first, second], point => Assert.NotNull(DomainValues.Fit(Space, point)));
        Assert.NotNull(tuner.Ask());
    }

    [Fact]
    public void Enqueue_PointsThatAreNone_NameTheFaults()
    {
        var tuner = new Tuner(Settings with { Space = Space with { Constraints = [WhereConstraint.Parse("n <= 5", Space)] } }, new RandomSamplerSpec());

        Refused("x is 5, but must be a number from -1 to 1. Change it, or widen the space.", ("x", ParameterValue.Of(5.0)));
        Refused("n is abc, but must be a whole number from 1 to 9. Change it, or widen the space.", ("n", ParameterValue.Of("abc")));
        Refused("Parameter is 'c.b.y', but must be one that the space has. Did you mean 'c.b.z'?", ("c.b.y", ParameterValue.Of(1.0)));
        Refused("Parameter is 'width', but must be one that the space has. It has x, n, c, c.b.z.", ("width", ParameterValue.Of(1.0)));
        Refused("c.b.z is given, but must be left out: it does not exist under the other values given. Leave it out, or change the choice.", ("c", ParameterValue.Of("a")), ("c.b.z", ParameterValue.Of(0.5)));
        Refused("The point is n=7, but must keep the rule n <= 5. Change it, or the rule.", ("n", ParameterValue.Of(7L)));
        Assert.Throws<ArgumentNullException>(() => tuner.Enqueue(null!));

        void Refused(string message, params (string, ParameterValue)[] values) =>
            Assert.Equal($"{message} (Parameter 'parameters')", Assert.Throws<ArgumentException>(() => tuner.Enqueue(Point(values))).Message);
    }

    [Fact]
    public void Ask_GridAfterEnqueuedPoints_GivesEveryCell()
    {
        var tuner = new Tuner(new() { Space = new([new("n", new IntDomain(0, 2))]), Seed = 1 }, new GridSamplerSpec());
        tuner.Enqueue(Point(("n", ParameterValue.Of(1L))));

        var values = new List<long>();
        while (tuner.Ask() is { } trial)
        {
            values.Add(trial.Parameters.Whole("n"));
        }

        Assert.Equal([1, 0, 1, 2], values);
    }

    [Fact]
    public void Ask_FirstInTheSettings_ComesFirstAndIsChecked()
    {
        var tuner = new Tuner(Settings with { First = [Point(("n", ParameterValue.Of(2L))), Point(("n", ParameterValue.Of(8L)))] }, new RandomSamplerSpec());
        tuner.Enqueue(Point(("n", ParameterValue.Of(5L))));

        Assert.Equal([2, 8, 5], Enumerable.Range(0, 3).Select(_ => tuner.Ask()!.Parameters.Whole("n")));
        Assert.Throws<ArgumentException>(() => new Tuner(Settings with { First = [Point(("m", ParameterValue.Of(2L)))] }, new RandomSamplerSpec()));
    }

    [Fact]
    public void Ask_AfterTheSameCallsAgain_GoesOnAsIfNeverStopped()
    {
        var space = new SearchSpace([new("x", new FloatDomain(-1, 1)), new("n", new IntDomain(1, 9))]);
        var kept = new List<double>();
        var tuner = Search(12, kept);
        var resumed = Search(0, kept);

        Assert.Equal(tuner.Ask()!.Parameters, resumed.Ask()!.Parameters);

        Tuner Search(int trials, List<double> values)
        {
            var fresh = new Tuner(new() { Space = space, Seed = 2, Budget = 40 }, new AutoSamplerSpec());
            foreach (var value in values)
            {
                fresh.Tell(fresh.Ask()!, value);
            }

            for (var number = 0; number < trials; number++)
            {
                var trial = fresh.Ask()!;
                values.Add(trial.Parameters.Number("x") * trial.Parameters.Whole("n"));
                fresh.Tell(trial, values[^1]);
            }

            return fresh;
        }
    }

    private static Assignment Point(params (string Path, ParameterValue Value)[] values) => new(values.Select(pair => KeyValuePair.Create(pair.Path, pair.Value)));
}
