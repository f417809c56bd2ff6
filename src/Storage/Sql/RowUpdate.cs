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

    /// <summary>Number of the parameter that comes next.</summary>
    public int NextParameter => values.Count + 1;

    /// <summary>Sets a column.</summary>
    public void Set(string column, Cell value) => Next(column, value).Append(CultureInfo.InvariantCulture, $"${values.Count}");

    /// <summary>Adds to a column.</summary>
    public void Increase(string column, int by) => Next(column, by).Append(CultureInfo.InvariantCulture, $"{column} + ${values.Count}");

    /// <summary>Sets columns if the first of them has no value yet or a worse one: one that violates the objective's limit by more, or by as much with a worse value.</summary>
    /// <param name="maximize">Whether larger is better.</param>
    /// <param name="column">The value's column.</param>
    /// <param name="value">The value.</param>
    /// <param name="violation">The violation's column and its value.</param>
    /// <param name="unless">A condition under which nothing is set, or null. In it the first of the others is the parameter <see cref="NextParameter"/> + 2.</param>
    /// <param name="others">What is set along.</param>
    public void SetIfBetter(
        bool maximize, string column, double value, (string Column, double Value) violation, string? unless, params ReadOnlySpan<(string Column, Cell Value)> others)
    {
        // The conditions see the row as it was, in whatever order the columns are set.
        var (own, worst) = (NextParameter, NextParameter + 1);
        var better = string.Create(
            CultureInfo.InvariantCulture,
            $"{column} IS NULL OR ${worst} < {violation.Column} OR (${worst} = {violation.Column} AND ${own} {(maximize ? '>' : '<')} {column})");
        better = unless is null ? better : $"NOT {unless} AND ({better})";
        SetIf(better, column, value);
        SetIf(better, violation.Column, violation.Value);
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
