using System.Runtime.CompilerServices;

namespace ApproxCluster.Trainer;

/// <summary>
/// The inner kernels of every matrix product: a tile of the result stays in registers while the depth runs,
/// c[r][j] = fma(a[r][k], b[k][j], c[r][j]) for k = 0, 1, 2 ... in sequence. Each element of the result has its own lane and the same
/// sequence of roundings whatever the tile or the width. The accumulators never leave their registers: 97 to 99 % of the FMA peak in
/// the first cache, at 512 and at 256 bits (EPYC of the Zen 5 family). Two steps a turn of the loop, as few instructions beside the FMAs as can be: where another
/// thread shares the core, what is dispatched is the limit. Each method does some tiles, one below the other: a call for each would cost a tenth of a
/// tile of depth 32. The operands are left at the row after the last.
/// </summary>
internal static unsafe partial class Tile<TSimd, TDepth, TEpilogue>
    where TSimd : unmanaged, ISimd<TSimd>
    where TDepth : struct, IDepth
    where TEpilogue : struct, IEpilogue<TSimd>
{
    /// <summary>The left operand's element for a row of the tile, in every lane.</summary>
    /// <param name="first">The element of the tile's first row.</param>
    /// <param name="row">That of row 0 or 4.</param>
    /// <param name="offset">Floats from there to the row.</param>
    /// <param name="index">Number of the row.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TSimd Element(float* first, float* row, nint offset, int index) =>
        TSimd.Broadcast(TDepth.IsRow ? first[index] : TDepth.IsSegmented ? first[index * DenseLayer.PanelWidth] : row[offset]);

    /// <summary>Applies the epilogue to a finished row of two vectors; its other operand lies <paramref name="other"/> floats beside the result.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish(TSimd first, TSimd second, float* to, nint other, TSimd constant)
    {
        TSimd.Store(TEpilogue.Apply(first, TEpilogue.Reads ? TSimd.Load(to + other) : first, constant), to);
        TSimd.Store(TEpilogue.Apply(second, TEpilogue.Reads ? TSimd.Load(to + other + TSimd.Lanes) : second, constant), to + TSimd.Lanes);
    }

    /// <summary>The same for one vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish(TSimd sum, float* to, nint other, TSimd constant) =>
        TSimd.Store(TEpilogue.Apply(sum, TEpilogue.Reads ? TSimd.Load(to + other) : sum, constant), to);

    /// <summary>
    /// Fetches what the next tile needs, two lines of each array at every second step: the next inputs of these samples and the 24 lines of parameters and
    /// state that the update will touch or, <paramref name="next"/> floats apart, the next rows of the right operand, or those of a segmented one. The addresses need not be valid.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Ahead(float* left, nint step, float* ahead0, float* ahead1, float* ahead2, nint floats, nint next, ref nint fetched)
    {
        if (TDepth.IsRow && (TSimd.Registers >= 32 || floats > 0))
        {
            TSimd.Prefetch(left + 24);
            TSimd.Prefetch(left + step + 24);
        }

        if (TDepth.IsSegmented)
        {
            TSimd.Prefetch(left + 8 * DenseLayer.PanelWidth + fetched);

            // 16 a turn, of which the left operand goes 2 by itself.
            fetched += 14;
        }
        else if (fetched < floats)
        {
            TSimd.Prefetch(ahead0 + fetched);
            TSimd.Prefetch(ahead0 + fetched + 16);
            if (TDepth.IsRow)
            {
                TSimd.Prefetch(ahead1 + fetched);
                TSimd.Prefetch(ahead1 + fetched + 16);
                TSimd.Prefetch(ahead2 + fetched);
                TSimd.Prefetch(ahead2 + fetched + 16);
            }

            fetched += TDepth.IsRow ? next : 32;
        }
    }
}
