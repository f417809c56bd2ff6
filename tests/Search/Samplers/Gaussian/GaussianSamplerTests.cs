using System.Globalization;
using ApproxCluster.Trainer;

namespace ApproxCluster.Search.Tests;

public sealed class GaussianSamplerTests : ModelSamplerContract
{
    protected override string Word => "gp";

    protected override int ToyTrials => 50;

    protected override double ToyNear => 2e-3;

    [Fact]
    public void Suggest_FiniteSpaceWithoutNoise_NeverRepeatsACell()
    {
        var tuner = new Tuner(new GaussianSampler(new(), new() { Space = Grid, Seed = 4 }));
        for (var number = 0; number < 36; number++)
        {
            var trial = tuner.Ask()!;
            tuner.Tell(trial, Cost(trial.Parameters));
        }

        Assert.Equal(36, tuner.Trials.Select(trial => trial.Parameters).Distinct().Count());
        Assert.Equal(0, tuner.Best!.Values[0]);
        Assert.NotNull(tuner.Ask());
    }

    [Fact]
    public void Suggest_SmoothFunction_IsMinimizedToFourDigitsUnderMostSeeds()
    {
        var space = new SearchSpace([new("x", new FloatDomain(-5, 10)), new("y", new FloatDomain(0, 15))]);
        var near = Enumerable.Range(0, 5).Count(seed =>
        {
            var tuner = new Tuner(new GaussianSampler(new(), new() { Space = space, Seed = (ulong)seed }));
            for (var number = 0; number < 60; number++)
            {
                var trial = tuner.Ask()!;
                tuner.Tell(trial, Branin(trial.Parameters["x"]!.Value.Number, trial.Parameters["y"]!.Value.Number));
            }

            return tuner.Best!.Values[0] - 0.39788735772973816 < 1e-3;
        });

        Assert.True(near >= 4, $"{near} of 5");
    }

    // One of two columns matters: a search of 50 has another model of it than a longer one, unless an earlier search has told more or nothing is continuous.
    [Theory]
    [InlineData(50, false, true, true)]
    [InlineData(51, false, true, false)]
    [InlineData(50, true, true, false)]
    [InlineData(50, false, false, false)]
    public void Suggest_ShortSearch_DrawsLengthsTogether(int budget, bool hasPrior, bool isContinuous, bool isOther)
    {
        var settings = new SamplerSettings { Space = isContinuous ? Plane : Grid, Seed = 2, Budget = 300 };
        var usual = new GaussianSampler(new(4), settings);
        var other = new GaussianSampler(new(4), settings with { Budget = budget, HasPrior = hasPrior });
        var (history, differs) = (new SearchHistory(), false);
        for (var number = 0; number < 10; number++)
        {
            var point = usual.Suggest(number, history)!;
            differs |= !point.Equals(other.Suggest(number, history));
            history.Set(new(number, point, TrialState.Completed, Math.Sin(9 * point["x"]!.Value.Number) + 0.1 * point["y"]!.Value.Number));
        }

        Assert.Equal(isOther, differs);
    }

    [Fact]
    public void Suggest_ChoicesWithOptimaOfTheirOwn_FindsTheBestChoiceUnderMostSeeds()
    {
        // A better choice has a narrower basin, elsewhere.
        double[][] optima = [[0.2, 0.8, 0.5], [0.7, 0.3, 0.4], [0.5, 0.5, 0.9], [0.85, 0.15, 0.2]];
        double[] floors = [0.3, 0.2, 0.1, 0];
        double[] slopes = [1, 2, 3, 6];
        var space = new SearchSpace(
        [
            .. Enumerable.Range(0, 3).Select(index => new Parameter($"x{index}", new FloatDomain(0, 1))),
            new("family", new ChoiceDomain([.. Enumerable.Range(0, 4).Select(family => new Choice(ParameterValue.Of($"{family}"), []))])),
        ]);
        var found = Enumerable.Range(5, 6).Count(seed =>
        {
            var tuner = new Tuner(new GaussianSampler(new(), new() { Space = space, Seed = (ulong)seed, Budget = 100 }));
            for (var number = 0; number < 100; number++)
            {
                var trial = tuner.Ask()!;
                var family = int.Parse(trial.Parameters["family"]!.Value.ToString()!, CultureInfo.InvariantCulture);
                tuner.Tell(trial, floors[family] + Enumerable.Range(0, 3).Sum(index =>
                {
                    var difference = trial.Parameters.Number($"x{index}") - optima[family][index];
                    return slopes[family] * (index + 1) * difference * difference;
                }));
            }

            return tuner.Best!.Values[0] < 0.01;
        });

        Assert.True(found >= 5, $"{found} of 6");
    }

