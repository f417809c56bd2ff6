using ApproxCluster.Trainer;

namespace ApproxCluster.Search.Tests;

public sealed class SobolSamplerTests : SamplerContract
{
    private const double Unit = 1.0 / (1UL << 32);

    protected override string Word => "sobol";

    /// <summary>The first ten points in three dimensions as the authors' own program prints them, in Gray-code order.</summary>
    [Fact]
    public void Point_FirstTenInThreeDimensions_AreTheAuthors()
    {
        double[][] expected =
        [
            [0, 0, 0], [0.5, 0.5, 0.5], [0.75, 0.25, 0.25], [0.25, 0.75, 0.75], [0.375, 0.375, 0.625], [0.875, 0.875, 0.125],
            [0.625, 0.125, 0.875], [0.125, 0.625, 0.375], [0.1875, 0.3125, 0.9375], [0.6875, 0.8125, 0.4375],
        ];

        for (var number = 0U; number < expected.Length; number++)
        {
            var gray = number ^ (number >> 1);
            Assert.Equal(expected[number], Enumerable.Range(0, 3).Select(dimension => SobolSequence.Point(gray, dimension) * Unit));
        }
    }

    [Fact]
    public void Table_EveryRow_KeepsTheRules()
    {
        Assert.Equal(80, SobolSequence.MaximumDimensions);
        Assert.All(SobolTable.Rows, row =>
        {
            Assert.Equal(row.Degree, row.Initial.Count);
            Assert.True(row.Polynomial < 1u << (row.Degree - 1));
            Assert.All(row.Initial.Index(), pair => Assert.True((pair.Item & 1) == 1 && pair.Item < 2u << pair.Index));
        });
        Assert.Equal(SobolTable.Rows.Count, SobolTable.Rows.Select(row => (row.Degree, row.Polynomial)).Distinct().Count());
        Assert.Equal(SobolTable.Rows.OrderBy(row => row.Degree).ThenBy(row => row.Polynomial), SobolTable.Rows);
        Assert.All(SobolTable.Rows, row => Assert.True(IsPrimitive(row), $"{row.Degree} {row.Polynomial}"));
    }

    [Fact]
    public void Fill_EveryDimension_AgreesWithPoint()
    {
        var points = new uint[1000];
        for (var dimension = 0; dimension < SobolSequence.MaximumDimensions; dimension += 37)
        {
            SobolSequence.Fill(points, dimension);

            Assert.Equal(Enumerable.Range(0, points.Length).Select(index => SobolSequence.Point((uint)index, dimension)), points);
        }
    }

    [Fact]
    public void Scramble_EveryDimension_HasOnePointInEachBin()
    {
        for (var dimension = 0; dimension < SobolSequence.MaximumDimensions; dimension++)
        {
            var bins = Enumerable.Range(0, 256).Select(number => OwenScramble.Scramble(SobolSequence.Point((uint)number, dimension), 77u * (uint)dimension) >> 24);

            Assert.Equal(256, bins.Distinct().Count());
        }
    }

    [Fact]
    public void Scramble_CommonLeadingBits_StayCommon()
    {
        var random = new Philox(3);
        for (var i = 0; i < 2_000; i++)
        {
            var (value, other, seed) = (random.NextUInt32(), random.NextUInt32(), random.NextUInt32());
            var same = System.Numerics.BitOperations.LeadingZeroCount(value ^ other);

            var scrambled = OwenScramble.Scramble(value, seed) ^ OwenScramble.Scramble(other, seed);

            Assert.Equal(same, System.Numerics.BitOperations.LeadingZeroCount(scrambled));
        }
    }

    [Fact]
    public void Suggest_PowerOfTwo_FillsEveryElementaryIntervalOfTwoParameters()
    {
        var points = Points(64, 9);
        for (var bits = 0; bits <= 6; bits++)
        {
            var cells = points.Select(point => ((int)(point.X * (1 << bits)), (int)(point.Y * (1 << (6 - bits)))));

            Assert.Equal(64, cells.Distinct().Count());
        }
    }

    [Fact]
    public void Suggest_Discrepancy_IsWellBelowThatOfRandomPoints()
    {
        for (var seed = 0UL; seed < 10; seed++)
        {
            var random = new Philox(seed);
            var independent = Enumerable.Range(0, 128).Select(_ => (random.NextDouble(), random.NextDouble())).ToList();

            Assert.True(Discrepancy(Points(128, seed)) < 0.5 * Discrepancy(independent));
        }
    }

    /// <summary>The same on every machine: a change here breaks every recorded sweep.</summary>
    [Fact]
    public void Suggest_FirstPoints_AreTheRecordedOnes() =>
        Assert.Equal([(0.6766354988794774, 0.4287763675674796), (0.003955812891945243, 0.7498248815536499), (0.9925576183013618, 0.8644501299131662)], Points(3, 1));

    [Fact]
    public void Suggest_ConditionalParameter_IsSpreadWithinItsChoice()
    {
        var space = Read.Space("{encoding: {choice: [identity, {taylor: {order: {int: [1, 8]}}}]}}");
        var sampler = Create(space, 4);
        var orders = Enumerable.Range(0, 128).Select(number => sampler.Suggest(number, [])!["encoding.taylor.order"]?.Whole)
            .Where(order => order is not null).ToList();

        Assert.Equal(64, orders.Count);
        Assert.All(orders.CountBy(order => order!.Value), pair => Assert.InRange(pair.Value, 6, 10));
    }

    private List<(double X, double Y)> Points(int count, ulong seed)
    {
        var sampler = Create(Read.Space("{learning_rate: {float: [1, 2]}, activation: {sine: {frequency: {float: [1, 2]}}}}"), seed);
        return
        [
            .. Enumerable.Range(0, count).Select(number => sampler.Suggest(number, [])!)
                .Select(point => (point["learning_rate"]!.Value.Number - 1, point["activation.sine.frequency"]!.Value.Number - 1)),
        ];
    }

    /// <summary>Squared L2 star discrepancy (Warnock's formula) of points in the unit square.</summary>
    private static double Discrepancy(List<(double X, double Y)> points)
    {
        var single = points.Sum(point => (1 - point.X * point.X) * (1 - point.Y * point.Y));
        var pairs = points.Sum(one => points.Sum(other => (1 - Math.Max(one.X, other.X)) * (1 - Math.Max(one.Y, other.Y))));
        return 1.0 / 9 - single / (2.0 * points.Count) + pairs / ((double)points.Count * points.Count);
    }

    /// <summary>Whether x generates all 2^s - 1 remainders modulo the row's polynomial over GF(2).</summary>
    private static bool IsPrimitive(SobolRow row)
    {
        var polynomial = (1u << row.Degree) | (row.Polynomial << 1) | 1u;
        var remainder = 1u;
        var order = 0;
        do
        {
            remainder <<= 1;
            if ((remainder >> row.Degree & 1) != 0)
            {
                remainder ^= polynomial;
            }

            order++;
        }
        while (remainder != 1 && order < 1 << row.Degree);

        return order == (1 << row.Degree) - 1;
    }
}
