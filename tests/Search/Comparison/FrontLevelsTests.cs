using ApproxCluster.Trainer;

namespace ApproxCluster.Search.Tests;

public sealed class FrontLevelsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void Add_AnyOrder_SameFrontsAsSortingAllAtOnce(int objectives)
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            var random = new Philox(seed, (ulong)objectives);
            var levels = new FrontLevels();
            var points = new List<double[]>();
            var violations = new List<double>();
            for (var count = 0; count < 60; count++)
            {
                // Few values, so that ties and equal points occur.
                double[] point = [.. Enumerable.Range(0, objectives).Select(_ => (double)random.NextBelow(8))];
                var violation = random.NextBelow(4) == 0 ? 1 + random.NextBelow(3) : 0;
                var level = levels.LevelOf(point, violation);
                levels.Add(point, violation);
                points.Add(point);
                violations.Add(violation);

                var ranks = ParetoRanks.Of(points, violations);
                Assert.Equal(ranks[^1] - 1, level);
                Assert.Equal(ranks.Max(), levels.Fronts.Count);
                Assert.All(levels.Fronts.Index(), front => Assert.All(front.Item, place => Assert.Equal(front.Index + 1, ranks[place])));
                int[] sorted = [.. ranks.Order()];
                Assert.Equal(sorted, Enumerable.Range(0, sorted.Length).Select(place => levels.LevelAt(place) + 1));
            }
        }
    }
}
