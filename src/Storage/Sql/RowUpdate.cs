using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace ApproxCluster.Storage;

/// <summary>An UPDATE of one row, put together from the columns that change. The same columns give the same <see cref="Statement"/>.</summary>
internal sealed class RowUpdate
{
    private static readonly ConcurrentDictionary<string, Statement> Statements = new(StringComparer.Ordinal);

    private readonly StringBuilder sql = new(200);
    private readonly string where;
    private readonly List<Cell> values;
    private readonly int keys;

    /// <summary>Begins an update.</summary>
    /// <param name="table">The table.</param>
    /// <param name="where">The condition, in $1 and so on.</param>
    /// <param name="key">Their values.</param>
    public RowUpdate(string table, string where, params ReadOnlySpan<Cell> key)
    {
        sql.Append("UPDATE ").Append(table).Append(" SET ");
        this.where = where;
        values = [.. key];
        keys = key.Length;
    }

    /// <summary>Sets a column.</summary>
    public void Set(string column, Cell value) => Next(column, value).Append(CultureInfo.InvariantCulture, $"${values.Count}");

    /// <summary>Adds to a column.</summary>
    public void Increase(string column, int by) => Next(column, by).Append(CultureInfo.InvariantCulture, $"{column} + ${values.Count}");

    /// <summary>Sets columns if the first of them has no value yet or a worse one.</summary>
    public void SetIfBetter(bool maximize, string column, double value, params ReadOnlySpan<(string Column, Cell Value)> others)
    {
        var better = string.Create(
            CultureInfo.InvariantCulture, $"{column} IS NULL OR ${values.Count + 1} {(maximize ? '>' : '<')} {column}");
        SetIf(better, column, value);
        foreach (var (other, itsValue) in others)
        {
            SetIf(better, other, itsValue);
        }
    }

    /// <summary>Adds the statement, unless nothing changes.</summary>
    public void AddTo(Batch batch)
    {
        if (values.Count == keys)
        {
            return;
        }

        sql.Append(" WHERE ").Append(where);
        batch.Add(Statements.GetOrAdd(sql.ToString(), text => new(text)), [.. values]);
    }

    private void SetIf(string condition, string column, Cell value) =>
        Next(column, value).Append(CultureInfo.InvariantCulture, $"CASE WHEN {condition} THEN ${values.Count} ELSE {column} END");

    private StringBuilder Next(string column, Cell value)
    {
        var first = values.Count == keys;
        values.Add(value);
        return sql.Append(first ? "" : ", ").Append(column).Append(" = ");
    }
}
