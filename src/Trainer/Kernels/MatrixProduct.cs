using System.Runtime.CompilerServices;

namespace ApproxCluster.Trainer;

/// <summary>
/// A product of any number of rows and 16 or 32 columns, cut into register tiles; the cut cannot be seen in the result. The last tile
/// may compute up to 3 rows more than asked, up to a multiple of 4: operands and result must have room for them.
/// </summary>
internal static unsafe class MatrixProduct<TSimd, TDepth, TEpilogue>
    where TSimd : unmanaged, ISimd<TSimd>
    where TDepth : struct, IDepth
    where TEpilogue : struct, IEpilogue<TSimd>
{
    /// <summary>Computes result = epilogue(initial + left * right).</summary>
    /// <param name="tile">
    /// Operands, at the first row and column; left, right, initial and result are used up. By reference, as a copy of so recent stores would
    /// wait for them.
    /// </param>
    /// <param name="rows">Rows of the result.</param>
    /// <param name="columns">Columns of the result: 16 or 32.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(ref TileOperands tile, int rows, int columns)
    {
        if (columns == TSimd.Lanes)
        {
            Strip1(ref tile, rows);
            return;
        }

        var (left, right, initial, result) = ((nint)tile.Left, (nint)tile.Right, (nint)tile.Initial, (nint)tile.Result);
        var lines = tile.AheadLines;
        if (TDepth.IsRow && TSimd.Registers < 32)
        {
            // A tile has half the rows.
            tile.AheadLines = (lines + 1) / 2;
        }

        for (var column = 0; ;)
        {
            Strip2(ref tile, rows);
            column += 2 * TSimd.Lanes;
            if (column == columns)
            {
                tile.AheadLines = lines;
                return;
            }

            tile.Left = (float*)left;
            tile.Right = (float*)right + column;
            tile.Initial = initial == 0 ? null : (float*)initial + column;
            tile.Result = (float*)result + column;

            // The first strip has fetched the lines of all columns.
            tile.AheadLines = 0;
        }
    }

    /// <summary>
    /// Tiles as high as the registers allow: 12 rows where the depth runs over rows, as that spares loads of the right operand. A kind of tile that is never called
    /// is never compiled either.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Strip2(ref TileOperands tile, int rows)
    {
        if (TSimd.Registers >= 32)
        {
            if (TDepth.IsRow)
            {
                var elevens = 0;
                for (; FitEleven(rows); rows -= 11)
                {
                    elevens++;
                }

                if (elevens > 0)
                {
                    Tile<TSimd, TDepth, TEpilogue>.Tile11x2(ref tile, elevens);
                }

                if (rows > 8)
                {
                    var twelves = (rows + 3) / 12;
                    Tile<TSimd, TDepth, TEpilogue>.Tile12x2(ref tile, twelves);
                    rows -= 12 * twelves;
                }
            }

            if (rows > 4)
            {
                var eights = (rows + 3) / 8;
                Tile<TSimd, TDepth, TEpilogue>.Tile8x2(ref tile, eights);
                rows -= 8 * eights;
            }
        }
        else if (rows > 8)
        {
            // Pairs of 6, so that the rest is still a multiple of 4 from its end rounded up.
            var pairs = (rows + 3) / 12;
            Tile<TSimd, TDepth, TEpilogue>.Tile6x2(ref tile, 2 * pairs);
            rows -= 12 * pairs;
        }

        if (rows > 0)
        {
            Tile<TSimd, TDepth, TEpilogue>.Tile4x2(ref tile, (rows + 3) / 4);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Strip1(ref TileOperands tile, int rows)
    {
        if (rows > 4)
        {
            var eights = (rows + 3) / 8;
            Tile<TSimd, TDepth, TEpilogue>.Tile8x1(ref tile, eights);
            rows -= 8 * eights;
        }

        if (rows > 0)
        {
            Tile<TSimd, TDepth, TEpilogue>.Tile4x1(ref tile, 1);
        }
    }

    /// <summary>Whether tiles of 11 rows do it: as many as of 12, and not past the rows rounded up to 4, where the room ends.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool FitEleven(int rows)
    {
        var past = 11 * ((rows + 11) / 12) - rows;
        return past >= 0 && rows + past <= ((rows + 3) & ~3) && rows > 8;
    }
}
