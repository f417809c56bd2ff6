namespace ApproxCluster.Search;

/// <summary>
/// Tells which points lie in the basin of a best point: those from which the posterior mean does not rise above its ends on the straight way there (the hill-valley test: R. Ursem,
/// "Multinational evolutionary algorithms", CEC 1999). A basin in which next to nothing is to be expected is solved, and the search turns to the others.
/// </summary>
internal sealed class SolvedBasins
{
    private const int Stations = 7;

    private readonly GaussianModel model;
    private readonly GaussianData data;
    private readonly List<(double[] Point, double Mean)> solved = [];
    private readonly double[] block;
    private readonly double[] means = new double[CholeskyFactor.Block];

    public SolvedBasins(GaussianModel model)
    {
        (this.model, data) = (model, model.Data);
        block = new double[Math.Max(1, data.Points.Dimensions) * CholeskyFactor.Block];
        Active = [.. Enumerable.Range(0, data.Count)];
    }

    /// <summary>Indices of the points with costs that lie outside of every solved basin.</summary>
    public IReadOnlyList<int> Active { get; private set; }

    /// <summary>The basin of the best active point is solved.</summary>
    public void Add()
    {
        var best = Active.MinBy(index => model.Fitted[index]);
        var (point, mean) = (data.Point(best), model.Fitted[best]);
        solved.Add((point, mean));
        Active = [.. Active.Where(index => index != best && !Leads(data.Point(index), model.Fitted[index], point, mean))];
    }

    /// <summary>Whether a point is in a solved basin.</summary>
    public bool Contains(ReadOnlySpan<double> point)
    {
        for (var dimension = 0; dimension < point.Length; dimension++)
        {
            block.AsSpan(dimension * CholeskyFactor.Block, CholeskyFactor.Block).Fill(point[dimension]);
        }

        model.Means(block, means);
        var mean = means[0];
        foreach (var (best, bottom) in solved)
        {
            if (Leads(point, mean, best, bottom))
            {
                return true;
            }
        }

        return false;
    }

    private bool Leads(ReadOnlySpan<double> from, double mean, ReadOnlySpan<double> to, double bottom)
    {
        for (var dimension = 0; dimension < from.Length; dimension++)
        {
            for (var station = 0; station < CholeskyFactor.Block; station++)
            {
                var share = (Math.Min(station, Stations - 1) + 1.0) / (Stations + 1);
                block[dimension * CholeskyFactor.Block + station] = data.IsCategorical[dimension]
                    ? share < 0.5 ? from[dimension] : to[dimension]
                    : from[dimension] + share * (to[dimension] - from[dimension]);
            }
        }

        model.Means(block, means);
        var hill = Math.Max(mean, bottom) + 0.02 * Math.Sqrt(model.Variance);
        for (var station = 0; station < Stations; station++)
        {
            if (means[station] > hill)
            {
                return false;
            }
        }

        return true;
    }
}
