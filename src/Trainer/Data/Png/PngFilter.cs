namespace ApproxCluster.Trainer;

/// <summary>Undoes the filters of PNG rows (PNG specification, clause 9).</summary>
internal static class PngFilter
{
    /// <summary>Turns a filtered row into plain bytes, in place.</summary>
    /// <param name="filter">The row's filter, 0..4.</param>
    /// <param name="row">Its bytes.</param>
    /// <param name="above">The plain row above, zeros for the first; as long as <paramref name="row"/>.</param>
    /// <param name="step">Bytes from a pixel to the next, at least 1.</param>
    /// <returns>False for an unknown filter.</returns>
    public static bool Undo(int filter, Span<byte> row, ReadOnlySpan<byte> above, int step)
    {
        switch (filter)
        {
            case 0:
                return true;
            case 1:
                for (var i = step; i < row.Length; i++)
                {
                    row[i] += row[i - step];
                }

                return true;
            case 2:
                for (var i = 0; i < row.Length; i++)
                {
                    row[i] += above[i];
                }

                return true;
            case 3:
                for (var i = 0; i < row.Length; i++)
                {
                    row[i] += (byte)(((i >= step ? row[i - step] : 0) + above[i]) >> 1);
                }

                return true;
            case 4:
                for (var i = 0; i < row.Length; i++)
                {
                    row[i] += i >= step ? Nearest(row[i - step], above[i], above[i - step]) : above[i];
                }

                return true;
            default:
                return false;
        }
    }

    /// <summary>Of left, above and the corner, the one nearest to left + above - corner; ties go in that order (Paeth).</summary>
    private static byte Nearest(byte left, byte above, byte corner)
    {
        var (toLeft, toAbove, toCorner) = (Math.Abs(above - corner), Math.Abs(left - corner), Math.Abs(left + above - 2 * corner));
        return toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner;
    }
}
