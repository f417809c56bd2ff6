using ApproxCluster.Trainer;

namespace ApproxCluster.Search.Tests;

public sealed class GaussianCurvesTests
{
    private const int Epochs = 27;

    private static readonly SearchSpace Space = new([new("rate", new FloatDomain(0, 1)), new("other", new FloatDomain(0, 1))]);

    [Fact]
    public void Suggest_CurvesThatCross_FindsTheBestEndMoreOftenThanDensities()
    {
        var (own, densities) = (0.0, 0.0);
        for (var seed = 0UL; seed < 4; seed++)
        {
            var settings = new SamplerSettings { Space = Space, Seed = seed, Epochs = Epochs };
            own += Best(new GaussianSampler(new(), settings));
            densities += Best(new BohbSampler(new(), settings));
        }

        Assert.True(own < densities, $"{own} against {densities}");

        static double Best(ISampler sampler) => Searched(sampler, 40, promote: false).Trials.Min(trial => trial.BestCost);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Suggest_TrialsStopped_AFreshInstanceAgrees(bool promote)
    {
        var settings = new SamplerSettings { Space = Space, Seed = 5, Epochs = Epochs };
        var sampler = new GaussianSampler(new(), settings);
        var tuner = Searched(sampler, 30, promote);

        Assert.True(tuner.History.IsPruned);
        Assert.Equal(new GaussianSampler(new(), settings).Suggest(tuner.Trials.Count, tuner.History), sampler.Suggest(tuner.Trials.Count, tuner.History));
    }

    [Fact]
    public void Suggest_CurvesLongerThanTrialsAndFailures_IsAPoint()
    {
        var settings = new SamplerSettings { Space = Space, Seed = 5, Epochs = 3 };
        var history = new SearchHistory();
        var random = new RandomSampler(Space, 1);
        for (var number = 0; number < 12; number++)
        {
            history.Set(new(number, random.Suggest(number, history)!, number % 3 == 0 ? TrialState.Failed : TrialState.Pruned, null)
            {
                Curve = number % 3 == 0 ? [] : [double.NaN, 3, 2, 1.0 / number, 1],
            });
        }

        Assert.NotNull(new GaussianCurves(new GaussianSpace(Space), settings).Suggest(history, new Philox(1)));
    }

    [Fact]
    public void Change_CurvesAsFarAsTheyGo_IsTheMedianOfThoseThatWentOn()
    {
        var levels = new CurveLevels(9, [[8, 7, 6], [5, 4, 4], [9, 9, 3, 3, 3, 3, 3, 3, 1], [7]]);

        Assert.Equal([1, 3, 9], levels.Levels);
        Assert.Equal((-4, -2, 0), (levels.Change(1), levels.Change(3), levels.Change(9)));
        Assert.InRange(levels.Change(2), -4 + 1e-9, -2 - 1e-9);
        Assert.Equal((0, 0.5, 1), (levels.Place(1), levels.Place(3), levels.Place(9)));
    }

    [Fact]
    public void BestSoFar_GapsFailuresAndLongCurves_AreNumbersForEachEpoch()
    {
        var point = new RandomSampler(Space, 1).Suggest(0, new SearchHistory())!;

        Assert.Equal([double.PositiveInfinity, 3, 3], CurveLevels.BestSoFar(new(0, point, TrialState.Pruned, null) { Curve = [double.NaN, 3, 4, 1] }, 3));
        Assert.Equal([double.PositiveInfinity], CurveLevels.BestSoFar(new(0, point, TrialState.Failed, null), 3));
        Assert.Empty(CurveLevels.BestSoFar(new(0, point, TrialState.Running, null), 3));
    }

    [Theory]
    [InlineData(-0.4)]
    [InlineData(-3)]
    [InlineData(2)]
    public void Score_EpochsToPass_IsImprovementAtTheEndAndTheChanceOfComingThere(double bound)
    {
        var points = new PointSet(3, 16);
        var random = new Philox(2);
        var costs = new double[12];
        for (var index = 0; index < costs.Length; index++)
        {
            double[] point = [random.NextDouble(), random.NextDouble(), index % 3 / 2.0];
            points.Add(point);
            costs[index] = point[0] + (1 - point[2]) * point[1];
        }

        bool[] kinds = [false, false, false];
        var model = new GaussianFits(new MaternKernel(kinds)).Model(new GaussianData(kinds, points, costs, [.. Enumerable.Range(0, costs.Length)]));
        var scores = new double[1];

        new CurveAcquisition(model, model.Fitted.Min(), [(0, 5), (0.5, bound)]).Score(Block(0.4, 0.3), scores);

        var (mean, variance) = model.Predict([0.4, 0.3, 0.5], [], [], []);
        var (lastMean, lastVariance) = model.Predict([0.4, 0.3, 1], [], [], []);
        var chance = ErrorFunction.Complement((mean - bound) / Math.Sqrt(2 * (variance + model.Noise * model.Variance))) / 2;
        Assert.Equal(LogExpectedImprovement.Value(model.Fitted.Min(), lastMean, lastVariance).Value + Math.Log(chance), scores[0], 1e-9);

        static double[] Block(params double[] point) => [.. point.SelectMany(value => Enumerable.Repeat(value, CholeskyFactor.Block))];
    }

    // The larger the rate, the faster, and the worse the end: at first the wrong ones lead.
    private static double Cost(TuningTrial trial, int epoch)
    {
        var (rate, other) = (trial.Parameters["rate"]!.Value.Number, trial.Parameters["other"]!.Value.Number);
        return rate * rate + (other - 0.3) * (other - 0.3) + Math.Pow(1 + epoch * (0.2 + 3 * rate), -1);
    }

    private static Tuner Searched(ISampler sampler, int trials, bool promote)
    {
        var tuner = new Tuner(sampler, new AshaPruner(new(1, 3, promote), Epochs));
        while (tuner.Trials.Count < trials && tuner.Ask() is { } trial)
        {
            while (trial.State == TrialState.Running)
            {
                tuner.Report(trial, Cost(trial, trial.Costs.Count + 1));
            }
        }

        return tuner;
    }
}
