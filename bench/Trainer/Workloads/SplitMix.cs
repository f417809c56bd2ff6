namespace ApproxCluster.Bench.Trainer;

/// <summary>The generator of the peers' <c>workloads.py</c>: element i is mix(seed + (i + 1) * golden) >> 40 as a multiple of 2^-24.</summary>
internal static class SplitMix
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    /// <summary>Numbers in [0, 1).</summary>
    public static float[] Unit(ulong seed, int count)
    {
        var result = new float[count];
        for (var i = 0; i < count; i++)
        {
            var z = seed + ((ulong)i + 1) * Golden;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            z ^= z >> 31;
            result[i] = (z >> 40) * (1f / (1 << 24));
        }

        return result;
    }

    /// <summary>Numbers in [-1, 1).</summary>
    public static float[] Symmetric(ulong seed, int count)
    {
        var result = Unit(seed, count);
        for (var i = 0; i < count; i++)
        {
            result[i] = result[i] * 2 - 1;
        }

        return result;
    }
}
