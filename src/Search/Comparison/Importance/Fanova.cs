namespace ApproxCluster.Search;

/// <summary>
/// Functional analysis of variance (Hutter, Hoos, Leyton-Brown, ICML 2014): the share of a random forest's variance over the whole space that a parameter explains with all others
/// averaged out, exactly from the leaves' boxes, mean over the trees. What two parameters explain only together is in neither's share.
/// </summary>
internal static class Fanova
{
    /// <summary>The share of each column; all 0 where the forest is flat.</summary>
    public static double[] Shares(ConfigurationTable table, ulong seed)
    {
        var shares = new double[table.Space.Count];
        var trees = 0;
        foreach (var tree in Forest.Grow(table, seed).Trees)
        {
            trees += Add(tree, table.Space.Columns, shares) ? 1 : 0;
        }

        return trees == 0 ? shares : [.. shares.Select(share => share / trees)];
    }

    private static bool Add(RegressionTree tree, IReadOnlyList<Column> columns, double[] shares)
    {
        var leaves = new List<(LeafBox Box, double Volume)>();
        tree.VisitLeaves(box =>
        {
            double volume = 1;
            for (var column = 0; column < columns.Count; column++)
            {
                volume *= box.Share(column);
            }

            leaves.Add((box, volume));
        });
        var mean = leaves.Sum(leaf => leaf.Volume * leaf.Box.Value);
        var variance = leaves.Sum(leaf => leaf.Volume * (leaf.Box.Value - mean) * (leaf.Box.Value - mean));
        if (!(variance > 0))
        {
            return false;
        }

        foreach (var column in columns)
        {
            shares[column.Index] += (column.IsCategorical ? OfChoice(leaves, column, mean) : OfNumber(leaves, column.Index, mean)) / variance;
        }

        return true;
    }

    private static double OfChoice(List<(LeafBox Box, double Volume)> leaves, Column column, double mean)
    {
        var marginal = new double[(int)column.Count!.Value];
        foreach (var (box, volume) in leaves)
        {
            var others = volume / box.Share(column.Index);
            for (var choice = 0; choice < marginal.Length; choice++)
            {
                marginal[choice] += box.Choices[column.Index]![choice] ? others * box.Value : 0;
            }
        }

        return marginal.Sum(value => (value - mean) * (value - mean)) / marginal.Length;
    }

    private static double OfNumber(List<(LeafBox Box, double Volume)> leaves, int column, double mean)
    {
        double[] ends = [.. leaves.SelectMany(leaf => new[] { leaf.Box.Low[column], leaf.Box.High[column] }).Distinct().Order()];
        var steps = new double[ends.Length];
        foreach (var (box, volume) in leaves)
        {
            var part = volume / box.Share(column) * box.Value;
            steps[Array.BinarySearch(ends, box.Low[column])] += part;
            steps[Array.BinarySearch(ends, box.High[column])] -= part;
        }

        double marginal = 0;
        double sum = 0;
        for (var interval = 0; interval + 1 < ends.Length; interval++)
        {
            marginal += steps[interval];
            sum += (marginal - mean) * (marginal - mean) * (ends[interval + 1] - ends[interval]);
        }

        return sum;
    }
}
