using System.Data.Common;
using System.Globalization;
using Npgsql;
using NpgsqlTypes;

namespace ApproxCluster.Storage;

/// <summary>PostgreSQL, version 12 or later.</summary>
internal sealed class PostgresDialect : Dialect
{
    /// <summary>Key of the advisory lock that migrations take: "APXC" and 1.</summary>
    private const long MigrationLock = 0x41505843_00000001;

    private readonly NpgsqlDataSource source;

    public PostgresDialect(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString);
        Place = $"PostgreSQL database {builder.Database} on {builder.Host}:{builder.Port.ToString(CultureInfo.InvariantCulture)}";
        Tune(builder, new DbConnectionStringBuilder { ConnectionString = connectionString });
        source = NpgsqlDataSource.Create(builder);
    }

    public override string Place { get; }

    public override async Task<DbConnection> OpenAsync(CancellationToken cancellationToken) => await source.OpenConnectionAsync(cancellationToken);

    // One round trip, and without a transaction of its own the server runs it as one.
    public override async Task<int> WriteAsync(Batch batch, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var commands = new NpgsqlBatch(connection);
        for (var first = 0; first < batch.Count;)
        {
            var last = LastOfRun(batch, first);
            commands.BatchCommands.Add(last == first ? One(batch, first) : PostgresRows.Command(batch, first, last));
            first = last + 1;
        }

        await commands.ExecuteNonQueryAsync(cancellationToken);
        return commands.BatchCommands[^1].RecordsAffected;
    }

    public override async Task<DbTransaction> BeginMigrationAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = FormattableString.Invariant($"SELECT pg_advisory_xact_lock({MigrationLock})");
        await command.ExecuteNonQueryAsync(cancellationToken);
        return transaction;
    }

    public override string Types(string sql) => sql
        .Replace("{text}", "text", StringComparison.Ordinal)
        .Replace("{int}", "integer", StringComparison.Ordinal)
        .Replace("{bigint}", "bigint", StringComparison.Ordinal)
        .Replace("{real}", "double precision", StringComparison.Ordinal)
        .Replace("{json}", "jsonb", StringComparison.Ordinal)
        .Replace("{time}", "timestamptz", StringComparison.Ordinal)
        .Replace("{bytes}", "bytea", StringComparison.Ordinal)
        .Replace("{bool}", "integer", StringComparison.Ordinal)
        .Replace("{rows}", "", StringComparison.Ordinal)
        .Replace("{object of k.value, v.value}", "jsonb_object_agg(e.key, e.value)", StringComparison.Ordinal)
        .Replace(
            "{elements of w.word as k and t.settings as v}",
            "ROWS FROM (jsonb_array_elements_text(w.word::jsonb), jsonb_array_elements(t.settings::jsonb)) AS e (key, value) WHERE",
            StringComparison.Ordinal)

        // Room in every page for the next version of a row that changes: it then needs no new entry in the index.
        .Replace("{updated rows}", " WITH (fillfactor = 75)", StringComparison.Ordinal)
        .Replace("{utf8:payload}", "convert_to(payload, 'UTF8')", StringComparison.Ordinal);

    public override object Time(DateTimeOffset time) => time.UtcDateTime;

    public override DateTimeOffset ReadTime(DbDataReader reader, int column) => reader.GetFieldValue<DateTimeOffset>(column);

    public override bool IsConflict(DbException error) =>
        error is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation, TableName: "journal_block" or "journal_word" };

    public override bool IsGap(DbException error) =>
        error is PostgresException { SqlState: PostgresErrorCodes.NotNullViolation, TableName: "journal_block", ColumnName: "seq" };

    public override bool IsTransient(DbException error) => error is NpgsqlException { IsTransient: true };

    public override string Advice(DbException error) => error.SqlState switch
    {
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification => "Check user and password of the connection string.",
        PostgresErrorCodes.InvalidCatalogName => "Create the database, or name another in the connection string.",
        PostgresErrorCodes.DiskFull => "The database's disk is full: free some space.",
        _ => "Check that the server runs and can be reached from here.",
    };

    public override ValueTask DisposeAsync() => source.DisposeAsync();

    // Statements that come again are prepared, and a connection's state needs no reset, since nothing here changes it. What the user says counts.
    private static void Tune(NpgsqlConnectionStringBuilder builder, DbConnectionStringBuilder given)
    {
        if (!given.ContainsKey("Max Auto Prepare"))
        {
            builder.MaxAutoPrepare = 40;
            builder.AutoPrepareMinUsages = 2;
        }

        if (!given.ContainsKey("No Reset On Close"))
        {
            builder.NoResetOnClose = true;
        }
    }

    // A run of one statement becomes one execution over many rows, where the statement knows how.
    private static int LastOfRun(Batch batch, int first)
    {
        var statement = batch.StatementAt(first);
        var last = first;
        while (statement.Many is not null && last + 1 < batch.Count && batch.StatementAt(last + 1) == statement)
        {
            last++;
        }

        return last;
    }

    private static NpgsqlBatchCommand One(Batch batch, int index)
    {
        var command = new NpgsqlBatchCommand(batch.StatementAt(index).Sql);
        foreach (ref readonly var value in batch.ValuesAt(index))
        {
            command.Parameters.Add(Parameter(value));
        }

        return command;
    }

    private static NpgsqlParameter Parameter(in Cell value)
    {
        if (value.IsNull)
        {
            return new NpgsqlParameter { NpgsqlDbType = TypeOf(value.Type), Value = DBNull.Value };
        }

        return value.Type switch
        {
            CellType.Int => new NpgsqlParameter<int> { TypedValue = value.Int },
            CellType.Long => new NpgsqlParameter<long> { TypedValue = value.Long },
            CellType.Real => new NpgsqlParameter<double> { TypedValue = value.Real },
            CellType.Time => new NpgsqlParameter<DateTime> { TypedValue = value.Time.UtcDateTime },
            CellType.Bytes => new NpgsqlParameter<ReadOnlyMemory<byte>> { TypedValue = value.Bytes },
            _ => new NpgsqlParameter<string> { NpgsqlDbType = TypeOf(value.Type), TypedValue = value.Text },
        };
    }

    internal static NpgsqlDbType TypeOf(CellType type) => type switch
    {
        CellType.Int => NpgsqlDbType.Integer,
        CellType.Long => NpgsqlDbType.Bigint,
        CellType.Real => NpgsqlDbType.Double,
        CellType.Json => NpgsqlDbType.Jsonb,
        CellType.Time => NpgsqlDbType.TimestampTz,
        CellType.Bytes => NpgsqlDbType.Bytea,
        _ => NpgsqlDbType.Text,
    };
}
