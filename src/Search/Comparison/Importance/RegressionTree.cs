using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>
/// A regression tree (Breiman et al. 1984) that splits where the sum of squares falls most; ties to the first column, then the smallest threshold. Numbers split at the middle between neighbours; choices
/// as one against all others. Grown until a leaf has one cost or one row.
/// </summary>
internal sealed class RegressionTree
{
    private readonly List<Node> nodes = [];
    private readonly IReadOnlyList<Column> columns;

    private RegressionTree(IReadOnlyList<Column> columns) => this.columns = columns;

    /// <summary>Grows a tree on a bootstrap sample of the rows.</summary>
    /// <param name="columns">What the rows are of.</param>
    /// <param name="rows">Rows without NaN.</param>
    /// <param name="costs">Their costs.</param>
    /// <param name="random">Draws the sample.</param>
    public static RegressionTree Grow(IReadOnlyList<Column> columns, double[][] rows, double[] costs, Philox random)
    {
        var sample = new int[rows.Length];
        for (var draw = 0; draw < sample.Length; draw++)
        {
            sample[draw] = (int)random.NextBelow((uint)rows.Length);
        }

        var tree = new RegressionTree(columns);
        tree.Split(rows, costs, sample);
        return tree;
    }

    /// <summary>The mean cost of the leaf that a row falls into.</summary>
    public double Predict(ReadOnlySpan<double> row)
    {
        var node = nodes[0];
        while (node.Column >= 0)
        {
            node = nodes[IsLeft(node, row[node.Column]) ? node.Left : node.Right];
        }

        return node.Value;
    }

    /// <summary>Visits every leaf with the part of the space that it covers.</summary>
    public void VisitLeaves(Action<LeafBox> visit) => Visit(0, LeafBox.Whole(columns), visit);

    private bool IsLeft(Node node, double value) => columns[node.Column].IsCategorical ? value == node.Threshold : value <= node.Threshold;

    private void Visit(int index, LeafBox box, Action<LeafBox> visit)
    {
        var node = nodes[index];
        if (node.Column < 0)
        {
            visit(box with { Value = node.Value });
            return;
        }

        var (left, right) = box.Split(columns[node.Column], node.Threshold);
        Visit(node.Left, left, visit);
        Visit(node.Right, right, visit);
    }

    private int Split(double[][] rows, double[] costs, int[] sample)
    {
        double sum = 0;
        foreach (var row in sample)
        {
            sum += costs[row];
        }

        var place = nodes.Count;
        nodes.Add(new(-1, 0, 0, 0, sum / sample.Length));
        var best = (Gain: 0.0, Column: -1, Threshold: 0.0);
        if (sample.Length > 1 && Array.Exists(sample, row => costs[row] != costs[sample[0]]))
        {
            foreach (var column in columns)
            {
                var (gain, threshold) = column.IsCategorical ? BestChoice(column, rows, costs, sample, sum) : BestThreshold(column, rows, costs, sample, sum);
                best = gain > best.Gain ? (gain, column.Index, threshold) : best;
            }
        }

        if (best.Column >= 0)
        {
            var node = nodes[place] with { Column = best.Column, Threshold = best.Threshold };
            var left = Split(rows, costs, Array.FindAll(sample, row => IsLeft(node, rows[row][node.Column])));
            var right = Split(rows, costs, Array.FindAll(sample, row => !IsLeft(node, rows[row][node.Column])));
            nodes[place] = node with { Left = left, Right = right };
        }

        return place;
    }

    private static (double Gain, double Threshold) BestThreshold(Column column, double[][] rows, double[] costs, int[] sample, double sum)
    {
        var values = Array.ConvertAll(sample, row => rows[row][column.Index]);
        var order = (int[])sample.Clone();
        Array.Sort(values, order);
        var best = (Gain: 0.0, Threshold: 0.0);
        double left = 0;
        for (var count = 1; count < order.Length; count++)
        {
            left += costs[order[count - 1]];
            if (values[count] > values[count - 1] && Gain(left, count, sum, order.Length) is var gain && gain > best.Gain)
            {
                best = (gain, (values[count] + values[count - 1]) / 2);
            }
        }

        return best;
    }

    private static (double Gain, double Threshold) BestChoice(Column column, double[][] rows, double[] costs, int[] sample, double sum)
    {
        var sums = new double[(int)column.Count!.Value];
        var counts = new int[sums.Length];
        foreach (var row in sample)
        {
            sums[(int)rows[row][column.Index]] += costs[row];
            counts[(int)rows[row][column.Index]]++;
        }

        var best = (Gain: 0.0, Threshold: 0.0);
        for (var choice = 0; choice < sums.Length; choice++)
        {
            if (counts[choice] > 0 && counts[choice] < sample.Length && Gain(sums[choice], counts[choice], sum, sample.Length) is var gain && gain > best.Gain)
            {
                best = (gain, choice);
            }
        }

        return best;
    }

    // By how much the sum of squares about the mean falls.
    private static double Gain(double left, int count, double sum, int all)
    {
        var right = sum - left;
        return left * left / count + right * right / (all - count) - sum * sum / all;
    }

    private readonly record struct Node(int Column, double Threshold, int Left, int Right, double Value);
}
