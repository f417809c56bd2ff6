using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>
/// PED-ANOVA (Watanabe, Bansal, Hutter, IJCAI 2023, section 4): the importance of a parameter is the Pearson divergence between its density among the best share of configurations
/// (the paper's gamma', here 0.1, at least 5 of them) and among all (gamma = 1), by kernel density estimates. The defaults are those of Optuna 5. Linear in the number of configurations.
/// <para>
/// Densities: a share for each choice with one more observation spread evenly; 50 cells for a number, Gaussian kernels of Scott's width (1.059 min(deviation, quartile range / 1.34) / n^0.2, at
/// least a cell), each normalised over the cells. A parameter under a choice is judged among the configurations that have it, and weighted by their share.
/// </para>
/// </summary>
internal static class PedAnova
{
    private const double BestShare = 0.1;
    private const int Fewest = 5;
    private const int Cells = 50;

    /// <summary>The share of each column; all 0 where nothing differs.</summary>
    public static double[] Shares(ConfigurationTable table)
    {
        var shares = new double[table.Space.Count];
        foreach (var column in table.Space.Columns)
        {
            var known = Enumerable.Range(0, table.Rows.Length).Where(row => !double.IsNaN(table.Rows[row][column.Index])).OrderBy(row => table.Costs[row]).ThenBy(row => row).ToArray();
            var best = Math.Max(Fewest, (int)(known.Length * BestShare));
            if (known.Length <= best)
            {
                continue;
            }

            // Configurations as good as the last of the best are among the best: a tie says nothing.
            while (best < known.Length && table.Costs[known[best]] == table.Costs[known[best - 1]])
            {
                best++;
            }

            double[] values = [.. known.Select(row => table.Rows[row][column.Index])];
            shares[column.Index] = Divergence(Density(column, values.AsSpan(0, best)), Density(column, values)) * known.Length / table.Rows.Length;
        }

        var sum = shares.Sum();
        return sum > 0 ? [.. shares.Select(share => share / sum)] : shares;
    }

    private static double Divergence(double[] best, double[] all)
    {
        double sum = 0;
        for (var cell = 0; cell < all.Length; cell++)
        {
            var ratio = best[cell] / all[cell] - 1;
            sum += ratio * ratio * all[cell];
        }

        return sum;
    }

    private static double[] Density(Column column, ReadOnlySpan<double> values)
    {
        const double Floor = 1e-12;
        var density = new double[column.IsCategorical ? (int)column.Count!.Value : Cells];
        if (column.IsCategorical)
        {
            Array.Fill(density, 1.0 / density.Length);
            foreach (var value in values)
            {
                density[(int)value]++;
            }
        }
        else
        {
            AddKernels(density, values);
        }

        var sum = density.Sum();
        for (var cell = 0; cell < density.Length; cell++)
        {
            density[cell] = density[cell] / sum + Floor;
        }

        return density;
    }

    private static void AddKernels(double[] density, ReadOnlySpan<double> values)
    {
        var width = Width(values.ToArray());
        var kernel = new double[density.Length];
        foreach (var value in values)
        {
            double sum = 0;
            for (var cell = 0; cell < kernel.Length; cell++)
            {
                var distance = ((cell + 0.5) / kernel.Length - value) / width;
                sum += kernel[cell] = PortableMath.Exp(-0.5 * distance * distance);
            }

            for (var cell = 0; cell < kernel.Length; cell++)
            {
                density[cell] += kernel[cell] / sum;
            }
        }
    }

    private static double Width(double[] values)
    {
        Array.Sort(values);
        var deviation = values.Length > 1 ? Interval.Of(values).StandardDeviation!.Value : 0;
        var range = values[values.Length * 3 / 4] - values[values.Length / 4];
        var spread = Math.Min(deviation, range / 1.34);
        return Math.Max(1.0 / Cells, 1.059 * spread * PortableMath.Exp(-0.2 * PortableMath.Log(values.Length)));
    }
}
