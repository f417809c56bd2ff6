using System.Runtime.CompilerServices;

namespace ApproxCluster.Bench.Trainer;

/// <summary>
/// How many simple instructions a second the core takes from this thread. Where another thread of the core runs, as on shared hosts, it is about half of what it is alone, while the FMA peak, which
/// needs two instructions a cycle, stays; real kernels lie between.
/// </summary>
internal static class DispatchRate
{
    private const int Turns = 300_000;
    private const int Adds = 48;

    // Alone it is the same within some hundredths, beside another thread a third less.
    private const double Alone = 0.88;

    private static double best;

    /// <summary>Additions a second, in billions.</summary>
    public static double Measure()
    {
        var begin = ThreadClock.Seconds;
        var sum = Run(Turns, 3);
        var rate = (double)Turns * Adds / (ThreadClock.Seconds - begin) / 1e9;
        GC.KeepAlive(sum);
        best = Math.Max(best, rate);
        return rate;
    }

    /// <summary>Whether the core took as many as it has ever taken in this process.</summary>
    public static bool IsAlone(double rate) => rate >= Alone * best;

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static long Run(int turns, long x)
    {
        long a = 1, b = 2, c = 3, d = 4, e = 5, f = 6, g = 7, h = 8;
        for (; turns > 0; turns--)
        {
            a += x;
            b += x;
            c += x;
            d += x;
            e += x;
            f += x;
            g += x;
            h += x;
            a += b;
            c += d;
            e += f;
            g += h;
            b += x;
            d += x;
            f += x;
            h += x;
            a += x;
            b += c;
            c += x;
            d += e;
            e += x;
            f += g;
            g += x;
            h += x;
            a += c;
            b += x;
            c += e;
            d += x;
            e += g;
            f += x;
            g += x;
            h += x;
            a += x;
            b += d;
            c += x;
            d += f;
            e += x;
            f += h;
            g += x;
            h += x;
            a += e;
            b += x;
            c += g;
            d += x;
            e += x;
            f += x;
            g += x;
            h += x;
        }

        return a + b + c + d + e + f + g + h;
    }
}
