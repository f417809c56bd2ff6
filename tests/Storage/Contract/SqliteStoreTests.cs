using ApproxCluster.Search;

namespace ApproxCluster.Storage.Tests;

public sealed class SqliteStoreTests : SweepStoreContract, IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("approx-sqlite-").FullName;
    private int files;

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task OpenAsync_FolderThatIsNone_SaysWhereAndWhatToDo()
    {
        await using var store = SweepStores.OpenSqlite("/proc/none/approx.db", TimeProvider.System);
        var error = await Assert.ThrowsAsync<StorageException>(() => store.MigrateAsync(CancellationToken.None));
        Assert.Contains("/proc/none/approx.db", error.Message, StringComparison.Ordinal);
        Assert.Contains("--home", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MigrateAsync_FileOfAnotherKind_SaysSo()
    {
        var file = Path.Combine(folder, "other.db");
        await File.WriteAllTextAsync(file, new string('x', 5000));
        await using var store = SweepStores.OpenSqlite(file, TimeProvider.System);
        var error = await Assert.ThrowsAsync<StorageException>(() => store.MigrateAsync(CancellationToken.None));
        Assert.Contains("not a database", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MigrateAsync_NewerSchema_IsRefused()
    {
        var file = Path.Combine(folder, "newer.db");
        await using var store = SweepStores.OpenSqlite(file, TimeProvider.System);
        await store.MigrateAsync(CancellationToken.None);
        await ExecuteAsync(file, "INSERT INTO schema_version VALUES (999, 'later', '2030-01-01T00:00:00Z')");
        var error = await Assert.ThrowsAsync<StorageException>(() => store.MigrateAsync(CancellationToken.None));
        Assert.Contains("schema version 999", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AppendAsync_FullDisk_LosesNothingAndSaysWhatToDo()
    {
        var file = Path.Combine(folder, "full.db");
        await using var store = SweepStores.OpenSqlite(file, TimeProvider.System);
        await store.MigrateAsync(CancellationToken.None);
        await store.CreateSweepAsync(Sweeps.Row("s"), CancellationToken.None);
        await store.AppendAsync("s", 0, [Sweeps.Trial(0)], CancellationToken.None);

        // The limit stands for the disk's: SQLite answers both with the same error. It holds for connections of the pool that ran it.
        await ExecuteAsync(file, "PRAGMA max_page_count = 1");
        var big = new TrialEnded(0, TrialState.Failed, FailureReason.Error, new string('x', 2_000_000));
        var error = await Assert.ThrowsAsync<StorageException>(() => store.AppendAsync("s", 1, [big], CancellationToken.None));
        Assert.Contains("disk is full", error.Message, StringComparison.Ordinal);
        Assert.Equal(TrialState.Queued, (await store.FindTrialAsync("s", 0, CancellationToken.None))!.State);
    }

    protected override Task<ISweepStore> OpenAsync() => OpenAsync(Migrator.Scripts.Count);

    protected override async Task<ISweepStore> OpenAsync(int version)
    {
        var store = (SqlSweepStore)SweepStores.OpenSqlite(Path.Combine(folder, $"{files++}.db"), Sweeps.Clock);
        await store.MigrateAsync(version, CancellationToken.None);
        return store;
    }

    private static async Task ExecuteAsync(string file, string sql)
    {
        await using var connection = await new SqliteDialect(file).OpenAsync(CancellationToken.None);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
