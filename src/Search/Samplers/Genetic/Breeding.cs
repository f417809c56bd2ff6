using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>Makes rows of numbers from others. Numbers that a row lacks for parameters that will exist are drawn uniformly.</summary>
/// <param name="columns">The columns.</param>
internal sealed class Breeding(SpaceColumns columns)
{
    /// <summary>The columns.</summary>
    public SpaceColumns Columns => columns;

    /// <summary>A uniform number of a column.</summary>
    public static double Uniform(Column column, ref Philox random)
    {
        var unit = random.NextDouble();
        return column.IsCategorical ? Math.Floor(unit * column.Count!.Value) : unit;
    }

    /// <summary>Fills the gaps.</summary>
    public void Fill(double[] row, ref Philox random)
    {
        foreach (var column in columns.Columns)
        {
            var drawn = Uniform(column, ref random);
            row[column.Index] = double.IsNaN(row[column.Index]) ? drawn : row[column.Index];
        }
    }

    /// <summary>Uniform crossover: each number comes from the second parent with some probability.</summary>
    public static double[] Cross(double[] first, double[] second, double swapping, ref Philox random)
    {
        var child = (double[])first.Clone();
        for (var index = 0; index < child.Length; index++)
        {
            if (random.NextDouble() < swapping)
            {
                child[index] = second[index];
            }
        }

        return child;
    }

    /// <summary>
    /// Simulated binary crossover (Deb and Agrawal, Complex Systems 9, 1995): children spread about their parents as far as those are apart, the less the larger eta; choices as
    /// in uniform crossover.
    /// </summary>
    public double[] Spread(double[] first, double[] second, double eta, ref Philox random)
    {
        var child = (double[])first.Clone();
        foreach (var column in columns.Columns)
        {
            var (unit, side) = (random.NextDouble(), random.NextDouble());
            var (one, other) = side < 0.5 ? (first[column.Index], second[column.Index]) : (second[column.Index], first[column.Index]);
            if (column.IsCategorical || double.IsNaN(one) || double.IsNaN(other))
            {
                child[column.Index] = one;
                continue;
            }

            var share = unit < 0.5 ? 2 * unit : 1 / (2 * (1 - unit));
            var spread = share <= 0 ? 0 : FastMath.Exp(FastMath.Log(share) / (eta + 1));
            child[column.Index] = Math.Clamp(0.5 * ((1 + spread) * one + (1 - spread) * other), 0, 1);
        }

        return child;
    }

    /// <summary>Replaces each number with some probability by a uniform one.</summary>
    public void Mutate(double[] row, double probability, ref Philox random)
    {
        foreach (var column in columns.Columns)
        {
            var (chance, drawn) = (random.NextDouble(), Uniform(column, ref random));
            row[column.Index] = chance < probability ? drawn : row[column.Index];
        }
    }
}
