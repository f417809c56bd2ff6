namespace ApproxCluster.Search;

/// <summary>The objective where one or two parameters have some values, the others averaged out.</summary>
/// <param name="Values">The parameters' values as text: a choice or number, or a bin such as <c>0.001..0.003</c>; one for each parameter asked for.</param>
/// <param name="Configurations">Configurations tried there.</param>
/// <param name="Observed">Mean objective of those; null where there is none. Not averaged over the others: what was tried with it differs.</param>
/// <param name="Mean">Mean over the forest's trees of the prediction with the others averaged out.</param>
/// <param name="Low">Lower end of the interval: mean minus twice the deviation over the trees.</param>
/// <param name="High">Upper end.</param>
public sealed record ParameterEffect(IReadOnlyList<string> Values, int Configurations, double? Observed, double Mean, double Low, double High);

/// <summary>
/// Effects of one parameter, or of two together: partial dependence (Friedman 2001, section 8.2) of a random forest over the configurations that have the parameters, so that what else
/// differed between them is averaged out alike for all values.
/// </summary>
public static class ParameterEffects
{
    /// <summary>Bins of a number with more values than this.</summary>
    public const int Bins = 8;

    // More do not change a mean over them by anything that could be seen.
    private const int MostRows = 200;

    /// <summary>Searched parameters of a sweep, in order of the file.</summary>
    public static IReadOnlyList<string> Paths(SweepState state) => [.. new SpaceColumns(state.Spec.Space).Columns.Select(column => column.Path)];

    /// <summary>The effects, in order of the values; empty where fewer than two configurations have the parameters.</summary>
    /// <param name="state">The sweep.</param>
    /// <param name="paths">One or two searched parameters.</param>
    /// <exception cref="ArgumentException">A path is no searched parameter, or they are not one or two different ones.</exception>
    public static IReadOnlyList<ParameterEffect> Of(SweepState state, params IReadOnlyList<string> paths) => Of(ConfigurationTable.Of(state), state.Spec.Seed, paths);

    internal static IReadOnlyList<ParameterEffect> Of(ConfigurationTable table, ulong seed, params IReadOnlyList<string> paths)
    {
        if (paths.Count is < 1 or > 2 || paths.Distinct(StringComparer.Ordinal).Count() < paths.Count)
        {
            throw new ArgumentException($"Parameters are {string.Join(" and ", paths)}, but must be one or two different ones. Name others.");
        }

        Column[] columns = [.. paths.Select(path => table.Space.Columns.FirstOrDefault(column => column.Path == path)
            ?? throw new ArgumentException($"Parameter is {path}, but must be one of those searched: {Searched(table)}. Name one of them."))];
        int[] known = [.. Enumerable.Range(0, table.Rows.Length).Where(row => columns.All(column => !double.IsNaN(table.Rows[row][column.Index])))];
        if (known.Length < 2)
        {
            return [];
        }

        var forest = Forest.Grow(table, seed);
        var bins = columns.Select(column => Bin.Of(column, known.Select(row => table.Rows[row][column.Index]))).ToArray();
        var effects = new List<ParameterEffect>();
        foreach (var first in bins[0])
        {
            if (bins.Length == 1)
            {
                effects.Add(Effect(table, forest, known, (columns[0], first)));
                continue;
            }

            effects.AddRange(bins[1].Select(second => Effect(table, forest, known, (columns[0], first), (columns[1], second))));
        }

        return effects;
    }

    private static ParameterEffect Effect(ConfigurationTable table, Forest forest, int[] known, params (Column Column, Bin Bin)[] at)
    {
        var means = new double[forest.Trees.Count];
        var stride = (known.Length + MostRows - 1) / MostRows;
        for (var tree = 0; tree < means.Length; tree++)
        {
            var count = 0;
            for (var index = 0; index < known.Length; index += stride)
            {
                var row = (double[])forest.Rows[known[index]].Clone();
                foreach (var (column, bin) in at)
                {
                    row[column.Index] = bin.Middle;
                }

                means[tree] += forest.Trees[tree].Predict(row);
                count++;
            }

            means[tree] /= count;
        }

        var interval = Interval.Of(means);
        var (mean, reach) = (table.Objective.Maximize ? -interval.Mean : interval.Mean, 2 * interval.StandardDeviation!.Value);
        double[] observed = [.. known.Where(row => at.All(pair => pair.Bin.Holds(table.Rows[row][pair.Column.Index]))).Select(row => table.Costs[row])];
        double? tried = observed.Length == 0 ? null : (table.Objective.Maximize ? -1 : 1) * observed.Sum() / observed.Length;
        return new([.. at.Select(pair => pair.Bin.Text)], observed.Length, tried, mean, mean - reach, mean + reach);
    }

    private static string Searched(ConfigurationTable table) => table.Space.Columns.Count == 0 ? "none" : string.Join(", ", table.Space.Columns.Select(column => column.Path));
}
