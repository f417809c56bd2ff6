using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>
/// Looks once more at choices other than the best point's, where the model of everything expects little any more: with length scales of its own for each choice. A model that all choices share
/// takes over from those tried often what a parameter does, and how little; under another choice it may do something else, as gamma does under one kernel of a support vector machine and
/// not under the next.
/// </summary>
/// <param name="space">The space.</param>
/// <param name="kernel">The kernel.</param>
internal sealed class ChoiceRivals(GaussianSpace space, MaternKernel kernel)
{
    private const int Centres = 4;

    private readonly int[] columns = [.. Enumerable.Range(0, space.Count).Where(column => space.IsCategorical[column])];

    /// <summary>
    /// The point of the largest expected improvement on the best one, with the choice that has been tried least of those tried at all, under a model of the points that have it and of the best one;
    /// null where there is none.
    /// </summary>
    /// <param name="turn">How often it was asked before: the columns of choices take turns.</param>
    /// <param name="data">Everything that is known.</param>
    /// <param name="random">Draws.</param>
    public (double[] Point, double Score)? Suggest(int turn, GaussianData data, Philox random)
    {
        if (columns.Length == 0)
        {
            return null;
        }

        var column = columns[turn % columns.Length];
        var choices = Enumerable.Range(0, data.Count).Select(index => data.Point(index)[column]).ToArray();
        var best = Enumerable.Range(0, data.Count).MinBy(index => data.Costs[index]);
        var rivals = choices.Where(choice => choice != choices[best] && choice < space.Values(column)).GroupBy(choice => choice).ToList();
        if (rivals.Count == 0)
        {
            return null;
        }

        var rival = rivals.OrderBy(group => group.Count()).ThenBy(group => group.Key).First().Key;
        var model = new GaussianFits(kernel).Model(data.Only([.. Enumerable.Range(0, data.Count).Where(index => index == best || choices[index] == rival)]));
        var region = new SearchRegion(space, data.Point(Array.IndexOf(choices, rival)), column);
        var centres = model.Leaders(Centres + 1).Select(model.Data.Point).Where(point => region.Contains(point));
        return new AcquisitionSearch(space, new ImprovementAcquisition(model), data.Points, region: region).Best(centres, random);
    }
}
