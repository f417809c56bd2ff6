using ApproxCluster.Trainer;

namespace ApproxCluster.Search.Tests;

public class ParetoRanksTests
{
    [Fact]
    public void Of_KnownPoints_FrontsOneAfterTheOther()
    {
        double[][] costs = [[1, 4], [2, 2], [4, 1], [2, 4], [3, 3], [5, 5], [2, 2]];

        Assert.Equal([1, 1, 1, 2, 2, 3, 1], ParetoRanks.Of(costs, new double[7]));
    }

    [Fact]
    public void Of_Violations_AfterAllWithinTheLimitByHowMuch()
    {
        double[][] costs = [[9, 9], [0, 0], [1, 1], [8, 8], [0, 0]];

        Assert.Equal([2, 4, 3, 1, 4], ParetoRanks.Of(costs, [0, 0.5, 0.25, 0, 0.5]));
    }

    [Fact]
    public void Of_RandomPoints_AsByPeelingFrontAfterFront()
    {
        for (var seed = 0UL; seed < 30; seed++)
        {
            var costs = Points(seed, count: 60, axes: 2 + (int)(seed % 3), levels: seed % 2 == 0 ? 8u : 1000u);
            var ranks = ParetoRanks.Of(costs, new double[costs.Length]);
            var left = Enumerable.Range(0, costs.Length).ToList();
            for (var rank = 1; left.Count > 0; rank++)
            {
                var front = left.Where(point => !left.Exists(other => ParetoRanks.Dominates(costs[other], costs[point]))).ToArray();
                Assert.All(front, point => Assert.Equal(rank, ranks[point]));
                left.RemoveAll(front.Contains);
            }
        }
    }

    [Theory]
    [InlineData(new[] { 1.0, 1 }, 4)]
    [InlineData(new[] { 1.0, 2, 2, 1 }, 3)]
    [InlineData(new[] { 1.0, 2, 2, 1, 2, 2, 1, 2 }, 3)]
    [InlineData(new[] { 3.0, 0, 4, 4 }, 0)]
    public void Hypervolume_TwoCosts_AreaUpToTheReference(double[] flat, double area) =>
        Assert.Equal(area, Hypervolume.Of([.. flat.Chunk(2)], [3, 3]));

    [Fact]
    public void Hypervolume_RandomPoints_AsByCountingCells()
    {
        for (var seed = 0UL; seed < 20; seed++)
        {
            var axes = 2 + (int)(seed % 3);
            var points = Points(seed, 12, axes, 6);
            var cells = 0;
            for (var cell = 0; cell < (int)Math.Round(PortableMath.Exp(axes * PortableMath.Log(6))); cell++)
            {
                var corner = Enumerable.Range(0, axes).Select(axis => cell / (int)Math.Round(PortableMath.Exp(axis * PortableMath.Log(6))) % 6).ToArray();
                cells += points.Any(point => point.Zip(corner).All(pair => pair.First <= pair.Second)) ? 1 : 0;
            }

            Assert.Equal(cells, Hypervolume.Of(points, [.. Enumerable.Repeat(6.0, axes)]));
        }
    }

    private static double[][] Points(ulong seed, int count, int axes, uint levels)
    {
        var random = new Philox(seed, 3);
        return [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, axes).Select(_ => (double)random.NextBelow(levels)).ToArray())];
    }
}
