using System.Numerics;

namespace ApproxCluster.Search;

/// <summary>The Sobol sequence as 32-bit fractions, from the direction numbers of <see cref="SobolTable"/>.</summary>
internal static class SobolSequence
{
    private const int Bits = 32;

    private static readonly uint[][] Directions = [First(), .. SobolTable.Rows.Select(Directed)];

    /// <summary>Dimensions that there are.</summary>
    public static int MaximumDimensions => Directions.Length;

    /// <summary>The point with an index, in natural (not Gray-code) order, in a dimension from 0, as a fraction of 2^32.</summary>
    public static uint Point(uint index, int dimension)
    {
        var directions = Directions[dimension];
        var point = 0u;
        for (var bit = 0; index >> bit != 0 && bit < Bits; bit++)
        {
            if ((index >> bit & 1) != 0)
            {
                point ^= directions[bit];
            }
        }

        return point;
    }

    /// <summary>The first points in a dimension, at least one, as <see cref="Point"/> gives them one by one.</summary>
    public static void Fill(Span<uint> points, int dimension)
    {
        var directions = Directions[dimension];
        points[0] = 0;
        for (var index = 1; index < points.Length; index++)
        {
            points[index] = points[index & (index - 1)] ^ directions[BitOperations.TrailingZeroCount(index)];
        }
    }

    /// <summary>The first dimension, the van der Corput sequence: every m_k is 1.</summary>
    private static uint[] First() => [.. Enumerable.Range(1, Bits).Select(k => 1u << (Bits - k))];

    /// <summary>
    /// v_k = m_k / 2^k with m_k = 2 a_1 m_(k-1) xor 2^2 a_2 m_(k-2) xor ... xor 2^(s-1) a_(s-1) m_(k-s+1) xor 2^s m_(k-s) xor m_(k-s)
    /// (the paper's equations 2 and 3).
    /// </summary>
    private static uint[] Directed(SobolRow row)
    {
        var degree = row.Degree;
        var m = new uint[Bits + 1];
        for (var k = 1; k <= Bits; k++)
        {
            if (k <= degree)
            {
                m[k] = row.Initial[k - 1];
                continue;
            }

            m[k] = m[k - degree] ^ m[k - degree] << degree;
            for (var j = 1; j < degree; j++)
            {
                var coefficient = row.Polynomial >> (degree - 1 - j) & 1;
                m[k] ^= coefficient * m[k - j] << j;
            }
        }

        return [.. Enumerable.Range(1, Bits).Select(k => m[k] << (Bits - k))];
    }
}
