using ApproxCluster.Trainer;

namespace ApproxCluster.Search.Tests;

public sealed class CholeskyFactorTests
{
    [Fact]
    public void Add_EverySize_GivesTheFactorAndItsSolutions()
    {
        for (var size = 1; size <= 41; size++)
        {
            var matrix = Matrix(size);
            var factor = Factor(matrix, size, size);
            var right = Enumerable.Range(0, size).Select(index => 1.0 + index % 5).ToArray();

            var solved = right.ToArray();
            factor.SolveLower(solved);
            factor.SolveUpper(solved);
            AssertNear(right, Times(matrix, solved));

            var inverse = new double[size * 48];
            factor.Invert(inverse, 48);
            for (var row = 0; row < size; row++)
            {
                var full = Enumerable.Range(0, size).Select(column => column <= row ? inverse[row * 48 + column] : inverse[column * 48 + row]).ToArray();
                AssertNear([.. Enumerable.Range(0, size).Select(column => column == row ? 1.0 : 0.0)], Times(matrix, full));
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(36)]
    [InlineData(37)]
    public void SolveBlock_EveryColumn_IsSolvedAsByItself(int size)
    {
        var factor = Factor(Matrix(size), size, size);
        var random = new Philox(3);
        var block = new double[size * CholeskyFactor.Block];
        for (var index = 0; index < block.Length; index++)
        {
            block[index] = random.NextDouble();
        }

        var before = block.ToArray();
        factor.SolveBlock(block);
        for (var column = 0; column < CholeskyFactor.Block; column++)
        {
            var single = Enumerable.Range(0, size).Select(row => before[row * CholeskyFactor.Block + column]).ToArray();
            factor.SolveLower(single);
            AssertNear(single, [.. Enumerable.Range(0, size).Select(row => block[row * CholeskyFactor.Block + column])]);
        }
    }

    [Fact]
    public void Inverse_EverySize_SolvesAsTheFactorDoes()
    {
        for (var size = 1; size <= 41; size++)
        {
            var factor = Factor(Matrix(size), size, size);
            var inverse = new InverseFactor(factor);
            var right = Enumerable.Range(0, Lanes.Padded(size)).Select(index => 1.0 + index % 5).ToArray();
            var (lower, upper) = (new double[size], new double[Lanes.Padded(size)]);
            inverse.Lower(right, lower);
            inverse.Upper(lower, upper);

            var solved = right[..size];
            factor.SolveLower(solved);
            AssertNear(solved, lower);
            factor.SolveUpper(solved);
            AssertNear(solved, upper[..size]);
            Assert.All(upper[size..], number => Assert.Equal(0, number));
        }
    }

    [Fact]
    public void Copy_GrowsByRows_HasTheBitsOfTheWhole()
    {
        var matrix = Matrix(30);
        var grown = Factor(matrix, 12, 12).Copy(30);
        Extend(grown, matrix, 12, 30);
        var (whole, one, other) = (Factor(matrix, 30, 30), new double[30], new double[30]);
        one.AsSpan().Fill(1);
        other.AsSpan().Fill(1);
        grown.SolveLower(one);
        whole.SolveLower(other);

        Assert.Equal(other, one);
    }

    [Fact]
    public void Add_DependentRow_KeepsAPivot()
    {
        var factor = new CholeskyFactor(2);
        factor.Add([1], 1e-9);
        factor.Add([1, 1], 1e-9);

        Assert.Equal(Math.Sqrt(1e-9), factor.Pivot(1));
    }

    [Fact]
    public void Dot_EveryLength_AgreesWithTheNaiveSum()
    {
        var random = new Philox(1);
        for (var length = 0; length < 70; length++)
        {
            var (a, b) = (Enumerable.Range(0, length).Select(_ => random.NextDouble()).ToArray(), Enumerable.Range(0, length).Select(_ => random.NextDouble()).ToArray());
            Assert.Equal(a.Zip(b, (left, right) => left * right).Sum(), Lanes.Dot(a, b), 1e-12);
        }
    }

    private static CholeskyFactor Factor(double[][] matrix, int rows, int capacity)
    {
        var factor = new CholeskyFactor(capacity);
        Extend(factor, matrix, 0, rows);
        return factor;
    }

    private static void Extend(CholeskyFactor factor, double[][] matrix, int from, int to)
    {
        for (var row = from; row < to; row++)
        {
            factor.Add(matrix[row].AsSpan(0, row + 1), 1e-12);
        }
    }

    /// <summary>Positive definite: exponentials of distances, and a diagonal.</summary>
    private static double[][] Matrix(int size) =>
        [.. Enumerable.Range(0, size).Select(row => Enumerable.Range(0, size).Select(column => Math.Exp(-0.3 * Math.Abs(row - column)) + (row == column ? 0.1 : 0)).ToArray())];

    private static double[] Times(double[][] matrix, double[] vector) => [.. matrix.Select(row => row.Zip(vector, (a, b) => a * b).Sum())];

    private static void AssertNear(double[] expected, double[] actual) =>
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-10));
}
