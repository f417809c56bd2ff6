using System.Runtime.CompilerServices;

namespace ApproxCluster.Trainer;

/// <summary>
/// A product of any number of rows and 16 or 32 columns, cut into register tiles. Tiles of 8 rows suit 32 registers, of 6 rows 16
/// registers; the last rows go through lower tiles. Nothing about the cut can be seen in the result.
/// </summary>
internal static unsafe class MatrixProduct<TSimd, TDepth>
    where TSimd : unmanaged, ISimd<TSimd>
    where TDepth : struct, IDepth
{
    /// <summary>Computes result = initial + left * right.</summary>
    /// <param name="operands">Operands, at the first row and column.</param>
    /// <param name="rows">Rows of the result.</param>
    /// <param name="columns">Columns of the result: 16 or 32.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(in TileOperands operands, int rows, int columns)
    {
        var tile = operands;
        var vectors = columns / TSimd.Lanes;
        if (vectors == 1)
        {
            Strip1(tile, rows);
            return;
        }

        for (var vector = 0; vector < vectors; vector += 2)
        {
            Strip2(tile, rows);
            tile.Right += 2 * TSimd.Lanes;
            tile.Initial += 2 * TSimd.Lanes;
            tile.Result += 2 * TSimd.Lanes;
        }
    }

    private static void Strip2(TileOperands tile, int rows)
    {
        if (TSimd.Registers >= 32)
        {
            for (; rows >= 8; rows -= 8)
            {
                Tile<TSimd, TDepth>.Tile8x2(tile);
                Advance(ref tile, 8);
            }
        }
        else
        {
            for (; rows >= 6; rows -= 6)
            {
                Tile<TSimd, TDepth>.Tile6x2(tile);
                Advance(ref tile, 6);
            }
        }

        if (rows >= 4)
        {
            Tile<TSimd, TDepth>.Tile4x2(tile);
            Advance(ref tile, 4);
            rows -= 4;
        }

        if (rows >= 2)
        {
            Tile<TSimd, TDepth>.Tile2x2(tile);
            Advance(ref tile, 2);
            rows -= 2;
        }

        if (rows == 1)
        {
            Tile<TSimd, TDepth>.Tile1x2(tile);
        }
    }

    private static void Strip1(TileOperands tile, int rows)
    {
        for (; rows >= 8; rows -= 8)
        {
            Tile<TSimd, TDepth>.Tile8x1(tile);
            Advance(ref tile, 8);
        }

        for (; rows >= 4; rows -= 4)
        {
            Tile<TSimd, TDepth>.Tile4x1(tile);
            Advance(ref tile, 4);
        }

        for (; rows > 0; rows--)
        {
            Tile<TSimd, TDepth>.Tile1x1(tile);
            Advance(ref tile, 1);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Advance(ref TileOperands tile, int rows)
    {
        tile.Left += TDepth.IsRow ? rows : rows * tile.LeftStride;
        tile.Initial += rows * tile.InitialStride;
        tile.Result += rows * tile.ResultStride;
    }
}
