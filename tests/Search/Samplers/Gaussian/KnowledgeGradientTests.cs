using ApproxCluster.Trainer;

namespace ApproxCluster.Search.Tests;

public sealed class KnowledgeGradientTests
{
    private static readonly bool[] Kinds = [false, true, false];

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.4)]
    public void LogGain_AnyLines_IsTheirExpectedLargestAndItsDerivatives(double below)
    {
        double[] heights = [-0.3, 0.2, 0.1, -2, 0.2, -0.5];
        double[] slopes = [0.5, -0.1, 0.3, 0.2, -0.1, -0.8];
        var envelope = new LineEnvelope(heights.Length);
        var (byHeight, bySlope, from) = (new double[heights.Length], new double[heights.Length], 0.2 - below);

        var value = envelope.LogGain(heights, slopes, from, byHeight, bySlope);

        Assert.Equal(Math.Log(Expected(heights, slopes) - from), value, 1e-6);
        Assert.Equal(value, envelope.LogGain(heights, slopes, from, [], []));
        for (var line = 0; line < heights.Length; line++)
        {
            // Of the two that are the same, either may be moved.
            if (line is not (1 or 4))
            {
                Assert.Equal(Difference(heights, line), byHeight[line], 1e-5);
                Assert.Equal(Difference(slopes, line), bySlope[line], 1e-5);
            }
        }

        double Difference(double[] numbers, int line)
        {
            var was = numbers[line];
            numbers[line] = was + 1e-6;
            var more = envelope.LogGain(heights, slopes, from, [], []);
            numbers[line] = was - 1e-6;
            var less = envelope.LogGain(heights, slopes, from, [], []);
            numbers[line] = was;
            return (more - less) / 2e-6;
        }
    }

    [Fact]
    public void LogGain_LinesFarApart_IsNotLostToUnderflow()
    {
        var (byHeight, bySlope) = (new double[2], new double[2]);

        var value = new LineEnvelope(2).LogGain([0, -60], [0, 1], 0, byHeight, bySlope);

        Assert.Equal(LogExpectedImprovement.LogH(-60).Value, value, 1e-9);
        Assert.Equal(LogExpectedImprovement.LogH(-60).Slope, byHeight[1], 1e-9);
    }

    [Fact]
    public void LogGain_AfterOtherLines_HasTheBitsOfAFreshOne()
    {
        double[] heights = [-0.3, 0.2, 0.1, -2, 0.2, -0.5];
        double[] slopes = [0.5, -0.1, 0.3, 0.2, -0.1, -0.8];
        var (fresh, used) = (new LineEnvelope(heights.Length), new LineEnvelope(heights.Length));
        used.LogGain([1, 2, 3, 4, 5, 6], [6, 5, 4, 3, 2, 1], 1, [], []);

        Assert.Equal(Gain(fresh), Gain(used));

        double[] Gain(LineEnvelope envelope)
        {
            var (byHeight, bySlope) = (new double[heights.Length], new double[heights.Length]);
            var value = envelope.LogGain(heights, slopes, 0.2, byHeight, bySlope);
            return [value, .. byHeight, .. bySlope];
        }
    }

    [Fact]
    public void LogGain_EqualLines_IsNothing() => Assert.Equal(double.NegativeInfinity, new LineEnvelope(3).LogGain([1, 1, 0], [2, 2, 2], 1, [], []));

    [Fact]
    public void Influence_TimesCorrelations_IsThePosteriorCorrelation()
    {
        var model = Model(0.1, 19);
        double[] at = [0.31, 1, 0.77];
        var sums = new double[1];
        model.Sums(at, [model.Influence(4)], sums);
        var covariance = model.Noise * model.Variance * sums[0];

        // An observation elsewhere takes covariance^2 / (variance there + noise) from the variance.
        var before = model.Predict(model.Data.Point(4), [], [], []).Variance;
        var after = Model(0.1, 19, at).Predict(model.Data.Point(4), [], [], []).Variance;
        var there = model.Predict(at, [], [], []).Variance + model.Noise * model.Variance;
        Assert.True(Math.Abs(covariance) > 1e-4);
        Assert.Equal(before - after, covariance * covariance / there, 1e-9);
    }

    [Fact]
    public void Value_Gradient_AgreesWithDifferencesAndTheBlock()
    {
        var acquisition = new KnowledgeGradient(Model(0.1, 25));
        double[] at = [0.31, 1, 0.77];
        var (gradient, scratch) = (new double[2], new double[2]);

        var value = acquisition.Value(at, [0, 2], gradient);

        var scores = new double[CholeskyFactor.Block];
        acquisition.Score([.. at.SelectMany(number => Enumerable.Repeat(number, CholeskyFactor.Block))], scores);
        Assert.Equal(value, scores[9], 1e-9);
        for (var index = 0; index < 2; index++)
        {
            var (before, after) = (at.ToArray(), at.ToArray());
            (before[2 * index], after[2 * index]) = (at[2 * index] - 1e-6, at[2 * index] + 1e-6);

            Assert.Equal((acquisition.Value(after, [0, 2], scratch) - acquisition.Value(before, [0, 2], scratch)) / 2e-6, gradient[index], 1e-4);
        }
    }

    [Fact]
    public void Value_NoNoise_IsTheExpectedImprovement()
    {
        var model = Model(1e-8, 19);
        double[] at = [0.31, 1, 0.77];

        Assert.Equal(new ImprovementAcquisition(model).Value(at, [], []), new KnowledgeGradient(model).Value(at, [], []), 1e-3);
    }

    [Fact]
    public void Leaders_PointsTriedAgain_AreNamedOnce()
    {
        var (points, costs) = GaussianPosteriorTests.Data(12);
        var point = new double[Kinds.Length];
        for (var index = 0; index < 12; index++)
        {
            points.CopyTo(index, point);
            points.Add(point);
        }

        var parameters = new GaussianHyperparameters([1.1, -0.4, 2.0, Math.Log(0.1), 0.6, -1]);
        var data = new GaussianData(Kinds, points, [.. costs, .. costs.Select(cost => cost + 0.1)], [.. Enumerable.Range(0, 24)]);
        var model = GaussianFits.Condition(new MaternKernel(Kinds), parameters, new OutputWarp(data.Costs, parameters.Power, parameters.Offset), data);

        var leaders = model.Leaders(20);

        Assert.Equal(Enumerable.Range(0, 12), leaders.Select(index => index % 12).Order());
        Assert.Equal(leaders.OrderBy(index => model.Fitted[index]), leaders);
        Assert.Equal(leaders.Take(3), model.Leaders(3));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ShowsNoise_RoughCosts_IsWhetherClosePairsDifferToo(bool isNoisy)
    {
        var (points, costs, random) = (new PointSet(1, 40), new double[40], new Philox(6));
        for (var index = 0; index < costs.Length; index += 2)
        {
            points.Add([index / 40.0]);
            points.Add([index / 40.0 + 1e-3]);
            costs[index] = random.NextDouble();
            costs[index + 1] = isNoisy ? random.NextDouble() : costs[index];
        }

        // As if a fit had taken some of the variance for noise.
        var parameters = new GaussianHyperparameters([Math.Log(8), Math.Log(0.02), 1, 0]);
        var data = new GaussianData([false], points, costs, [.. Enumerable.Range(0, costs.Length)]);
        var model = GaussianFits.Condition(new MaternKernel([false]), parameters, new OutputWarp(costs, parameters.Power, parameters.Offset), data);

        Assert.Equal(isNoisy, model.ShowsNoise());
    }

    private static GaussianModel Model(double noise, int count, params double[] tried)
    {
        var (points, costs) = GaussianPosteriorTests.Data(count);
        if (tried.Length > 0)
        {
            points.Add(tried);
        }

        var parameters = new GaussianHyperparameters([1.1, -0.4, 2.0, Math.Log(noise), 0.6, -1]);
        var data = new GaussianData(Kinds, points, costs, [.. Enumerable.Range(0, count)]);
        return GaussianFits.Condition(new MaternKernel(Kinds), parameters, new OutputWarp(costs, parameters.Power, parameters.Offset), data);
    }

    /// <summary>The expectation of the largest of some lines, by the trapezium rule.</summary>
    private static double Expected(double[] heights, double[] slopes)
    {
        const double Step = 1e-4;
        var sum = 0.0;
        for (var index = -100_000; index <= 100_000; index++)
        {
            var z = index * Step;
            sum += Math.Exp(-0.5 * z * z) * heights.Zip(slopes, (height, slope) => height + slope * z).Max();
        }

        return sum * Step / Math.Sqrt(2 * Math.PI);
    }
}
