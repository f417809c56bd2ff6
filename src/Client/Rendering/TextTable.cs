using Spectre.Console;

namespace ApproxCluster.Client.Rendering;

/// <summary>Rows in aligned columns: nothing is cut, so the same lines do for a person and for <c>awk</c>.</summary>
internal sealed class TextTable
{
    private const string Gap = "  ";

    private readonly List<(string Title, bool Right)> columns = [];
    private readonly List<(string[] Cells, bool Strong)> rows = [];

    /// <summary>Adds a column of words.</summary>
    public TextTable Left(string title)
    {
        columns.Add((title, false));
        return this;
    }

    /// <summary>Adds a column of numbers.</summary>
    public TextTable Right(string title)
    {
        columns.Add((title, true));
        return this;
    }

    /// <summary>Adds a row, a cell for each column.</summary>
    public void Add(IEnumerable<string> cells, bool strong = false)
    {
        var row = cells.ToArray();
        ArgumentOutOfRangeException.ThrowIfNotEqual(row.Length, columns.Count, nameof(cells));
        rows.Add((row, strong));
    }

    /// <summary>The lines, the titles first.</summary>
    public IEnumerable<(string Line, bool Title, bool Strong)> Lines()
    {
        var widths = columns.Select((column, place) => rows.Select(row => row.Cells[place].Length).Append(column.Title.Length).Max()).ToArray();
        yield return (Line([.. columns.Select(column => column.Title)], widths), true, false);
        foreach (var (cells, strong) in rows)
        {
            yield return (Line(cells, widths), false, strong);
        }
    }

    /// <summary>Prints to standard output.</summary>
    public void Print(Terminal terminal)
    {
        foreach (var (line, title, strong) in Lines())
        {
            terminal.Line(line, title ? new Style(decoration: Decoration.Bold) : strong ? new Style(Color.Green) : Style.Plain);
        }
    }

    private string Line(string[] cells, int[] widths) => string.Join(
        Gap, cells.Select((cell, place) => columns[place].Right ? cell.PadLeft(widths[place]) : cell.PadRight(widths[place]))).TrimEnd();
}
