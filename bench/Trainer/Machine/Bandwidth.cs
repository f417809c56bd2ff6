using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ApproxCluster.Trainer;

namespace ApproxCluster.Bench.Trainer;

/// <summary>GB/s of one thread on a working set: read, write, and update in place (two arrays read, one of them written).</summary>
/// <param name="Name">The level of the memory that the working set is meant to fit.</param>
/// <param name="Read">Read.</param>
/// <param name="Write">Written.</param>
/// <param name="Update">Read and written.</param>
internal sealed record Bandwidth(string Name, double Read, double Write, double Update)
{
    private const double BytesPerTry = 4e8;
    private const int Tries = 5;

    /// <summary>First, second, third cache and main memory.</summary>
    public static IEnumerable<Bandwidth> Measure()
    {
        foreach (var (name, kilobytes) in new[] { ("L1 32 KiB", 32), ("L2 512 KiB", 512), ("L3 4 MiB", 4096), ("L3 16 MiB", 16384), ("DRAM 256 MiB", 262144) })
        {
            using var block = new NativeBlock((nint)kilobytes * 256);
            yield return new Bandwidth(name, Best(block, Read512, 1), Best(block, Write512, 1), Best(block, Update512, 1.5));
        }
    }

    private static double Best(NativeBlock block, Action<NativeBlock> run, double factor)
    {
        double best = 0;
        var repeats = Math.Max(1, (int)(BytesPerTry / (block.Floats * sizeof(float))));
        run(block);
        for (var i = 0; i < Tries; i++)
        {
            var begin = ThreadClock.Seconds;
            for (var j = 0; j < repeats; j++)
            {
                run(block);
            }

            best = Math.Max(best, factor * repeats * block.Floats * sizeof(float) / (ThreadClock.Seconds - begin) / 1e9);
        }

        return best;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void Read512(NativeBlock block)
    {
        var (a, b, c, d) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
        var end = block.Start + block.Floats;
        for (var at = block.Start; at < end; at += 64)
        {
            a += Vector512.Load(at);
            b += Vector512.Load(at + 16);
            c += Vector512.Load(at + 32);
            d += Vector512.Load(at + 48);
        }

        (a + b + c + d).Store(block.Start);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void Write512(NativeBlock block)
    {
        var end = block.Start + block.Floats;
        for (var at = block.Start; at < end; at += 32)
        {
            Vector512<float>.Zero.Store(at);
            Vector512<float>.Zero.Store(at + 16);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void Update512(NativeBlock block)
    {
        var half = block.Floats / 2;
        var end = block.Start + half;
        for (var at = block.Start; at < end; at += 32)
        {
            (Vector512.Load(at) + Vector512.Load(at + half)).Store(at);
            (Vector512.Load(at + 16) + Vector512.Load(at + half + 16)).Store(at + 16);
        }
    }
}
