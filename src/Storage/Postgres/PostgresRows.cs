using System.Collections.Concurrent;
using System.Globalization;
using Npgsql;
using NpgsqlTypes;

namespace ApproxCluster.Storage;

/// <summary>A run of one statement as one command: each column's values are an array, which the server turns into rows again.</summary>
internal static class PostgresRows
{
    private static readonly ConcurrentDictionary<Statement, string> Texts = new();

    /// <summary>The command for the entries of a batch from one to another, all of one statement, which has a form for many rows.</summary>
    public static NpgsqlBatchCommand Command(Batch batch, int first, int last)
    {
        var statement = batch.StatementAt(first);
        var columns = batch.ValuesAt(first).Length;
        if (!Texts.TryGetValue(statement, out var text))
        {
            text = Texts.GetOrAdd(statement, Text(statement, batch.ValuesAt(first)));
        }

        var command = new NpgsqlBatchCommand(text);
        for (var column = 0; column < columns; column++)
        {
            command.Parameters.Add(Column(batch, first, last, column));
        }

        return command;
    }

    private static string Text(Statement statement, ReadOnlySpan<Cell> values)
    {
        var (arrays, names) = (new List<string>(), new List<string>());
        for (var column = 0; column < values.Length; column++)
        {
            arrays.Add(string.Create(CultureInfo.InvariantCulture, $"${column + 1}::{Name(values[column].Type)}[]"));
            names.Add(string.Create(CultureInfo.InvariantCulture, $"c{column + 1}"));
        }

        return statement.Many!.Replace(Statement.Rows, $"unnest({string.Join(", ", arrays)}) AS v ({string.Join(", ", names)})", StringComparison.Ordinal);
    }

    private static NpgsqlParameter Column(Batch batch, int first, int last, int column)
    {
        var type = batch.ValuesAt(first)[column].Type;
        var kind = NpgsqlDbType.Array | PostgresDialect.TypeOf(type);
        return type switch
        {
            CellType.Int => new NpgsqlParameter<int?[]> { NpgsqlDbType = kind, TypedValue = Values<int?>(cell => cell.IsNull ? null : cell.Int) },
            CellType.Long => new NpgsqlParameter<long[]> { NpgsqlDbType = kind, TypedValue = Values(cell => cell.Long) },
            CellType.Real => new NpgsqlParameter<double?[]> { NpgsqlDbType = kind, TypedValue = Values<double?>(cell => cell.IsNull ? null : cell.Real) },
            CellType.Time => new NpgsqlParameter<DateTime[]> { NpgsqlDbType = kind, TypedValue = Values(cell => cell.Time.UtcDateTime) },
            CellType.Text or CellType.Json => new NpgsqlParameter<string?[]> { NpgsqlDbType = kind, TypedValue = Values(cell => cell.IsNull ? null : cell.Text) },
            _ => throw new InvalidOperationException($"Cells of type {type} cannot be sent as rows. Leave out the statement's form for many rows."),
        };

        T[] Values<T>(Func<Cell, T> take)
        {
            var values = new T[last - first + 1];
            for (var row = 0; row < values.Length; row++)
            {
                values[row] = take(batch.ValuesAt(first + row)[column]);
            }

            return values;
        }
    }

    private static string Name(CellType type) => type switch
    {
        CellType.Int => "integer",
        CellType.Long => "bigint",
        CellType.Real => "double precision",
        CellType.Json => "jsonb",
        CellType.Time => "timestamptz",
        _ => "text",
    };
}
