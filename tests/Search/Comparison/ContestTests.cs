namespace ApproxCluster.Search.Tests;

public class ContestTests
{
    private readonly Contest contest = new(0.95);

    [Fact]
    public void Compare_SmallButSteadyDifference_ToldApartBySeedsInCommon()
    {
        // Means 5 and 5.1 with deviations of 3: the unpaired test sees nothing.
        double[] left = [2, 8, 5, 4, 6];
        double[] right = [2.11, 8.09, 5.1, 4.12, 6.08];

        Assert.Equal(-1, contest.Compare(left, right));
        Assert.Equal(1, contest.Compare(right, left));
        Assert.Equal(0, contest.Compare(left, [8.09, 2.11, 6.08, 5.1, 4.12]));
    }

    [Fact]
    public void Compare_OnlySeedsInCommonCount_TheRestIsLeftOut() => Assert.Equal(0, contest.Compare([1, 2, 3], [1, 2, 3, 900, 901]));

    [Theory]
    [InlineData(5.0, 0)]
    [InlineData(9.8, 0)]
    [InlineData(9.82, 1)]
    [InlineData(0.18, -1)]
    public void Compare_OneSeedAgainstSeveral_PredictionInterval(double single, int expected)
    {
        // Mean 5, deviation 1.5811, t(0.975, 4) = 2.7764: 5 +- 4.809.
        double[] several = [3, 4, 5, 6, 7];

        Assert.Equal(expected, contest.Compare([single], several));
        Assert.Equal(-expected, contest.Compare(several, [single]));
    }

    [Fact]
    public void Compare_TwoSingleValues_Never() => Assert.Equal(0, contest.Compare([1], [1e9]));

    [Fact]
    public void Compare_NoNoise_ByAnyDifference()
    {
        Assert.Equal(-1, contest.Compare([1, 1], [1.001, 1.001]));
        Assert.Equal(0, contest.Compare([1, 1], [1, 1]));
    }

    [Fact]
    public void Bootstrap_Values_AroundTheMeanAndAFunctionOfTheSeed()
    {
        double[] values = [1, 2, 3, 4, 5, 6, 7, 8];
        var (low, high) = Bootstrap.Mean(values, 1)!.Value;

        // Normal approximation: 4.5 +- 1.96 * 2.29 / sqrt 8.
        Assert.Equal(2.9, low, 0.2);
        Assert.Equal(6.1, high, 0.2);
        Assert.Equal((low, high), Bootstrap.Mean(values, 1));
        Assert.Null(Bootstrap.Mean([3], 1));
    }
}
