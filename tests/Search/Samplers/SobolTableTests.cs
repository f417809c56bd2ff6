using System.Security.Cryptography;
using System.Text;

namespace ApproxCluster.Search.Tests;

/// <summary>Every dimension that we offer against what S. Joe and F. Y. Kuo published.</summary>
public sealed class SobolTableTests
{
    /// <summary>The digest is of lines 2 to 80 of the file new-joe-kuo-6.21201, first column left out, single spaces, line feeds between.</summary>
    [Fact]
    public void Rows_All_AreThePublishedOnes() => Assert.Equal(
        "d72154165ae5e7dbfd736b1a6562c4424d57cf54bdaa5d2c7de3d8cc2dfab6f0",
        Digest(SobolTable.Rows.Select(row => $"{row.Degree} {row.Polynomial} {string.Join(' ', row.Initial)}")));

    /// <summary>
    /// The digest is of what the algorithm of the authors' program (sobol.cc), written anew in Python, makes of that file: the first 1024 points in its
    /// Gray-code order, each its 80 coordinates as fractions of 2^32.
    /// </summary>
    [Fact]
    public void Points_FirstThousandInEveryDimension_AreTheAuthors() => Assert.Equal(
        "3d13571eb82c534198814ac20c9b4d031e931d2f7380718bc42177abd70d9039",
        Digest(Enumerable.Range(0, 1024).Select(number => string.Join(' ', Point((uint)(number ^ (number >> 1)))))));

    [Fact]
    public void Points_FirstPowerOfTwoInEveryDimension_HaveOneInEachStratum()
    {
        for (var dimension = 0; dimension < SobolSequence.MaximumDimensions; dimension++)
        {
            for (var bits = 1; bits <= 12; bits++)
            {
                var strata = new bool[1 << bits];
                for (var number = 0U; number < strata.Length; number++)
                {
                    strata[SobolSequence.Point(number, dimension) >> (32 - bits)] = true;
                }

                Assert.True(strata.All(taken => taken), $"dimension {dimension + 1}, {strata.Length} points");
            }
        }
    }

    /// <summary>The directions of a dimension are independent, so no two of all 2^32 points are equal.</summary>
    [Fact]
    public void Points_Directions_AreIndependentInEveryDimension()
    {
        for (var dimension = 0; dimension < SobolSequence.MaximumDimensions; dimension++)
        {
            for (var bit = 0; bit < 32; bit++)
            {
                var direction = SobolSequence.Point(1u << bit, dimension);

                Assert.Equal(31 - bit, System.Numerics.BitOperations.TrailingZeroCount(direction));
            }
        }
    }

    private static IEnumerable<uint> Point(uint number) =>
        Enumerable.Range(0, SobolSequence.MaximumDimensions).Select(dimension => SobolSequence.Point(number, dimension));

    private static string Digest(IEnumerable<string> lines) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines))));
}
