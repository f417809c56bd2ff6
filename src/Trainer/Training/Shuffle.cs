using System.Runtime.CompilerServices;

namespace ApproxCluster.Trainer;

/// <summary>A random order: Fisher and Yates from the last place down, each place drawn below its number as <see cref="Philox.NextBelow"/> does.</summary>
internal static unsafe class Shuffle
{
    private const int Words = 512;

    /// <summary>Fills an array with 0..n-1 in random order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    public static void Draw(ref Philox generator, int[] order)
    {
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        var words = stackalloc uint[Words];
        fixed (int* places = order)
        {
            for (var bound = (uint)order.Length; bound > 1;)
            {
                generator.Draw(new Span<uint>(words, Words));
                for (var word = 0; word < Words && bound > 1; word++)
                {
                    var product = (ulong)words[word] * bound;
                    if ((uint)product < bound && (uint)product < (0u - bound) % bound)
                    {
                        continue;
                    }

                    bound--;
                    var other = product >> 32;
                    (places[bound], places[other]) = (places[other], places[bound]);
                }
            }
        }
    }
}
