namespace ApproxCluster.Search.Tests;

public sealed class ParetoAshaPrunerTests
{
    private static readonly SamplerSettings Settings = new() { Space = new([new("x", new FloatDomain(0, 1))]), Seed = 3, Epochs = 9 };

    [Fact]
    public void Of_TwoFronts_GoFrontByFrontAndSpread() =>
        Assert.Equal([3, 0, 2, 1, 4, 5], FrontOrder.Of([[10, 0], [4, 7], [5, 5], [0, 10], [11, 11], [12, 12]]));

    [Fact]
    public void Of_EqualPoints_GoByIndex() => Assert.Equal([0, 1, 2], FrontOrder.Of([[1, 1], [1, 1], [1, 1]]));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Report_TwoObjectives_KeepsTheFrontAndNotTheFirstObjectivesBest(bool promote)
    {
        // Six trials lie on two parallel lines: the nearer one is the front. By the first objective alone trial 3 (on the far line) would be second best.
        double[][] points = [[5, 5], [0, 10], [10, 0], [1, 19], [10, 10], [19, 1], [9, 11], [2, 18], [17, 3]];
        var tuner = new Tuner(Settings, new RandomSamplerSpec(), new AshaPrunerSpec(1, 3, promote), [false, true]);
        var running = Enumerable.Range(0, points.Length).Select(_ => tuner.Ask()!).ToList();
        var verdicts = running.ConvertAll(trial => tuner.Report(trial, [points[trial.Number][0], -points[trial.Number][1]]));

        var onward = promote
            ? Enumerable.Range(0, 3).Select(_ => tuner.Ask()!).Where(trial => trial.Costs.Count > 0).Select(trial => trial.Number).Order().ToList()
            : running.Where(trial => verdicts[trial.Number] == VerdictKind.Continue).Select(trial => trial.Number).ToList();

        Assert.Equal(promote ? [0, 1, 2] : [0, 1], onward.Take(promote ? 3 : 2));
        Assert.DoesNotContain(3, onward);
    }

    [Fact]
    public void Report_NotFinite_IsPrunedAndCounts()
    {
        var tuner = new Tuner(Settings, new RandomSamplerSpec(), new AshaPrunerSpec(1, 3), [false, false]);

        Assert.Equal(VerdictKind.Prune, tuner.Report(tuner.Ask()!, [1, double.NaN]));
        Assert.Equal(VerdictKind.Continue, tuner.Report(tuner.Ask()!, [5, 5]));
        Assert.Throws<ArgumentException>(() => tuner.Report(tuner.Ask()!, 1));
    }

    [Fact]
    public void Run_AnyOrder_CompletesAMemberOfTheFront()
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            var tuner = new Tuner(Settings with { Seed = seed }, new RandomSamplerSpec(), new AshaPrunerSpec(1, 3, seed % 2 == 0), [false, false]);
            for (var turn = 0; turn < 40; turn++)
            {
                var trial = tuner.Ask()!;
                var x = trial.Parameters["x"]!.Value.Number;
                var off = trial.Number % 3 == 0 ? 0 : 1;
                while (trial.State == TrialState.Running)
                {
                    tuner.Report(trial, [x + off + 1.0 / (trial.Costs.Count + 1), 1 - x + off]);
                }
            }

            Assert.Contains(tuner.Trials, trial => trial.State == TrialState.Completed && trial.Number % 3 == 0);
            Assert.All(tuner.Trials.Where(trial => trial.State == TrialState.Pruned), trial => Assert.Equal(2, trial.Values.Count));
        }
    }
}
