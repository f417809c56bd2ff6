using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>
/// The point of the largest expected improvement within a trust region around the best point, under a model of the points nearest to it. That one has length scales and an output warp of its own:
/// what the whole space looks like says little of the bottom of a basin.
/// </summary>
/// <param name="space">The space.</param>
/// <param name="kernel">The kernel.</param>
internal sealed class LocalSearch(GaussianSpace space, MaternKernel kernel)
{
    private const int Centres = 4;

    /// <summary>Points of a local model: enough for as many length scales, and few enough to be near.</summary>
    private int Neighbours => 20 + 5 * space.Count;

    /// <summary>The next point; null when every one is known.</summary>
    /// <param name="whole">The model of the whole space.</param>
    /// <param name="known">Points that are not to be tried again.</param>
    /// <param name="length">The region's length.</param>
    /// <param name="random">Draws.</param>
    public double[]? Suggest(GaussianModel whole, PointSet known, double length, Philox random)
    {
        var data = whole.Data;
        var centre = data.Point(Enumerable.Range(0, data.Count).MinBy(index => data.Costs[index]));
        var lengths = whole.Lengths;
        var near = Enumerable.Range(0, data.Count).OrderBy(index => Square(data.Point(index), centre, lengths)).ThenBy(index => index).Take(Neighbours).Order();
        var model = new GaussianFits(kernel).Model(data.Only([.. near]));
        var box = new SearchRegion(space, centre, lengths, length);
        var centres = Enumerable.Range(0, model.Data.Count).OrderBy(index => model.Fitted[index]).ThenBy(index => index)
            .Select(model.Data.Point).Where(point => box.Contains(point)).Take(Centres);
        return new AcquisitionSearch(space, new ImprovementAcquisition(model), known, region: box).Best(centres, random)?.Point;
    }

    /// <summary>The squared distance of two points in length scales.</summary>
    private double Square(double[] point, double[] centre, IReadOnlyList<double> lengths)
    {
        var sum = 0.0;
        for (var column = 0; column < point.Length; column++)
        {
            var difference = space.Difference(column, point[column], centre[column]);
            sum += difference * difference / (lengths[column] * lengths[column]);
        }

        return sum;
    }
}
