using System.Runtime.Intrinsics;
using ApproxCluster.Trainer;

namespace ApproxCluster.Search.Tests;

public sealed class AcquisitionTests
{
    /// <summary>Values from 120-digit arithmetic.</summary>
    [Theory]
    [InlineData(6.0, 1.7917594692541146)]
    [InlineData(1.5, 0.42481455676225932)]
    [InlineData(0.0, -0.91893853320467278)]
    [InlineData(-0.5, -1.6205162643873199)]
    [InlineData(-0.999, -2.4832171154475855)]
    [InlineData(-1.0, -2.4851210257126413)]
    [InlineData(-1.001, -2.4870256579553893)]
    [InlineData(-3.0, -7.8696860596030289)]
    [InlineData(-9.0, -45.848941292669032)]
    [InlineData(-25.0, -319.86146358149597)]
    [InlineData(-99.0, -4910.6094842154553)]
    [InlineData(-101.0, -5110.649473554864)]
    [InlineData(-1000.0, -500014.73445209116)]
    [InlineData(-1000000.0, -500000000028.54999)]
    [InlineData(-100000000.0, -5000000000000038)]
    public void LogH_KnownValues_AreMet(double z, double expected)
    {
        Assert.Equal(1, LogExpectedImprovement.LogH(z).Value / expected, 1e-12);
    }

    [Fact]
    public void LogH_EightNumbers_HasTheBitsOfEachByItself()
    {
        double[] numbers = [7.5, 0.3, -0.6, -0.7, -1, -5.7, -99, -1e5, 40, 0, -0.2, 1, -2, -3, -100, -30];
        for (var start = 0; start < numbers.Length; start++)
        {
            double[] eight = [.. Enumerable.Range(start, 8).Select(index => numbers[index % numbers.Length])];
            var (values, slopes) = LogExpectedImprovement.LogH(Vector512.Create(eight));
            for (var lane = 0; lane < 8; lane++)
            {
                Assert.Equal(LogExpectedImprovement.LogH(eight[lane]), (values[lane], slopes[lane]));
            }
        }
    }

