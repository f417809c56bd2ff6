namespace ApproxCluster.Storage;

/// <summary>Opens stores.</summary>
public static class SweepStores
{
    /// <summary>The embedded store: one SQLite file (WAL) in a folder, made if need be.</summary>
    public static ISweepStore OpenSqlite(string file, TimeProvider time) => new SqlSweepStore(new SqliteDialect(file), time);

    /// <summary>The cluster's store.</summary>
    /// <param name="connectionString">An Npgsql connection string.</param>
    /// <param name="time">Clock of the <c>at</c> columns.</param>
    public static ISweepStore OpenPostgres(string connectionString, TimeProvider time) =>
        new SqlSweepStore(new PostgresDialect(connectionString), time);
}
