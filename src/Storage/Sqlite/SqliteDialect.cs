using System.Data;
using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace ApproxCluster.Storage;

/// <summary>SQLite: one file in WAL mode. A crash of the program loses nothing; a power cut may lose the last commits, which are trained again to the same bits.</summary>
internal sealed class SqliteDialect : Dialect
{
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int IoError = 10;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int Constraint = 19;
    private const int NotADatabase = 26;

    private readonly string file;
    private readonly string connectionString;

    public SqliteDialect(string file)
    {
        SQLitePCL.Batteries_V2.Init();
        this.file = file;
        connectionString = new SqliteConnectionStringBuilder { DataSource = file, Pooling = true, DefaultTimeout = 30 }.ToString();
    }

    public override string Place => $"SQLite file {file}";

    public override async Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(connectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;";
            await command.ExecuteNonQueryAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public override Task<DbTransaction> BeginWriteAsync(DbConnection connection, CancellationToken cancellationToken) =>
        Task.FromResult<DbTransaction>(((SqliteConnection)connection).BeginTransaction(IsolationLevel.Serializable, deferred: false));

    public override Task LockMigrationAsync(DbConnection connection, DbTransaction transaction, CancellationToken cancellationToken) => Task.CompletedTask;

    public override string Types(string sql) => sql
        .Replace("{text}", "TEXT", StringComparison.Ordinal)
        .Replace("{int}", "INTEGER", StringComparison.Ordinal)
        .Replace("{bigint}", "INTEGER", StringComparison.Ordinal)
        .Replace("{real}", "REAL", StringComparison.Ordinal)
        .Replace("{json}", "TEXT", StringComparison.Ordinal)
        .Replace("{time}", "TEXT", StringComparison.Ordinal)
        .Replace("{bytes}", "BLOB", StringComparison.Ordinal)
        .Replace("{bool}", "INTEGER", StringComparison.Ordinal);

    public override string Json(string parameter) => parameter;

    public override object Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);

    public override DateTimeOffset ReadTime(DbDataReader reader, int column) =>
        DateTimeOffset.Parse(reader.GetString(column), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    // SQLite has no NaN: it would store NULL, which is what reading turns back into NaN.
    public override object Real(double value) => double.IsNaN(value) ? DBNull.Value : value;

    public override bool IsConflict(DbException error) => error is SqliteException { SqliteErrorCode: Constraint };

    public override bool IsTransient(DbException error) => error is SqliteException { SqliteErrorCode: Busy or Locked };

    public override string Advice(DbException error) => (error as SqliteException)?.SqliteErrorCode switch
    {
        Full => "The disk is full: free some space, then resume.",
        ReadOnly or CannotOpen => "Make the folder writable, or choose another with --home.",
        IoError => "Check the disk and its free space, then resume.",
        Busy or Locked => "Another process holds the file: wait for it, or end it.",
        NotADatabase => "Move the file away, or choose another folder with --home.",
        _ => "Check the file, or choose another folder with --home.",
    };
}
