using System.Data.Common;
using System.Globalization;
using Npgsql;

namespace ApproxCluster.Storage;

/// <summary>PostgreSQL, version 12 or later.</summary>
internal sealed class PostgresDialect : Dialect, IAsyncDisposable
{
    /// <summary>Key of the advisory lock that migrations take: "APXC" and 1.</summary>
    private const long MigrationLock = 0x41505843_00000001;

    private readonly NpgsqlDataSource source;

    public PostgresDialect(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString);
        Place = $"PostgreSQL database {builder.Database} on {builder.Host}:{builder.Port.ToString(CultureInfo.InvariantCulture)}";
        source = NpgsqlDataSource.Create(builder);
    }

    public override string Place { get; }

    public override async Task<DbConnection> OpenAsync(CancellationToken cancellationToken) => await source.OpenConnectionAsync(cancellationToken);

    public override async Task<DbTransaction> BeginWriteAsync(DbConnection connection, CancellationToken cancellationToken) =>
        await connection.BeginTransactionAsync(cancellationToken);

    public override async Task LockMigrationAsync(DbConnection connection, DbTransaction transaction, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = FormattableString.Invariant($"SELECT pg_advisory_xact_lock({MigrationLock})");
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public override string Types(string sql) => sql
        .Replace("{text}", "text", StringComparison.Ordinal)
        .Replace("{int}", "integer", StringComparison.Ordinal)
        .Replace("{bigint}", "bigint", StringComparison.Ordinal)
        .Replace("{real}", "double precision", StringComparison.Ordinal)
        .Replace("{json}", "jsonb", StringComparison.Ordinal)
        .Replace("{time}", "timestamptz", StringComparison.Ordinal)
        .Replace("{bytes}", "bytea", StringComparison.Ordinal)
        .Replace("{bool}", "integer", StringComparison.Ordinal);

    public override string Json(string parameter) => $"CAST({parameter} AS jsonb)";

    public override object Time(DateTimeOffset time) => time.UtcDateTime;

    public override DateTimeOffset ReadTime(DbDataReader reader, int column) => reader.GetFieldValue<DateTimeOffset>(column);

    public override object Real(double value) => value;

    public override bool IsConflict(DbException error) => error.SqlState is PostgresErrorCodes.UniqueViolation;

    public override bool IsTransient(DbException error) => error is NpgsqlException { IsTransient: true };

    public override string Advice(DbException error) => error.SqlState switch
    {
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification => "Check user and password of the connection string.",
        PostgresErrorCodes.InvalidCatalogName => "Create the database, or name another in the connection string.",
        PostgresErrorCodes.DiskFull => "The database's disk is full: free some space.",
        _ => "Check that the server runs and can be reached from here.",
    };

    public async ValueTask DisposeAsync() => await source.DisposeAsync();
}
