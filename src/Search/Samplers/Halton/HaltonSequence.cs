using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>
/// One dimension of a scrambled Halton sequence: the digits of the index in a prime base, each replaced under a random permutation of its own place, the zeros that follow them too,
/// mirrored at the point; as many places as a double has.
/// </summary>
internal sealed class HaltonSequence
{
    private const double Resolution = 1.0 / (1L << 53);

    private readonly int radix;
    private readonly double[][] places;
    private readonly double[] rest;

    /// <summary>Draws the permutations.</summary>
    /// <param name="radix">A prime.</param>
    /// <param name="seed">Decides them.</param>
    public HaltonSequence(int radix, ulong seed)
    {
        this.radix = radix;
        var all = new List<double[]>();
        for (var size = 1.0 / radix; size > Resolution; size /= radix)
        {
            var random = new Philox(seed, (ulong)all.Count);
            var digits = Enumerable.Range(0, radix).ToArray();
            for (var index = radix - 1; index > 0; index--)
            {
                var other = (int)random.NextBelow((uint)index + 1);
                (digits[index], digits[other]) = (digits[other], digits[index]);
            }

            all.Add([.. digits.Select(digit => digit * size)]);
        }

        places = [.. all];
        rest = new double[places.Length + 1];
        for (var place = places.Length - 1; place >= 0; place--)
        {
            rest[place] = rest[place + 1] + places[place][0];
        }
    }

    /// <summary>The first primes.</summary>
    public static IEnumerable<int> Primes(int count)
    {
        var primes = new List<int>();
        for (var number = 2; primes.Count < count; number++)
        {
            if (primes.TrueForAll(prime => number % prime != 0))
            {
                primes.Add(number);
            }
        }

        return primes;
    }

    /// <summary>The point with an index from 0, in [0, 1).</summary>
    public double Point(int index)
    {
        var (sum, place) = (0.0, 0);
        for (; index > 0 && place < places.Length; index /= radix, place++)
        {
            sum += places[place][index % radix];
        }

        return Math.Min(sum + rest[place], 1 - Resolution);
    }
}