    [Fact]
    public void Suggest_TwoObjectives_CoversTheFrontBetterThanRandomPoints()
    {
        Assert.True(Dominated(new GaussianSampler(new(), Settings)) > Dominated(new RandomSampler(Plane, 2)) + 0.1);

        static double Dominated(ISampler sampler)
        {
            var tuner = new Tuner(sampler, maximize: [false, false]);
            for (var number = 0; number < 30; number++)
            {
                var trial = tuner.Ask()!;
                var (x, y) = (trial.Parameters["x"]!.Value.Number, trial.Parameters["y"]!.Value.Number);
                tuner.Tell(trial, [x, (1 + 3 * y) * (1 - Math.Sqrt(x / (1 + 3 * y)))]);
            }

            return Hypervolume.Of([.. tuner.Trials.Select(trial => trial.Values.ToArray())], [1, 1]);
        }
    }

    [Fact]
    public void Recommend_Noise_IsNearerTheOptimumThanTheLuckiest()
    {
        var (own, luckiest) = (0.0, 0.0);
        for (var seed = 0UL; seed < 5; seed++)
        {
            var sampler = new GaussianSampler(new(), new() { Space = Plane, Seed = seed });
            var tuner = new Tuner(sampler);
            var noise = new Philox(seed);
            for (var number = 0; number < 60; number++)
            {
                var trial = tuner.Ask()!;
                tuner.Tell(trial, Bowl(trial.Parameters) + 0.3 * (noise.NextDouble() + noise.NextDouble() - 1));
            }

            own += Bowl(tuner.Trials[sampler.Recommend(tuner.History)!.Value].Parameters);
            luckiest += Bowl(tuner.Best!.Parameters);
        }

        Assert.True(own < luckiest, $"{own} against {luckiest}");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Suggest_Noise_IsTheLargestKnowledgeGradient(ulong seed)
    {
        var (history, random, noise) = (new SearchHistory(), new RandomSampler(Plane, seed), new Philox(5));
        for (var number = 0; number < 40; number++)
        {
            var point = random.Suggest(number, history)!;
            history.Set(new(number, point, TrialState.Completed, Bowl(point) + 0.3 * (noise.NextDouble() + noise.NextDouble() - 1)));
        }

        var space = new GaussianSpace(Plane);
        var costs = history.Select(observation => observation.Cost!.Value).ToArray();
        var model = new GaussianFits(new MaternKernel(space.IsCategorical)).Model(GaussianData.Of(space, history, [.. Enumerable.Range(0, 40)], costs));
        var gradient = new KnowledgeGradient(model);
        var suggested = new double[2];

        space.Encode(new GaussianSampler(new(), Settings with { Objectives = 1 }).Suggest(40, history)!, suggested);

        var value = gradient.Value(suggested, [], []);
        for (var x = 0.0; x <= 1; x += 0.02)
        {
            for (var y = 0.0; y <= 1; y += 0.02)
            {
                Assert.InRange(gradient.Value([x, y], [], []), double.NegativeInfinity, value + 1e-4);
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Suggest_NoiseAmongCells_IsTheLargestImprovementOfTheUntriedOrTheLargestGradientOfAllWhereTheyMayRepeat(bool mayRepeat)
    {
        var (again, apart) = (0, 0);
        for (var seed = 1UL; seed <= 6; seed++)
        {
            var (history, random, noise) = (new SearchHistory(), new RandomSampler(Cells, seed), new Philox(seed));
            for (var number = 0; number < 60; number++)
            {
                var point = random.Suggest(number, history)!;
                history.Set(new(number, point, TrialState.Completed, Bowl(point) + 0.5 * (noise.NextDouble() + noise.NextDouble() - 1)));
            }

            var space = new GaussianSpace(Cells);
            var costs = history.Select(observation => observation.Cost!.Value).ToArray();
            var model = new GaussianFits(new MaternKernel(space.IsCategorical)).Model(GaussianData.Of(space, history, [.. Enumerable.Range(0, 60)], costs));
            var (improvement, gradient) = (new ImprovementAcquisition(model), new KnowledgeGradient(model));
            var tried = history.Select(observation => observation.Parameters).ToHashSet();
            var all = Enumerable.Range(0, 64).Select(cell => Cell(cell % 8, cell / 8)).ToList();
            var untried = all.Where(cell => !tried.Contains(cell)).ToList();
            var byImprovement = untried.MaxBy(cell => Value(improvement, cell))!;
            var byGradient = all.MaxBy(cell => Value(gradient, cell))!;
            apart += byImprovement.Equals(untried.MaxBy(cell => Value(gradient, cell))) ? 0 : 1;

            var suggested = new GaussianSampler(new(), new() { Space = Cells, Seed = 3, MayRepeat = mayRepeat }).Suggest(61, history)!;

            Assert.Equal(mayRepeat ? byGradient : byImprovement, suggested);
            again += tried.Contains(suggested) ? 1 : 0;

            double Value(ISmoothAcquisition acquisition, Assignment cell)
            {
                var point = new double[2];
                space.Encode(cell, point);
                return acquisition.Value(point, [], []);
            }
        }

        Assert.True(apart > 0, "The two agree everywhere, so nothing was told apart.");
        Assert.Equal(mayRepeat, again > 0);
    }

    [Fact]
    public void Recommend_NoiseAmongChoicesThatMayRepeat_TrialsGoToThoseThatMayBeTheBest()
    {
        var arms = new SearchSpace([new("arm", new ChoiceDomain([.. Enumerable.Range(0, 16).Select(arm => new Choice(ParameterValue.Of((long)arm), []))]))]);
        var (trials, missed) = (0, 0L);
        for (var seed = 0UL; seed < 6; seed++)
        {
            var tuner = new Tuner(new() { Space = arms, Seed = seed, MayRepeat = true }, new GaussianSamplerSpec());
            var noise = new Philox(seed);
            for (var number = 0; number < 96; number++)
            {
                var trial = tuner.Ask()!;
                tuner.Tell(trial, 0.1 * trial.Parameters.Whole("arm") + noise.NextDouble() + noise.NextDouble() - 1);
            }

            trials += tuner.Trials.Count(trial => trial.Parameters.Whole("arm") < 4);
            missed += tuner.Recommend()!.Parameters.Whole("arm");
        }

        // A quarter of the choices; evenly spread trials would be a quarter as well.
        Assert.True(trials > 6 * 96 / 2, $"{trials} of {6 * 96}");
        Assert.InRange(missed, 0, 6);
    }

    [Fact]
    public void Recommend_NoNoise_IsTheBest()
    {
        var sampler = new GaussianSampler(new(), Settings with { Objectives = 1 });
        var tuner = new Tuner(sampler);
        Assert.Null(sampler.Recommend(tuner.History));
        for (var number = 0; number < 25; number++)
        {
            var trial = tuner.Ask()!;
            tuner.Tell(trial, Bowl(trial.Parameters));
        }

        Assert.Equal(tuner.Best!.Number, sampler.Recommend(tuner.History));
    }

    [Fact]
    public void Suggest_LongHistory_AFreshInstanceAgrees()
    {
        var settings = Settings with { Objectives = 1 };
        var history = new SearchHistory();
        var random = new RandomSampler(Plane, 8);
        for (var number = 0; number < GaussianData.Cap + 60; number++)
        {
            var point = random.Suggest(number, history)!;
            history.Set(new(number, point, TrialState.Completed, Bowl(point)));
        }

        var sampler = new GaussianSampler(new(), settings);
        for (var more = 0; more < 3; more++)
        {
            var point = sampler.Suggest(history.Count, history)!;
            Assert.Equal(new GaussianSampler(new(), settings).Suggest(history.Count, history), point);
            history.Set(new(history.Count, point, TrialState.Completed, Bowl(point)));
        }

        // An early one is replaced, as where a second replicate comes in.
        history.Set(history[3] with { Cost = 0.01 });
        Assert.Equal(new GaussianSampler(new(), settings).Suggest(history.Count, history), sampler.Suggest(history.Count, history));
    }

    private static SearchSpace Plane { get; } = new([new("x", new FloatDomain(0, 1)), new("y", new FloatDomain(0, 1))]);

    private static SearchSpace Grid { get; } = new([new("x", new IntDomain(0, 5)), new("y", new IntDomain(0, 5))]);

    private static SearchSpace Cells { get; } = new([new("x", new FloatDomain(0, 1.4, Step: 0.2)), new("y", new FloatDomain(0, 1.4, Step: 0.2))]);

    private static SamplerSettings Settings { get; } = new() { Space = Plane, Seed = 3, Objectives = 2 };

    private static Assignment Cell(int x, int y) => new([KeyValuePair.Create("x", At(x)), KeyValuePair.Create("y", At(y))]);

    private static ParameterValue At(int cell) => ParameterValue.Of(UnitMapping.At(new FloatDomain(0, 1.4, Step: 0.2), cell));

    private static double Cost(Assignment point) => Square(point["x"]!.Value.Whole - 4) + Square(point["y"]!.Value.Whole - 1);

    private static double Bowl(Assignment point) => Square(point["x"]!.Value.Number - 0.3) + Square(point["y"]!.Value.Number - 0.6);

    private static double Branin(double x, double y) =>
        Square(y - 5.1 / (4 * Math.PI * Math.PI) * x * x + 5 / Math.PI * x - 6) + 10 * (1 - 1 / (8 * Math.PI)) * Math.Cos(x) + 10;

    private static double Square(double value) => value * value;
}
