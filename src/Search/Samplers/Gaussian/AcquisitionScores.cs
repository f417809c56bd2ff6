namespace ApproxCluster.Search;

/// <summary>Scores rows by an acquisition, a block at a time.</summary>
/// <param name="acquisition">The acquisition.</param>
/// <param name="width">Numbers of a row.</param>
internal sealed class AcquisitionScores(IAcquisition acquisition, int width)
{
    private readonly double[] block = new double[Math.Max(1, width) * CholeskyFactor.Block];
    private double[] scores = new double[CholeskyFactor.Block];

    /// <summary>The scores of rows, until others are scored.</summary>
    public ReadOnlySpan<double> Of(RowSet rows)
    {
        if (scores.Length < rows.Count)
        {
            scores = new double[2 * rows.Count];
        }

        for (var start = 0; start < rows.Count; start += CholeskyFactor.Block)
        {
            var count = Math.Min(CholeskyFactor.Block, rows.Count - start);
            for (var lane = 0; lane < CholeskyFactor.Block; lane++)
            {
                var row = rows[start + Math.Min(lane, count - 1)];
                for (var column = 0; column < row.Length; column++)
                {
                    block[column * CholeskyFactor.Block + lane] = row[column];
                }
            }

            acquisition.Score(block, scores.AsSpan(start, count));
        }

        return scores.AsSpan(0, rows.Count);
    }
}
