using System.Globalization;
using ApproxCluster.Storage;
using ApproxCluster.Testing;
using Npgsql;

namespace ApproxCluster.Bench.Storage;

/// <summary>A store to measure and what it takes on disk.</summary>
internal abstract class DurableStore(string name, ISweepStore store) : IAsyncDisposable
{
    /// <summary>Its name.</summary>
    public string Name => name;

    /// <summary>The store, with the newest schema.</summary>
    public ISweepStore Store => store;

    /// <summary>Bytes that all tables with their indexes take, tidied up.</summary>
    public abstract Task<long> SizeAsync();

    /// <summary>Bytes written to the log of changes so far; null where they are not counted.</summary>
    public abstract Task<long?> LogAsync();

    /// <summary>A place of the same kind where a peer keeps what it has; once.</summary>
    public abstract Task<PeerPlace> PeerPlaceAsync();

    /// <inheritdoc />
    public virtual ValueTask DisposeAsync() => store.DisposeAsync();
}

/// <summary>SQLite in a new file; bytes are the file's.</summary>
internal sealed class SqliteUnderTest(string folder, ISweepStore store) : DurableStore("SQLite", store)
{
    public static SqliteUnderTest Open()
    {
        var folder = Directory.CreateTempSubdirectory("approx-bench-").FullName;
        return new(folder, SweepStores.OpenSqlite(Path.Combine(folder, "approx.db"), TimeProvider.System));
    }

    public override async Task<long> SizeAsync()
    {
        var file = Path.Combine(folder, "approx.db");
        await using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE); VACUUM; PRAGMA wal_checkpoint(TRUNCATE);";
        await command.ExecuteNonQueryAsync();
        return new FileInfo(file).Length;
    }

    public override Task<long?> LogAsync() => Task.FromResult<long?>(null);

    public override Task<PeerPlace> PeerPlaceAsync()
    {
        var peer = Directory.CreateDirectory(Path.Combine(folder, "peer")).FullName;
        var size = () => Task.FromResult(Directory.GetFiles(peer).Sum(file => new FileInfo(file).Length));
        return Task.FromResult(new PeerPlace("sqlite", new() { ["PEER_TMP"] = peer }, size, LogAsync));
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }
}

/// <summary>PostgreSQL: a server of the benchmark's own, whose commits wait for the disk.</summary>
internal sealed class PostgresUnderTest(PostgresServer server, ISweepStore store) : DurableStore("PostgreSQL", store)
{
    public static async Task<PostgresUnderTest> OpenAsync()
    {
        var server = await PostgresServer.StartAsync(durable: true);
        return new(server, SweepStores.OpenPostgres(server.ConnectionString(), TimeProvider.System));
    }

    public override Task<long> SizeAsync() => SizeAsync("postgres");

    public override async Task<long?> LogAsync() => await AskAsync("postgres", "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint");

    public override async Task<PeerPlace> PeerPlaceAsync()
    {
        const string Database = "peer";
        await AskAsync("postgres", $"CREATE DATABASE {Database}");
        var address = FormattableString.Invariant($"postgresql+psycopg2://postgres@127.0.0.1:{server.Port}/{Database}");
        return new("pg", new() { ["PG_URL"] = address }, () => SizeAsync(Database), LogAsync);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await server.DisposeAsync();
    }

    private async Task<long> SizeAsync(string database)
    {
        await AskAsync(database, "VACUUM ANALYZE");
        return await AskAsync(database, "SELECT coalesce(sum(pg_total_relation_size(oid)), 0)::bigint FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace");
    }

    private async Task<long> AskAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString(database) + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        return Convert.ToInt64(await command.ExecuteScalarAsync() ?? 0L, CultureInfo.InvariantCulture);
    }
}
