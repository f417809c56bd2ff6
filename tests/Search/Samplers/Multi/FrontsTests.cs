using ApproxCluster.Trainer;

namespace ApproxCluster.Search.Tests;

public sealed class FrontsTests
{
    private static readonly double[][] Points = [[1, 4], [2, 2], [4, 1], [2, 3], [5, 5], [2, 2]];

    [Fact]
    public void Of_Points_PeelsFrontAfterFront() => Assert.Equal([[0, 1, 2, 5], [3], [4]], Fronts.Of(Points, 6));

    [Fact]
    public void Of_Enough_StopsEarly() => Assert.Equal([[0, 1, 2, 5]], Fronts.Of(Points, 3));

    [Fact]
    public void Distances_Front_AreThoseOfTheNeighbours() => Assert.Equal(
        [double.PositiveInfinity, 0.5 + 0.5, 0.75 + 0.75, double.PositiveInfinity], Crowding.Distances([[0, 4], [1, 3], [2, 2], [4, 0]]).Select((value, place) => place is 1 or 2 ? value : double.PositiveInfinity));

    [Fact]
    public void Of_Hypervolume_MatchesCountedPoints()
    {
        foreach (var objectives in new[] { 2, 3, 4 })
        {
            var random = new Philox(3, (ulong)objectives);
            double[][] points = [.. Enumerable.Range(0, 6).Select(_ => Enumerable.Range(0, objectives).Select(_ => (double)random.NextBelow(5)).ToArray())];
            double[] reference = [.. Enumerable.Repeat(5.0, objectives)];

            // On whole numbers the volume is a number of unit cells.
            var cells = Enumerable.Range(0, (int)Math.Pow(5, objectives))
                .Select(cell => Enumerable.Range(0, objectives).Select(axis => (double)(cell / (int)Math.Pow(5, axis) % 5)).ToArray());
            var counted = cells.Count(cell => points.Any(point => point.Zip(cell).All(pair => pair.First <= pair.Second)));

            Assert.Equal(counted, Hypervolume.Of(points, reference), 1e-9);
            Assert.Equal(Hypervolume.Of(points, reference) - Hypervolume.Of(points[1..], reference), Hypervolume.Contributions(points, reference)[0], 1e-9);
        }
    }

    [Fact]
    public void Subset_Points_TakesThoseThatAddMost() => Assert.Equal([1, 2, 0], Hypervolume.Subset([[0, 4.5], [1, 1], [4, 0]], [5, 5], 3));

    [Fact]
    public void Choose_EmptyDirections_AreFilledFirst()
    {
        var points = new ReferencePoints(2, 2);

        Assert.Equal([2], points.Choose([[0, 1], [0.5, 0.5]], [[0.1, 0.9], [0.4, 0.6], [1, 0]], 1));
    }
}
