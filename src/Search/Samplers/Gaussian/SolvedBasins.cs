namespace ApproxCluster.Search;

/// <summary>
/// Tells which points lie in the basin of a best point: those from which the posterior mean does not rise above its ends on the straight way there (the hill-valley test: R. Ursem,
/// "Multinational evolutionary algorithms", CEC 1999). A basin in which nothing better has come for a while is solved, and the search turns to the others.
/// </summary>
internal sealed class SolvedBasins
{
    private const int Stations = 7;
    private const int Most = 6;

    /// <summary>Evaluations without progress before a basin counts as solved: so many and one a dimension.</summary>
    private const int Patience = 5;

    /// <summary>Progress, as a share of the distance between the best and the median cost.</summary>
    private const double Progress = 1e-4;

    private readonly GaussianModel model;
    private readonly GaussianData data;
    private readonly List<(double[] Point, double Mean)> solved = [];
    private readonly double[] block;
    private readonly double[] means = new double[CholeskyFactor.Block];

    public SolvedBasins(GaussianModel model)
    {
        (this.model, data) = (model, model.Data);
        block = new double[Math.Max(1, data.Points.Dimensions) * CholeskyFactor.Block];
        var progress = Progress * OutputWarp.Spread(data.Costs).Unit;
        var active = Enumerable.Range(0, data.Count).ToList();
        var patience = Patience + data.Points.Dimensions;
        while (solved.Count < Most && active.Count > 2 * patience && Stalled(active, patience, progress))
        {
            var best = active.MinBy(index => model.Fitted[index]);
            var point = data.Point(best);
            solved.Add((point, model.Fitted[best]));
            active = [.. active.Where(index => !Leads(data.Point(index), model.Fitted[index], point, model.Fitted[best]))];
        }

        Active = active;
    }

    /// <summary>Whether there is a solved basin.</summary>
    public bool Any => solved.Count > 0;

    /// <summary>Indices of the points with costs that lie outside of every solved basin.</summary>
    public IReadOnlyList<int> Active { get; }

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

    private bool Stalled(List<int> active, int patience, double progress)
    {
        var (before, best) = (double.PositiveInfinity, double.PositiveInfinity);
        for (var index = 0; index < active.Count; index++)
        {
            var cost = data.Costs[active[index]];
            best = Math.Min(best, cost);
            before = index < active.Count - patience ? best : before;
        }

        return before - best < progress;
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
