namespace ApproxCluster.Search;

/// <summary>
/// A space's points as a Gaussian process sees them: a number a column, where a parameter that does not exist is at the middle of its range or, for choices, has one of its own. The choice that it
/// hangs on sets the branches apart.
/// </summary>
internal sealed class GaussianSpace
{
    /// <summary>Most values of a range with steps that are looked up; finer ones are treated as continuous.</summary>
    private const long Fine = 4096;

    /// <summary>Most values of a range of which all are moved to.</summary>
    private const int Short = 16;

    private static readonly int[] LongSteps = [-1024, -256, -64, -16, -4, -1, 1, 4, 16, 64, 256, 1024];

    private readonly SpaceColumns columns;
    private readonly double[]?[] places;
    private readonly (int Column, int Choice)[][][] conditions;

    public GaussianSpace(SearchSpace space)
    {
        columns = new SpaceColumns(space);
        IsCategorical = [.. columns.Columns.Select(column => column.IsCategorical)];
        places = [.. columns.Columns.Select(Places)];
        conditions = ColumnConditions.Of(space, columns);
    }

    /// <summary>Number of columns.</summary>
    public int Count => columns.Count;

    /// <summary>The columns whose numbers are choices.</summary>
    public bool[] IsCategorical { get; }

    /// <summary>Whether a column is moved along continuously.</summary>
    public bool IsContinuous(int column) => !IsCategorical[column] && places[column] is null;

    /// <summary>Values of a column that has them one by one.</summary>
    public int Values(int column) => IsCategorical[column] ? (int)columns.Columns[column].Count!.Value : places[column]?.Length ?? 0;

    /// <summary>The number of a value of a column that has them one by one.</summary>
    public double At(int column, int value) => IsCategorical[column] ? value : places[column]![value];

    /// <summary>Which value a number is, in a column that has them one by one.</summary>
    public int ValueOf(int column, double number) => IsCategorical[column] ? (int)number : Nearest(places[column]!, number);

    /// <summary>The number that u in [0, 1) stands for.</summary>
    public double FromUnit(int column, double unit) => places[column] switch
    {
        _ when IsCategorical[column] => Math.Min((int)(unit * Values(column)), Values(column) - 1),
        { } known => known[Nearest(known, unit)],
        _ => unit,
    };

    /// <summary>How far two entries of a column are apart: choices that differ by 1.</summary>
    public double Difference(int column, double one, double other) => IsCategorical[column] ? one == other ? 0 : 1 : one - other;

    /// <summary>Whether a column's parameter exists under a point's choices.</summary>
    public bool Exists(int column, ReadOnlySpan<double> point)
    {
        var alternatives = conditions[column];
        foreach (var alternative in alternatives)
        {
            var holds = true;
            foreach (var (parent, choice) in alternative)
            {
                holds = holds && point[parent] == choice && Exists(parent, point);
            }

            if (holds)
            {
                return true;
            }
        }

        return alternatives.Length == 0;
    }

    /// <summary>Gives parameters that do not exist the number that they have then, and those that begin to exist one of their own.</summary>
    public void Settle(Span<double> point)
    {
        for (var column = 0; column < point.Length; column++)
        {
            if (conditions[column].Length == 0)
            {
                continue;
            }

            if (!Exists(column, point))
            {
                point[column] = Absent(column);
            }
            else if (IsCategorical[column] ? point[column] >= Values(column) : point[column] == Absent(column))
            {
                point[column] = FromUnit(column, IsCategorical[column] ? 0 : 0.5);
            }
        }
    }

    /// <summary>
    /// Adds the points that differ in the value of one column that has values one by one: all values of choices and short ranges, neighbours at 1, 4, 16, ... values of long ones.
    /// </summary>
    /// <param name="point">The point.</param>
    /// <param name="moves">What to add to.</param>
    /// <param name="moved">Takes the column of each.</param>
    /// <returns>How many there are then.</returns>
    public int Moves(ReadOnlySpan<double> point, RowSet moves, List<int> moved)
    {
        for (var column = 0; column < point.Length; column++)
        {
            if (IsContinuous(column) || !Exists(column, point))
            {
                continue;
            }

            var (at, count) = (ValueOf(column, point[column]), Values(column));
            if (IsCategorical[column] || count <= Short)
            {
                for (var value = 0; value < count; value++)
                {
                    Move(point, column, at, value, moves, moved);
                }
            }
            else
            {
                foreach (var step in LongSteps)
                {
                    Move(point, column, at, at + step, moves, moved);
                }
            }
        }

        return moves.Count;
    }

    /// <summary>Writes a point's numbers. What is not of this space is as if it did not exist, or clipped.</summary>
    public void Encode(Assignment assignment, Span<double> point)
    {
        columns.Encode(assignment, point);
        for (var column = 0; column < point.Length; column++)
        {
            point[column] = double.IsNaN(point[column]) ? Absent(column) : IsCategorical[column] ? point[column] : Math.Clamp(point[column], 0, 1);
        }
    }

    /// <summary>The configuration that numbers stand for.</summary>
    public Assignment Decode(ReadOnlySpan<double> point) => columns.Decode(point);

    private void Move(ReadOnlySpan<double> point, int column, int from, int to, RowSet moves, List<int> moved)
    {
        if (to != from && to >= 0 && to < Values(column))
        {
            var row = moves.Add();
            point.CopyTo(row);
            row[column] = At(column, to);
            Settle(row);
            moved.Add(column);
        }
    }

    private static double[]? Places(Column column)
    {
        if (column.IsCategorical || column.Count is not { } count || count > Fine)
        {
            return null;
        }

        var places = new double[count];
        for (var value = 0; value < count; value++)
        {
            places[value] = column.Encode(column.Domain switch
            {
                IntDomain whole => ParameterValue.Of(UnitMapping.At(whole, value)),
                FloatDomain real => ParameterValue.Of(UnitMapping.At(real, value)),
                ChoiceDomain ordered => ordered.Choices[value].Value,
                _ => throw new InvalidOperationException($"Domain of {column.Path} is {column.Domain.GetType().Name}, but must be numeric."),
            });
        }

        return places;
    }

    private static int Nearest(double[] sorted, double number)
    {
        var at = Array.BinarySearch(sorted, number);
        if (at >= 0)
        {
            return at;
        }

        at = ~at;
        return at == 0 ? 0 : at == sorted.Length ? at - 1 : number - sorted[at - 1] <= sorted[at] - number ? at - 1 : at;
    }

    private double Absent(int column) => IsCategorical[column] ? Values(column) : 0.5;
}
