using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ApproxCluster.Storage;

/// <summary>
/// The one connection of a store that writes: kept open, with every statement prepared once and bound by position, below ADO.NET, which would look
/// every parameter up by its name. A connection that failed is closed, which undoes what it began, and the next call opens another.
/// </summary>
internal sealed class SqliteWriter(string connectionString) : IAsyncDisposable
{
    /// <summary>What a connection must be told before it writes.</summary>
    public const string Settings = "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;";

    // The log is moved into the file, which waits for the disk, every 16 MB instead of every 4. Pages of random indexes stay in memory.
    private const string Tuning = "PRAGMA wal_autocheckpoint = 4000; PRAGMA cache_size = -16000;";

    private static readonly TimeSpan BusyTime = TimeSpan.FromSeconds(30);
    private static readonly Statement Begin = new("BEGIN IMMEDIATE");
    private static readonly Statement Commit = new("COMMIT");

    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly Dictionary<Statement, sqlite3_stmt> prepared = [];
    private SqliteConnection? connection;
    private bool isDisposed;

    /// <summary>A moment as the tables hold it.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);

    /// <summary>A statement as SQLite takes it: it numbers $1 by its first appearance, but ?1 by its name, and its older versions spell a comparison otherwise.</summary>
    public static string TextOf(Statement statement) => statement.Sql.Replace('$', '?').Replace(" IS DISTINCT FROM ", " IS NOT ", StringComparison.Ordinal);

    /// <summary>See <see cref="Dialect.WriteAsync"/>. Waits a while for other processes that write.</summary>
    public async Task<int> WriteAsync(Batch batch, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(isDisposed, typeof(ISweepStore));
            await OpenAsync(cancellationToken);
            await BeginAsync(cancellationToken);
            for (var index = 0; index < batch.Count; index++)
            {
                Run(batch.StatementAt(index), batch.ValuesAt(index));
            }

            var changed = raw.sqlite3_changes(connection!.Handle);
            Run(Commit);
            return changed;
        }
        catch
        {
            Close();
            throw;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await turn.WaitAsync();
        isDisposed = true;
        Close();
        turn.Release();
    }

    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (connection is not null)
        {
            return;
        }

        connection = new SqliteConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        using var command = connection.CreateCommand();
        command.CommandText = Settings + Tuning;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private void Close()
    {
        foreach (var statement in prepared.Values)
        {
            statement.Dispose();
        }

        prepared.Clear();
        connection?.Dispose();
        connection = null;
    }

    // Only here can the file be busy: whoever has begun to write in WAL mode is let finish.
    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        var since = Stopwatch.GetTimestamp();
        var pause = 1;
        int result;
        while ((result = Step(Begin, [])) == raw.SQLITE_BUSY && Stopwatch.GetElapsedTime(since) < BusyTime)
        {
            await Task.Delay(pause, cancellationToken);
            pause = Math.Min(2 * pause, 50);
        }

        Check(result);
    }

    private void Run(Statement statement, ReadOnlySpan<Cell> values = default) => Check(Step(statement, values));

    private int Step(Statement statement, ReadOnlySpan<Cell> values)
    {
        var compiled = Prepare(statement);
        for (var index = 0; index < values.Length; index++)
        {
            Check(Bind(compiled, index + 1, values[index]));
        }

        var result = raw.sqlite3_step(compiled);
        raw.sqlite3_reset(compiled);
        return result == raw.SQLITE_DONE ? raw.SQLITE_OK : result;
    }

    private sqlite3_stmt Prepare(Statement statement)
    {
        if (!prepared.TryGetValue(statement, out var compiled))
        {
            Check(raw.sqlite3_prepare_v3(connection!.Handle, TextOf(statement), raw.SQLITE_PREPARE_PERSISTENT, out compiled));
            prepared.Add(statement, compiled);
        }

        return compiled;
    }

    // NaN becomes NULL, which is what reading turns back into NaN.
    private static int Bind(sqlite3_stmt statement, int place, in Cell value) => value.Type switch
    {
        _ when value.IsNull => raw.sqlite3_bind_null(statement, place),
        CellType.Int or CellType.Long => raw.sqlite3_bind_int64(statement, place, value.Long),
        CellType.Real => raw.sqlite3_bind_double(statement, place, value.Real),
        CellType.Bytes => raw.sqlite3_bind_blob(statement, place, value.Bytes.Span),
        CellType.Time => BindText(statement, place, Time(value.Time)),
        _ => BindText(statement, place, value.Text),
    };

    // With its length, since text may hold a NUL.
    private static int BindText(sqlite3_stmt statement, int place, string text)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        var length = Encoding.UTF8.GetBytes(text, buffer);
        var result = length == 0
            ? raw.sqlite3_bind_text(statement, place, "")
            : raw.sqlite3_bind_text(statement, place, buffer.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(buffer);
        return result;
    }

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, connection!.Handle);
}
