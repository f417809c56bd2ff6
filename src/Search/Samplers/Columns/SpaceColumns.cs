namespace ApproxCluster.Search;

/// <summary>
/// A space's searched parameters as columns, in the order of the file. A point is a row of numbers, one a column (see <see cref="Column.Encode"/>), NaN where the
/// parameter does not exist under the point's choices.
/// </summary>
internal sealed class SpaceColumns
{
    private readonly SearchSpace unfolded;
    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);

    public SpaceColumns(SearchSpace space)
    {
        unfolded = Overrides.Unfold(space);
        Columns = [.. SpaceWalk.Searched(space).Select((parameter, index) => new Column(index, parameter))];
        foreach (var column in Columns)
        {
            places.Add(column.Path, column.Index);
        }
    }

    /// <summary>The columns.</summary>
    public IReadOnlyList<Column> Columns { get; }

    /// <summary>Number of columns.</summary>
    public int Count => Columns.Count;

    /// <summary>Writes a point as a row.</summary>
    public void Encode(Assignment point, Span<double> row)
    {
        for (var index = 0; index < row.Length; index++)
        {
            row[index] = point[Columns[index].Path] is { } value ? Columns[index].Encode(value) : double.NaN;
        }
    }

    /// <summary>A point as a row.</summary>
    public double[] Encode(Assignment point)
    {
        var row = new double[Count];
        Encode(point, row);
        return row;
    }

    /// <summary>The point that a row stands for. Numbers of parameters that do not exist under the row's choices are passed over; all others must be numbers.</summary>
    public Assignment Decode(ReadOnlySpan<double> row)
    {
        var numbers = row.ToArray();
        return Decode(column => numbers[column.Index]);
    }

    /// <summary>The point whose numbers a function gives, parents before what hangs on their choices.</summary>
    public Assignment Decode(Func<Column, double> number) => SpaceWalk.Assign(unfolded, parameter =>
        places.TryGetValue(parameter.Path, out var place) ? Columns[place].Decode(number(Columns[place])) : UnitMapping.Value(parameter.Domain, 0));
}
