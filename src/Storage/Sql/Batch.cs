using System.Runtime.InteropServices;

namespace ApproxCluster.Storage;

/// <summary>Statements with their values, to be executed in order and in one transaction: all or none.</summary>
internal sealed class Batch
{
    private readonly List<(Statement Statement, int End)> entries = [];
    private readonly List<Cell> cells = [];

    public int Count => entries.Count;

    /// <summary>Adds a statement; the values stand for its parameters by position.</summary>
    public void Add(Statement statement, params ReadOnlySpan<Cell> values)
    {
        cells.AddRange(values);
        entries.Add((statement, cells.Count));
    }

    public Statement StatementAt(int index) => entries[index].Statement;

    /// <summary>The values of a statement; of no use after the next <see cref="Add"/>.</summary>
    public ReadOnlySpan<Cell> ValuesAt(int index)
    {
        var begin = index == 0 ? 0 : entries[index - 1].End;
        return CollectionsMarshal.AsSpan(cells)[begin..entries[index].End];
    }
}
