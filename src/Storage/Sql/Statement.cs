namespace ApproxCluster.Storage;

/// <summary>An SQL statement with parameters $1, $2 and so on, for both databases. There is one object a statement: writers keep by it what they prepared.</summary>
/// <param name="sql">Its text.</param>
/// <param name="many">
/// The same for many rows of values in one execution, in PostgreSQL's words: <see cref="Rows"/> stands for a table v with columns c1, c2 and so on. Null where there is none. It has to mean what the rows one
/// after another would.
/// </param>
internal sealed class Statement(string sql, string? many = null)
{
    /// <summary>Where the rows come in.</summary>
    public const string Rows = "{rows}";

    public string Sql => sql;

    public string? Many => many;

    /// <summary>An INSERT of a row.</summary>
    /// <param name="table">The table.</param>
    /// <param name="columns">Names of the columns, in the order of the values.</param>
    /// <param name="conflict">What follows the values; of its rows no two may meet.</param>
    public static Statement Insert(string table, string[] columns, string conflict = "")
    {
        var into = $"INSERT INTO {table} ({string.Join(", ", columns)})";
        return new(
            $"{into} VALUES ({Places("$")}){conflict}",
            $"{into} SELECT {Places("v.c")} FROM {Rows}{conflict}");

        string Places(string prefix) => string.Join(", ", columns.Select((_, index) => FormattableString.Invariant($"{prefix}{index + 1}")));
    }
}
