using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>
/// Finds the point of the largest acquisition: many candidates are scored at once, and from the best of them local searches go on where the acquisition is smooth, along continuous columns by
/// gradients and along the others by single moves, in turn, until nothing moves (Optuna 4.9's scheme). Points that are known are left out.
/// </summary>
internal sealed class AcquisitionSearch
{
    private const int SobolPoints = 1024;
    private const int AroundPoints = 120;
    private const int Rounds = 4;

    // The best of all, and then the best of the evenly spread ones: most of the former lie close together.
    private const int Starts = 2;
    private const int SpreadStarts = 5;
    private const double Apart = 0.1;
    private const double SpreadApart = 0.5;

    private readonly GaussianSpace space;
    private readonly IAcquisition acquisition;
    private readonly ISmoothAcquisition? smooth;
    private readonly SolvedBasins? basins;
    private readonly TrustBox? region;
    private readonly HashSet<ulong> known = [];
    private readonly double[] block;

    /// <summary>Prepares a search.</summary>
    /// <param name="space">The space.</param>
    /// <param name="acquisition">What is to be large.</param>
    /// <param name="points">Points that are known; null where those may be given again.</param>
    /// <param name="basins">Where not to search; null for everywhere.</param>
    /// <param name="region">What to keep to; null for everywhere.</param>
    public AcquisitionSearch(GaussianSpace space, IAcquisition acquisition, PointSet? points, SolvedBasins? basins = null, TrustBox? region = null)
    {
        (this.space, this.acquisition, this.basins, this.region) = (space, acquisition, basins, region);
        smooth = acquisition as ISmoothAcquisition;
        block = new double[Math.Max(1, space.Count) * CholeskyFactor.Block];
        var point = new double[space.Count];
        for (var index = 0; index < (points?.Count ?? 0); index++)
        {
            points!.CopyTo(index, point);
            known.Add(Hash(point));
        }
    }

    /// <summary>The best point found and its acquisition; null when every one is known.</summary>
    /// <param name="centres">Good points, around which to look more closely.</param>
    /// <param name="random">Draws.</param>
    /// <param name="others">Points to look at, too.</param>
    public (double[] Point, double Score)? Best(IEnumerable<double[]> centres, Philox random, IEnumerable<double[]>? others = null)
    {
        var candidates = new Candidates(space, region);
        candidates.AddSobol(SobolPoints, ref random);
        candidates.Add(others ?? []);
        foreach (var centre in centres)
        {
            candidates.AddAround(centre, acquisition.Lengths, AroundPoints, ref random);
        }

        double[]? best = null;
        var top = double.NegativeInfinity;
        foreach (var (start, scored) in Choose(candidates.Rows))
        {
            var (row, score) = smooth is null ? (start, scored) : Climb([.. start], scored, smooth);
            if (IsSolved(row))
            {
                (row, score) = (start, scored);
            }

            if (score > top)
            {
                (best, top) = (row, score);
            }
        }

        return best is null ? null : (best, top);
    }

    private List<(double[] Row, double Score)> Choose(IReadOnlyList<double[]> rows)
    {
        var scores = Score(rows);
        var ranked = Enumerable.Range(0, rows.Count).Where(index => double.IsFinite(scores[index])).ToArray();
        Array.Sort(ranked, (one, other) => scores[other].CompareTo(scores[one]) is not 0 and var order ? order : one.CompareTo(other));
        var starts = new List<(double[] Row, double Score)>();
        Take(ranked, Starts, Apart);
        Take(ranked.Where(index => index < SobolPoints), Starts + SpreadStarts, SpreadApart);
        return starts;

        void Take(IEnumerable<int> from, int upTo, double apart)
        {
            foreach (var index in from)
            {
                if (starts.Count >= upTo)
                {
                    break;
                }

                if (starts.TrueForAll(start => Distance(start.Row, rows[index]) > apart) && !IsSolved(rows[index]))
                {
                    starts.Add((rows[index], scores[index]));
                }
            }
        }
    }

    private bool IsSolved(double[] row) => basins is not null && basins.Contains(row);

    private double Distance(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var column = 0; column < a.Length; column++)
        {
            var difference = space.Difference(column, a[column], b[column]) / acquisition.Lengths[column];
            sum += difference * difference;
        }

        return Math.Sqrt(sum);
    }

    private (double[] Row, double Score) Climb(double[] row, double score, ISmoothAcquisition hill)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var before = score;
            score = Slide(row, score, hill);
            while (Step(row, score) is { } moved)
            {
                (row, score) = moved;
            }

            if (score - before < 1e-3)
            {
                break;
            }
        }

        return (row, score);
    }

    /// <summary>Goes up along the continuous columns, in units of their length scales.</summary>
    private double Slide(double[] row, double score, ISmoothAcquisition hill)
    {
        var moving = Enumerable.Range(0, row.Length).Where(column => space.IsContinuous(column) && space.Exists(column, row)).ToArray();
        if (moving.Length == 0)
        {
            return score;
        }

        var units = moving.Select(column => Math.Clamp(acquisition.Lengths[column], 0.05, 2)).ToArray();
        var lower = moving.Select((column, index) => (region?.Lower(column) ?? 0) / units[index]).ToArray();
        var upper = moving.Select((column, index) => (region?.Upper(column) ?? 1) / units[index]).ToArray();
        var x = moving.Select((column, index) => row[column] / units[index]).ToArray();
        var scratch = (double[])row.Clone();
        var value = -new ProjectedLbfgs { MaximumSteps = 25, FirstStep = 0.1, ValueTolerance = 1e-5 }.Minimize(Negative, x, lower, upper);
        if (!(value > score))
        {
            return score;
        }

        for (var index = 0; index < moving.Length; index++)
        {
            row[moving[index]] = Math.Clamp(x[index] * units[index], region?.Lower(moving[index]) ?? 0, region?.Upper(moving[index]) ?? 1);
        }

        return known.Contains(Hash(row)) ? double.NegativeInfinity : value;

        double Negative(ReadOnlySpan<double> at, Span<double> gradient)
        {
            for (var index = 0; index < moving.Length; index++)
            {
                scratch[moving[index]] = at[index] * units[index];
            }

            var found = hill.Value(scratch, moving, gradient);
            for (var index = 0; index < moving.Length; index++)
            {
                gradient[index] *= -units[index];
            }

            return -found;
        }
    }

    /// <summary>The best single move of a column that has values one by one, or null when none is better.</summary>
    private (double[] Row, double Score)? Step(double[] row, double score)
    {
        var moves = space.Moves(row);
        if (region is not null)
        {
            moves.RemoveAll(move => !region.Contains(move));
        }

        if (moves.Count == 0)
        {
            return null;
        }

        var scores = Score(moves);
        var best = 0;
        for (var index = 1; index < scores.Length; index++)
        {
            best = scores[index] > scores[best] ? index : best;
        }

        return scores[best] > score + 1e-9 ? (moves[best], scores[best]) : null;
    }

    private double[] Score(IReadOnlyList<double[]> rows)
    {
        var scores = new double[rows.Count];
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
            for (var index = start; index < start + count; index++)
            {
                scores[index] = known.Contains(Hash(rows[index])) ? double.NegativeInfinity : scores[index];
            }
        }

        return scores;
    }

    private static ulong Hash(ReadOnlySpan<double> point)
    {
        var hash = 0xCBF29CE484222325;
        foreach (var number in point)
        {
            hash = (hash ^ (ulong)BitConverter.DoubleToInt64Bits(number)) * 0x9E3779B97F4A7C15;
            hash ^= hash >> 29;
        }

        return hash;
    }
}
