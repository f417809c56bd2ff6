using Npgsql;

namespace ApproxCluster.Storage.Tests;

/// <summary>Stores in new databases of a PostgreSQL server, wherever it runs.</summary>
internal static class PostgresDatabases
{
    private static int count;

    /// <summary>Makes a database and migrates it up to a version.</summary>
    public static async Task<(SqlSweepStore Store, string Name)> OpenAsync(string server, int version)
    {
        var name = $"d{Interlocked.Increment(ref count)}";
        await ExecuteAsync(server, $"CREATE DATABASE {name}");
        var store = (SqlSweepStore)SweepStores.OpenPostgres(new NpgsqlConnectionStringBuilder(server) { Database = name }.ToString(), Sweeps.Clock);
        await store.MigrateAsync(version, CancellationToken.None);
        return (store, name);
    }

    /// <summary>Executes a statement on a connection of its own.</summary>
    public static async Task ExecuteAsync(string server, string sql)
    {
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