    [Fact]
    public void Value_EightPoints_IsThatOfEach()
    {
        var means = Vector512.Create(-4.0, -0.5, -0.1, 0, 0.1, 3, 40, 1e6);
        var variances = Vector512.Create(1e-12, 0.01, 0.3, 1, 2, 1e-6, 0.5, 3);
        var values = LogExpectedImprovement.Value(-0.2, means, variances);
        for (var lane = 0; lane < 8; lane++)
        {
            Assert.Equal(1, values[lane] / LogExpectedImprovement.Value(-0.2, means[lane], variances[lane]).Value, 1e-12);
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(-0.99)]
    [InlineData(-1.01)]
    [InlineData(-12)]
    [InlineData(-99.5)]
    [InlineData(-100.5)]
    public void LogH_Slope_AgreesWithDifferences(double z)
    {
        var slope = (LogExpectedImprovement.LogH(z + 1e-5).Value - LogExpectedImprovement.LogH(z - 1e-5).Value) / 2e-5;

        Assert.Equal(1, LogExpectedImprovement.LogH(z).Slope / slope, 1e-6);
    }

    [Theory]
    [InlineData(0.1, 0.89645697996912651)]
    [InlineData(0.5, 0.61569034419292587)]
    [InlineData(1, 0.42758357615580700)]
    [InlineData(10, 0.056140992743822585)]
    [InlineData(-1, 5.0089800807622833)]
    public void Scaled_KnownValues_AreMet(double x, double expected) => Assert.Equal(1, ErrorFunction.Scaled(x) / expected, 1e-13);

    [Fact]
    public void ExpAndLog_ManyArguments_AgreeWithTheSlowOnes()
    {
        for (var x = -707.0; x < 700; x += 0.37)
        {
            Assert.Equal(1, LaneMath.Exp(Vector512.Create(x))[3] / PortableMath.Exp(x), 1e-13);
        }

        for (var x = 1e-300; x < 1e300; x *= 1.37)
        {
            Assert.Equal(PortableMath.Log(x), LaneMath.Log(Vector512.Create(x))[6], 2e-15 * Math.Abs(PortableMath.Log(x)));
        }

        Assert.Equal(0, LaneMath.Log(Vector512<double>.One)[2]);
        Assert.Equal(double.NaN, LaneMath.Log(Vector512.Create(double.NaN))[0]);
        Assert.Equal(0, LaneMath.Exp(Vector512.Create(-709.0))[0]);
        Assert.Equal(1, LaneMath.Exp(Vector512.Create(0.0))[7]);
    }

    [Theory]
    [InlineData(0.4, 0.5, 0.2, 0.6)]
    [InlineData(-1, 0.01, 2, 0.02)]
    [InlineData(3, 0.04, 4, 0.01)]
    public void Sum_OfStrips_IsTheExpectedHypervolumeAndItsGradient(double mean1, double variance1, double mean2, double variance2)
    {
        var (points, costs) = GaussianPosteriorTests.Data(9);
        var model = new GaussianFits(new MaternKernel([false, true, false])).Model(GaussianPosteriorTests.TestData(points, costs));
        double[][] front = [[-1, 1], [0, 0.5], [0.7, -1]];
        var acquisition = new HypervolumeAcquisition(model, model, front, [2, 3]);
        var (value, byMean1, byVariance1, byMean2, byVariance2) = acquisition.Sum(mean1, variance1, mean2, variance2);

        // The region below (2, 3) that no point dominates, by strips, each the product of two expected improvements.
        double[] edges = [-1, 0, 0.7, 2];
        double[] heights = [3, 1, 0.5, -1];
        var sum = 0.0;
        for (var strip = 0; strip < 4; strip++)
        {
            var width = Improvement(edges[strip], mean1, variance1) - (strip == 0 ? 0 : Improvement(edges[strip - 1], mean1, variance1));
            sum += width * Improvement(heights[strip], mean2, variance2);
        }

        Assert.Equal(Math.Log(sum), value, 1e-9);
        Assert.Equal(Difference(step => acquisition.Sum(mean1 + step, variance1, mean2, variance2).Value), byMean1, 1e-4 * Math.Max(1, Math.Abs(byMean1)));
        Assert.Equal(Difference(step => acquisition.Sum(mean1, variance1 + step, mean2, variance2).Value), byVariance1, 1e-4 * Math.Max(1, Math.Abs(byVariance1)));
        Assert.Equal(Difference(step => acquisition.Sum(mean1, variance1, mean2 + step, variance2).Value), byMean2, 1e-4 * Math.Max(1, Math.Abs(byMean2)));
        Assert.Equal(Difference(step => acquisition.Sum(mean1, variance1, mean2, variance2 + step).Value), byVariance2, 1e-4 * Math.Max(1, Math.Abs(byVariance2)));

        static double Difference(Func<double, double> function) => (function(1e-6) - function(-1e-6)) / 2e-6;
    }

    [Fact]
    public void Minimize_BowlOutsideTheBox_EndsAtItsNearestPoint()
    {
        double[] x = [0.5, 0.5, 0.5];
        var value = new ProjectedLbfgs { GradientTolerance = 1e-9, ValueTolerance = 0 }.Minimize(Bowl, x, [0, 0, 0], [1, 1, 1]);

        Assert.Equal(1, x[0]);
        Assert.Equal(0.25, x[1], 1e-6);
        Assert.Equal(0, x[2]);
        Assert.Equal(1 + 100, value, 1e-9);

        static double Bowl(ReadOnlySpan<double> at, Span<double> gradient)
        {
            (gradient[0], gradient[1], gradient[2]) = (2 * (at[0] - 2), 2000 * (at[1] - 0.25), 20 * (at[2] + Math.Sqrt(10)));
            return Math.Pow(at[0] - 2, 2) + 1000 * Math.Pow(at[1] - 0.25, 2) + 10 * Math.Pow(at[2] + Math.Sqrt(10), 2);
        }
    }

    [Fact]
    public void Minimize_CurvedValley_IsFollowedToItsEnd()
    {
        double[] x = [-1.2, 1];
        new ProjectedLbfgs { MaximumSteps = 200, GradientTolerance = 1e-8, ValueTolerance = 0 }.Minimize(Valley, x, [-5, -5], [5, 5]);

        Assert.Equal(1, x[0], 1e-5);
        Assert.Equal(1, x[1], 1e-5);

        static double Valley(ReadOnlySpan<double> at, Span<double> gradient)
        {
            var rest = at[1] - at[0] * at[0];
            (gradient[0], gradient[1]) = (-400 * at[0] * rest - 2 * (1 - at[0]), 200 * rest);
            return 100 * rest * rest + Math.Pow(1 - at[0], 2);
        }
    }

    [Theory]
    [InlineData(1, 0.3)]
    [InlineData(0, 0.01)]
    [InlineData(-0.5, 1)]
    [InlineData(1.8, 0.1)]
    public void Map_AnyWarp_RisesAndIsStandard(double power, double offset)
    {
        double[] costs = [3, 1, 4, 1.5, 9, 2.6, 500];
        var warp = new OutputWarp(costs, power, offset);
        var outputs = costs.Select(warp.Map).ToList();
        var wider = costs.Append(0.2).Order().Select(warp.Map).ToList();

        Assert.Equal(0, outputs.Average(), 1e-12);
        Assert.Equal(1, outputs.Average(output => output * output), 1e-12);
        Assert.Equal(wider.Order(), wider);
        Assert.Equal(wider.Distinct(), wider);
        var step = Math.Log((warp.Map(2.6 + 1e-6) - warp.Map(2.6)) / (warp.Map(9 + 1e-6) - warp.Map(9)));
        Assert.Equal(step, warp.LogSlope(2.6) - warp.LogSlope(9), 1e-5);
    }

    private static double Improvement(double on, double mean, double variance)
    {
        var deviation = Math.Sqrt(variance);
        return deviation * Math.Exp(LogExpectedImprovement.LogH((on - mean) / deviation).Value);
    }
}
