using ApproxCluster.Trainer;

namespace ApproxCluster.Search.Tests;

public sealed class GaussianPosteriorTests
{
    private static readonly bool[] Kinds = [false, true, false];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Value_Gradient_AgreesWithDifferences(bool drawsLengthsTogether)
    {
        var (points, costs) = Data(19);
        var posterior = new GaussianPosterior(new MaternKernel(Kinds), points, costs, drawsLengthsTogether ? new LengthShrinkage(Kinds) : null);
        double[] vector = [1.1, -0.4, 2.0, -4, 0.6, -1];
        var (gradient, scratch) = (new double[6], new double[6]);
        posterior.Value(vector, gradient);
        for (var index = 0; index < vector.Length; index++)
        {
            var (before, after) = (vector.ToArray(), vector.ToArray());
            (before[index], after[index]) = (before[index] - 1e-5, after[index] + 1e-5);

            Assert.Equal((posterior.Value(after, scratch) - posterior.Value(before, scratch)) / 2e-5, gradient[index], 1e-4);
        }
    }

    // ln l is -ln(s) / 2: those of the two numeric columns are 0.225 from their mean, and the deviation is 0.5; up to 9 costs in three columns the prior has all of its weight.
    [Theory]
    [InlineData(9, 1)]
    [InlineData(18, 0.25)]
    public void Penalty_LengthsOfNumbers_AreMeasuredFromTheirMean(int count, double share)
    {
        var shrinkage = new LengthShrinkage(Kinds);
        var gradient = new double[6];

        Assert.Equal(share * 2 * 0.5 * Math.Pow(0.225 / 0.5, 2), shrinkage.Penalty(count, [1.1, -0.4, 2.0, -4, 0.6, -1], gradient), 1e-12);
        Assert.Equal([-0.45 * share, 0, 0.45 * share, 0, 0, 0], gradient.Select(slope => Math.Round(slope, 12)));
    }

    [Fact]
    public void Fit_LengthsDrawnTogether_AreCloser()
    {
        var (points, costs) = Data(12);
        var kernel = new MaternKernel(Kinds);
        var (alone, together) = (GaussianFits.Fit(kernel, points, costs).Scales, GaussianFits.Fit(kernel, points, costs, new LengthShrinkage(Kinds)).Scales);

        Assert.True(Apart(together) < 0.8 * Apart(alone), $"{Apart(together)} {Apart(alone)}");

        static double Apart(double[] scales) => Math.Abs(Math.Log(scales[0] / scales[2]));
    }

    [Fact]
    public void Predict_Gradients_AgreeWithDifferencesAndTheBlock()
    {
        var (points, costs) = Data(19);
        var model = new GaussianFits(new MaternKernel(Kinds)).Model(TestData(points, costs));
        double[] at = [0.31, 1, 0.77];
        var (byMean, byVariance) = (new double[2], new double[2]);
        var (mean, variance) = model.Predict(at, [0, 2], byMean, byVariance);
        var (means, variances) = (new double[CholeskyFactor.Block], new double[CholeskyFactor.Block]);
        model.Predict([.. at.SelectMany(number => Enumerable.Repeat(number, CholeskyFactor.Block))], means, variances);
        Assert.Equal(mean, means[5], 1e-10);
        Assert.Equal(variance, variances[31], 1e-10);
        for (var index = 0; index < 2; index++)
        {
            var (before, after) = (at.ToArray(), at.ToArray());
            (before[2 * index], after[2 * index]) = (at[2 * index] - 1e-5, at[2 * index] + 1e-5);
            var (less, more) = (model.Predict(before, [], [], []), model.Predict(after, [], [], []));

            Assert.Equal((more.Mean - less.Mean) / 2e-5, byMean[index], 1e-4);
            Assert.Equal((more.Variance - less.Variance) / 2e-5, byVariance[index], 1e-4);
        }
    }

    [Fact]
    public void Predict_AtItsPoints_MeetsWhatIsKnown()
    {
        var (points, costs) = Data(25);
        var model = new GaussianFits(new MaternKernel(Kinds)).Model(TestData(points, costs));
        var at = new double[3];
        for (var index = 0; index < 25; index++)
        {
            points.CopyTo(index, at);

            Assert.Equal(model.Fitted[index], model.Predict(at, [], [], []).Mean, 1e-6);
        }
    }

    [Fact]
    public void Row_EveryPair_IsTheMaternKernel()
    {
        var (points, _) = Data(11);
        double[] scales = [3, 0.5, 7];
        var (values, slopes, one, other) = (new double[16], new double[16], new double[3], new double[3]);
        points.CopyTo(4, one);
        new MaternKernel(Kinds).Row(points, 11, one, scales, values, slopes);
        for (var index = 0; index < 11; index++)
        {
            points.CopyTo(index, other);
            var square = 3 * Math.Pow(one[0] - other[0], 2) + 0.5 * (one[1] == other[1] ? 0 : 1) + 7 * Math.Pow(one[2] - other[2], 2);
            var r = Math.Sqrt(5 * square);

            Assert.Equal((1 + r + 5 * square / 3) * Math.Exp(-r), values[index], 1e-14);
            Assert.Equal(-5.0 / 6 * (1 + r) * Math.Exp(-r), slopes[index], 1e-14);
        }
    }

    internal static GaussianData TestData(PointSet points, double[] costs)
    {
        var space = new GaussianSpace(new([new("a", new FloatDomain(0, 1)), new("b", new ChoiceDomain([.. "xyz".Select(c => new Choice(ParameterValue.Of(c.ToString()), []))])), new("c", new FloatDomain(0, 1))]));
        var (history, at) = (new SearchHistory(), new double[3]);
        for (var index = 0; index < costs.Length; index++)
        {
            points.CopyTo(index, at);
            history.Set(new(index, space.Decode(at), TrialState.Completed, costs[index]));
        }

        return GaussianData.Of(space, history, [.. Enumerable.Range(0, costs.Length)], costs);
    }

    internal static (PointSet Points, double[] Costs) Data(int count)
    {
        var (points, costs, random) = (new PointSet(3, 4), new double[count], new Philox(11));
        for (var index = 0; index < count; index++)
        {
            double[] point = [random.NextDouble(), random.NextBelow(3), random.NextDouble()];
            points.Add(point);
            costs[index] = Math.Sin(4 * point[0]) + 0.4 * point[1] + point[2] * point[2] + 3;
        }

        return (points, costs);
    }
}
