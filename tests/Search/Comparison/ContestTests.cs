using ApproxCluster.Trainer;

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

    [Theory]
    [InlineData(1, 5)]
    [InlineData(1, 10)]
    [InlineData(1, 40)]
    [InlineData(3, 10)]
    public void Compare_EqualsLookedAtAgainAndAgain_CorrectedKeepsTheLevel(int fewest, int most)
    {
        // Without the correction three to eight times the level; with it at most the level, by three standard errors.
        Assert.InRange(ShareToldApart(new(0.95), fewest, most), 0.15, 1);
        Assert.InRange(ShareToldApart(new(0.95, (fewest, most)), fewest, most), 0.005, 0.05 - 3 * 0.0035);
    }

    [Fact]
    public void Compare_Corrected_SixDeviationsApartIsToldByFiveSeeds()
    {
        var corrected = new Contest(0.95, (1, 5));
        var random = new Philox(5, 0);
        for (var repetition = 0; repetition < 50; repetition++)
        {
            Assert.Equal(-1, corrected.Compare(Draw(ref random, 5), [.. Draw(ref random, 5).Select(value => value + 9)]));
        }
    }

    // A pair as a race sees it: a single seed against ever more, then ever more seeds in common.
    private static double ShareToldApart(Contest contest, int fewest, int most)
    {
        const int Repetitions = 4000;
        var apart = 0;
        for (ulong repetition = 0; repetition < Repetitions; repetition++)
        {
            var random = new Philox(11, repetition);
            var (left, right) = (Draw(ref random, most), Draw(ref random, most));
            var looks = Enumerable.Range(Math.Max(2, fewest), most - Math.Max(2, fewest) + 1).ToList();
            apart += (fewest == 1 && looks.Exists(seeds => contest.Compare(left.AsSpan(0, 1), right.AsSpan(0, seeds)) != 0))
                || looks.Exists(seeds => contest.Compare(left.AsSpan(0, seeds), right.AsSpan(0, seeds)) != 0) ? 1 : 0;
        }

        return (double)apart / Repetitions;
    }

    // Nearly normal: twelve uniform numbers.
    private static double[] Draw(ref Philox random, int count)
    {
        var values = new double[count];
        for (var index = 0; index < count; index++)
        {
            for (var draw = 0; draw < 12; draw++)
            {
                values[index] += random.NextDouble();
            }
        }

        return values;
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
