namespace ApproxCluster.Search.Tests;

public sealed class HillClimbsTests
{
    private static readonly GaussianSpace Space = new(new([new("a", new IntDomain(0, 3)), new("b", new IntDomain(0, 3)), new("c", new IntDomain(0, 3))]));
    private static readonly double[] Top = Point(2, 3, 1);

    [Fact]
    public void Run_ColumnsThatAddUp_AreMovedTogether()
    {
        var acquisition = new Separable();
        var climb = new Climb(Point(0, 0, 0), Separable.At(Point(0, 0, 0)));

        Run(acquisition, [], climb);

        // The moves of each column, the best of them together, and in each of two rounds that nothing else is better.
        Assert.Equal(Top, climb.Row);
        Assert.Equal(4, acquisition.Blocks);
    }

    [Fact]
    public void Run_TopIsKnown_EndsBesideIt()
    {
        var climb = new Climb(Point(0, 0, 0), Separable.At(Point(0, 0, 0)));

        Run(new Separable(), [Top], climb);

        Assert.Equal(1, climb.Row.Zip(Top).Count(pair => pair.First != pair.Second));
    }

    [Fact]
    public void Run_ClimbsThatMeet_OneGoesOn()
    {
        double[] far = Point(0, 0, 0);
        double[] near = Point(2, 0, 0);
        Climb[] climbs = [new(far, Separable.At(far)), new(near, Separable.At(near))];

        Run(new Separable(), [], climbs);

        Assert.Equal(Top, climbs[0].Row);
        Assert.Equal(Separable.At(Top), climbs[0].Score, 1e-12);
        Assert.Equal(near, climbs[1].Row);
        Assert.Equal(Separable.At(near), climbs[1].Score, 1e-12);
    }

    private static double[] Point(int a, int b, int c) => [Space.At(0, a), Space.At(1, b), Space.At(2, c)];

    private static void Run(Separable acquisition, double[][] known, params Climb[] climbs)
    {
        var points = new PointSet(Space.Count, known.Length);
        foreach (var point in known)
        {
            points.Add(point);
        }

        new HillClimbs(Space, acquisition, new AcquisitionScores(acquisition, Space.Count), new KnownPoints(points), null).Run(climbs);
    }

    /// <summary>Minus the distance from the top, along each column by itself.</summary>
    private sealed class Separable : ISmoothAcquisition
    {
        public int Blocks { get; private set; }

        public IReadOnlyList<double> Lengths { get; } = [1, 1, 1];

        public static double At(IEnumerable<double> point) => -point.Zip(Top).Sum(pair => Math.Abs(pair.First - pair.Second));

        public void Score(ReadOnlySpan<double> block, Span<double> scores)
        {
            Blocks++;
            for (var lane = 0; lane < scores.Length; lane++)
            {
                scores[lane] = At([block[lane], block[CholeskyFactor.Block + lane], block[2 * CholeskyFactor.Block + lane]]);
            }
        }

        public double Value(ReadOnlySpan<double> point, ReadOnlySpan<int> moving, Span<double> gradient) => throw new InvalidOperationException("No column is continuous.");
    }
}
