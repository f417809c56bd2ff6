using ApproxCluster.Trainer;

namespace ApproxCluster.Search.Tests;

public class ParetoFrontTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(1000)]
    public void Of_RandomPoints_AsByAllPairs(uint grain)
    {
        for (ulong seed = 0; seed < 40; seed++)
        {
            var random = new Philox(seed, 9);
            var points = Enumerable.Range(0, 80).Select(_ =>
                ((double)random.NextBelow(grain), random.NextBelow(20) == 0 ? double.NaN : random.NextBelow(grain), (long)random.NextBelow(grain))).ToArray();

            var expected = points.Select(point => !points.Any(other => Dominates(other, point)));

            Assert.True(expected.SequenceEqual(ParetoFront.Of(points)), $"seed {seed}");
        }
    }

    [Fact]
    public void Of_TenThousandOnOneFront_AllOfThem()
    {
        var points = Enumerable.Range(0, 10_000).Select(index => ((double)index, -(double)index, (long)(index % 7))).ToArray();

        Assert.All(ParetoFront.Of(points), Assert.True);
    }

    private static bool Dominates((double First, double Second, long Third) left, (double First, double Second, long Third) right)
    {
        var (leftSecond, rightSecond) = (Worst(left.Second), Worst(right.Second));
        return left.First <= right.First && leftSecond <= rightSecond && left.Third <= right.Third
            && (left.First < right.First || leftSecond < rightSecond || left.Third < right.Third);
    }

    private static double Worst(double value) => double.IsNaN(value) ? double.PositiveInfinity : value;
}
