using System.Buffers.Binary;

namespace ApproxCluster.Search;

/// <summary>
/// Owen's nested uniform scrambling of 32-bit fractions by a hash of the reversed bits: B. Burley, "Practical hash-based Owen scrambling",
/// JCGT 9(4), 2020. The hash is Laine and Karras's with the constants of N. Vegdahl, "Building a better LK hash", 2021: additions and
/// products with even numbers carry only upwards, so that in the reversed word each bit depends on the seed and the bits above it alone.
/// </summary>
internal static class OwenScramble
{
    /// <summary>The scrambled fraction: a permutation for every seed.</summary>
    public static uint Scramble(uint fraction, uint seed)
    {
        var hash = Reverse(fraction);
        hash ^= hash * 0x3D20ADEA;
        hash += seed;
        hash *= (seed >> 16) | 1;
        hash ^= hash * 0x05526C56;
        hash ^= hash * 0x53A22864;
        return Reverse(hash);
    }

    private static uint Reverse(uint value)
    {
        value = (value >> 1 & 0x55555555) | (value & 0x55555555) << 1;
        value = (value >> 2 & 0x33333333) | (value & 0x33333333) << 2;
        value = (value >> 4 & 0x0F0F0F0F) | (value & 0x0F0F0F0F) << 4;
        return BinaryPrimitives.ReverseEndianness(value);
    }
}
