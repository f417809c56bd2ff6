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
    private readonly AcquisitionScores scores;
    private readonly SolvedBasins? basins;
    private readonly SearchRegion? region;
    private readonly KnownPoints known;

    /// <summary>Prepares a search.</summary>
    /// <param name="space">The space.</param>
    /// <param name="acquisition">What is to be large.</param>
    /// <param name="points">Points that are known; null where those may be given again.</param>
    /// <param name="basins">Where not to search; null for everywhere.</param>
    /// <param name="region">What to keep to; null for everywhere.</param>
    public AcquisitionSearch(GaussianSpace space, IAcquisition acquisition, PointSet? points, SolvedBasins? basins = null, SearchRegion? region = null)
    {
        (this.space, this.acquisition, this.basins, this.region) = (space, acquisition, basins, region);
        (scores, known) = (new AcquisitionScores(acquisition, space.Count), new KnownPoints(points));
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

        var climbs = Choose(candidates.Rows);
        if (acquisition is ISmoothAcquisition smooth)
        {
            new HillClimbs(space, smooth, scores, known, region).Run(climbs);
        }

        Climb? best = null;
        foreach (var climb in climbs)
        {
            if (IsSolved(climb.Row))
            {
                climb.Reset();
            }

            if (climb.Score > (best?.Score ?? double.NegativeInfinity))
            {
                best = climb;
            }
        }

        return best is null ? null : (best.Row, best.Score);
    }

    private List<Climb> Choose(RowSet rows)
    {
        var found = scores.Of(rows).ToArray();
        var ranked = new int[found.Length];
        for (var index = 0; index < ranked.Length; index++)
        {
            ranked[index] = index;
        }

        Array.Sort(ranked, (one, other) => found[other].CompareTo(found[one]) is not 0 and var order ? order : one.CompareTo(other));
        var starts = new List<Climb>();
        Take(rows.Count, Starts, Apart);
        Take(SobolPoints, Starts + SpreadStarts, SpreadApart);
        return starts;

        void Take(int below, int upTo, double apart)
        {
            foreach (var index in ranked)
            {
                if (starts.Count >= upTo)
                {
                    break;
                }

                var row = rows[index];
                if (index < below && double.IsFinite(found[index]) && !known.Contains(row) && IsApart(starts, row, apart) && !IsSolved(row))
                {
                    starts.Add(new Climb(row, found[index]));
                }
            }
        }
    }

    private bool IsApart(List<Climb> climbs, ReadOnlySpan<double> row, double apart)
    {
        foreach (var climb in climbs)
        {
            if (Distance(climb.Row, row) <= apart)
            {
                return false;
            }
        }

        return true;
    }

    private bool IsSolved(ReadOnlySpan<double> row) => basins is not null && basins.Contains(row);

    private double Distance(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = 0.0;
        for (var column = 0; column < a.Length; column++)
        {
            var difference = space.Difference(column, a[column], b[column]) / acquisition.Lengths[column];
            sum += difference * difference;
        }

        return Math.Sqrt(sum);
    }
}
