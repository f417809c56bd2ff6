using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ApproxCluster.Trainer;

/// <content>Many words at once: 4 or 8 blocks side by side, where the processor can; the words are the same.</content>
public partial struct Philox
{
    /// <summary>The next words, as <see cref="NextUInt32()"/> would give them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Draw(Span<uint> words)
    {
        while (!words.IsEmpty && (position & 3) != 0)
        {
            words[0] = NextUInt32();
            words = words[1..];
        }

        // The low half of the counter must not wrap within a vector of blocks.
        while (Avx2.IsSupported && words.Length >= 32 && (uint)(position >> 2) < uint.MaxValue - 8)
        {
            Blocks(position >> 2, words);
            Blocks((position >> 2) + 4, words[16..]);
            position += 32;
            words = words[32..];
        }

        for (var i = 0; i < words.Length; i++)
        {
            words[i] = NextUInt32();
        }
    }

    /// <summary>4 blocks. A lane of 64 bits holds one word in its low half; what gathers in the high half is never looked at.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Blocks(ulong block, Span<uint> words)
    {
        var c0 = Vector256.Create((ulong)(uint)block) + Vector256.Create(0UL, 1, 2, 3);
        var c1 = Vector256.Create(block >> 32);
        var c2 = Vector256.Create((ulong)(uint)stream);
        var c3 = Vector256.Create(stream >> 32);
        var multiplier0 = Vector256.Create(Multiplier0);
        var multiplier1 = Vector256.Create(Multiplier1);
        var (k0, k1) = (key0, key1);
        for (var round = 0; round < 10; round++)
        {
            var product0 = Avx2.Multiply(c0.AsUInt32(), multiplier0);
            var product1 = Avx2.Multiply(c2.AsUInt32(), multiplier1);
            c0 = (product1 >> 32) ^ c1 ^ Vector256.Create((ulong)k0);
            c2 = (product0 >> 32) ^ c3 ^ Vector256.Create((ulong)k1);
            c1 = product1;
            c3 = product0;
            k0 += Weyl0;
            k1 += Weyl1;
        }

        // Pair the words of a block, then put the halves of each block together.
        var low = Avx2.Blend(c0.AsUInt32(), (c1 << 32).AsUInt32(), 0b10101010).AsUInt64();
        var high = Avx2.Blend(c2.AsUInt32(), (c3 << 32).AsUInt32(), 0b10101010).AsUInt64();
        var even = Avx2.UnpackLow(low, high);
        var odd = Avx2.UnpackHigh(low, high);
        Avx2.Permute2x128(even, odd, 0x20).AsUInt32().CopyTo(words);
        Avx2.Permute2x128(even, odd, 0x31).AsUInt32().CopyTo(words[8..]);
    }
}
