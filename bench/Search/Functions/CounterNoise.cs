namespace ApproxCluster.Bench.Search;

/// <summary>
/// The benchmark's noise: a pure function of four 64-bit words (name of the function, seed, trial, draw), so that every system meets the same. Not the product's
/// generator, which a benchmark should not share with what it measures.
/// </summary>
internal static class CounterNoise
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    /// <summary>FNV-1a, 64 bits, over ASCII.</summary>
    public static ulong Name(string text) => text.Aggregate(0xCBF29CE484222325UL, (hash, letter) => (hash ^ letter) * 0x100000001B3);

    /// <summary>64 bits.</summary>
    public static ulong Hash(ulong a, ulong b, ulong c, ulong d) => Mix(Mix(Mix(Mix(a + Golden) ^ (b + Golden)) ^ (c + Golden)) ^ (d + Golden));

    /// <summary>Uniform in (0, 1).</summary>
    public static double Uniform(ulong a, ulong b, ulong c, ulong d) => ((Hash(a, b, c, d) >> 11) + 0.5) / (1UL << 53);

    /// <summary>Standard normal: Box and Muller, the cosine branch.</summary>
    public static double Normal(ulong a, ulong b, ulong c, ulong d) =>
        Math.Sqrt(-2 * Math.Log(Uniform(a, b, c, 2 * d))) * Math.Cos(2 * Math.PI * Uniform(a, b, c, (2 * d) + 1));

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
