using System.Runtime.CompilerServices;

namespace ApproxCluster.Trainer;

/// <summary>A random order: Fisher and Yates from the last place down, each place drawn below its number as <see cref="Philox.NextBelow"/> does.</summary>
internal static class Shuffle
{
    private const int Words = 512;

    /// <summary>Fills an array with 0..n-1 in random order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Draw(ref Philox generator, int[] order)
    {
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Span<uint> words = stackalloc uint[Words];
        var left = 0;
        for (var i = order.Length - 1; i > 0; i--)
        {
            var bound = (uint)i + 1;
            ulong product;
            do
            {
                if (left == 0)
                {
                    generator.Draw(words);
                    left = Words;
                }

                product = (ulong)words[Words - left--] * bound;
            }
            while ((uint)product < bound && (uint)product < (0u - bound) % bound);

            var other = (int)(product >> 32);
            (order[i], order[other]) = (order[other], order[i]);
        }
    }
}
