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
    private const int NotADatabase = 26;
    private const int IsNull = 1299;
    private const int PrimaryKeyTaken = 1555;

    private readonly string file;
    private readonly string connectionString;
    private readonly SqliteWriter writer;

    public SqliteDialect(string file)
    {
        SQLitePCL.Batteries_V2.Init();
        this.file = file;
        var builder = new SqliteConnectionStringBuilder { DataSource = file, Pooling = true, DefaultTimeout = 30 };
        connectionString = builder.ToString();
        builder.Pooling = false;
        writer = new SqliteWriter(builder.ToString());
    }

    public override string Place => $"SQLite file {file}";

    public override async Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(connectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public override Task<int> WriteAsync(Batch batch, CancellationToken cancellationToken) => writer.WriteAsync(batch, cancellationToken);

    public override async Task<DbTransaction> BeginMigrationAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        var sqlite = (SqliteConnection)connection;
        using var command = sqlite.CreateCommand();
        command.CommandText = SqliteWriter.Settings;
        await command.ExecuteNonQueryAsync(cancellationToken);
        return sqlite.BeginTransaction(IsolationLevel.Serializable, deferred: false);
    }

    public override string Types(string sql) => sql
        .Replace("{text}", "TEXT", StringComparison.Ordinal)
        .Replace("{int}", "INTEGER", StringComparison.Ordinal)
        .Replace("{bigint}", "INTEGER", StringComparison.Ordinal)
        .Replace("{real}", "REAL", StringComparison.Ordinal)
        .Replace("{json}", "TEXT", StringComparison.Ordinal)
        .Replace("{time}", "TEXT", StringComparison.Ordinal)
        .Replace("{bytes}", "BLOB", StringComparison.Ordinal)
        .Replace("{bool}", "INTEGER", StringComparison.Ordinal)
        .Replace("{rows}", " WITHOUT ROWID", StringComparison.Ordinal)
        .Replace(
            "{object of k.value, v.value}",
            "json_group_object(k.value, CASE v.type WHEN 'real' THEN json(printf('%!.17g', v.value)) ELSE v.value END)",
            StringComparison.Ordinal)
        .Replace("{elements of w.word as k and t.settings as v}", "json_each(w.word) k, json_each(t.settings) v WHERE v.key = k.key AND", StringComparison.Ordinal)
        .Replace("{updated rows}", " WITHOUT ROWID", StringComparison.Ordinal)
        .Replace("{utf8:payload}", "CAST(payload AS BLOB)", StringComparison.Ordinal);

    public override object Time(DateTimeOffset time) => SqliteWriter.Time(time);

    public override DateTimeOffset ReadTime(DbDataReader reader, int column) =>
        DateTimeOffset.Parse(reader.GetString(column), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    public override bool IsConflict(DbException error) =>
        error is SqliteException { SqliteExtendedErrorCode: PrimaryKeyTaken } && error.Message.Contains(" journal_", StringComparison.Ordinal);

    public override bool IsGap(DbException error) =>
        error is SqliteException { SqliteExtendedErrorCode: IsNull } && error.Message.Contains(" journal_block.seq", StringComparison.Ordinal);

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

    public override ValueTask DisposeAsync() => writer.DisposeAsync();
}
