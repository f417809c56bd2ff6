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
        await using var store = (SqlSweepStore)await OpenAsync();
        await store.CreateSweepAsync(Sweeps.Row("s"), CancellationToken.None);
        await store.AppendAsync("s", 0, [Sweeps.Trial(0)], CancellationToken.None);

        // The limit stands for the disk's: SQLite answers both with the same error.
        var limit = new Batch();
        limit.Add(new Statement("PRAGMA max_page_count = 1"));
        await store.Dialect.WriteAsync(limit, CancellationToken.None);
        var big = new TrialEnded(0, TrialState.Failed, FailureReason.Error, new string('x', 2_000_000));
        var error = await Assert.ThrowsAsync<StorageException>(() => store.AppendAsync("s", 1, [big], CancellationToken.None));
        Assert.Contains("disk is full", error.Message, StringComparison.Ordinal);
        Assert.Equal(TrialState.Queued, (await store.FindTrialAsync("s", 0, CancellationToken.None))!.State);

        // Another connection, which knows no limit, has taken the place of the one that failed.
        await store.AppendAsync("s", 1, [big], CancellationToken.None);
        Assert.Equal(TrialState.Failed, (await store.FindTrialAsync("s", 0, CancellationToken.None))!.State);
    }

    [Fact]
    public async Task AppendAsync_SeveralStoresOnOneFile_AllGetTheirTurn()
    {
        var file = Path.Combine(folder, "shared.db");
        await Task.WhenAll(Enumerable.Range(0, 4).Select(number => Task.Run(async () =>
        {
            await using var store = SweepStores.OpenSqlite(file, TimeProvider.System);
            await store.MigrateAsync(CancellationToken.None);
            await store.CreateSweepAsync(Sweeps.Row($"s{number}"), CancellationToken.None);
            for (var trial = 0; trial < 50; trial++)
            {
                await store.AppendAsync($"s{number}", trial, [Sweeps.Trial(trial)], CancellationToken.None);
            }
        })));
        await using var store = SweepStores.OpenSqlite(file, TimeProvider.System);
        Assert.All(await store.ListSweepsAsync(false, CancellationToken.None), sweep => Assert.Equal(50, sweep.Trials));
    }

    [Fact]
    public async Task AppendAsync_AnotherProcessWrites_WaitsForIt()
    {
        await using var store = (SqlSweepStore)await OpenAsync();
        await store.CreateSweepAsync(Sweeps.Row("s"), CancellationToken.None);
        await using var other = await store.Dialect.OpenAsync(CancellationToken.None);
        var transaction = await store.Dialect.BeginMigrationAsync(other, CancellationToken.None);
        var append = store.AppendAsync("s", 0, [Sweeps.Trial(0)], CancellationToken.None);
        Assert.False(append.IsCompleted);
        using var impatient = new CancellationTokenSource(TimeSpan.FromMilliseconds(20));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.AppendAsync("s", 0, [Sweeps.Trial(0)], impatient.Token));
        await transaction.CommitAsync();
        await append;
    }

    [Fact]
    public async Task DisposeAsync_AfterWriting_NothingHoldsTheFile()
    {
        var file = Path.Combine(folder, "closed.db");
        var store = SweepStores.OpenSqlite(file, TimeProvider.System);
        await store.MigrateAsync(CancellationToken.None);
        await store.CreateSweepAsync(Sweeps.Row("s"), CancellationToken.None);
        await store.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Assert.False(File.Exists(file + "-wal"), "The last connection to close would have taken the log with it.");
        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.CreateSweepAsync(Sweeps.Row("t"), CancellationToken.None));
    }

    [Fact]
    public async Task AppendAsync_EveryStatement_FindsItsRowsByAKey()
    {
        await using var store = (SqlSweepStore)await OpenAsync();
        await store.CreateSweepAsync(Sweeps.Row("s"), CancellationToken.None);
        await using var connection = await store.Dialect.OpenAsync(CancellationToken.None);
        for (var seed = 0; seed < 20; seed++)
        {
            foreach (var part in RandomSweep.Cut(RandomSweep.Events(seed), seed))
            {
                var (batch, _) = await store.AppendixAsync("s", 1, part, new JournalWords([]), CancellationToken.None);
                foreach (var sql in Enumerable.Range(0, batch.Count).Select(index => SqliteWriter.TextOf(batch.StatementAt(index))).Distinct())
                {
                    await using var command = connection.CreateCommand();
                    command.CommandText = "EXPLAIN QUERY PLAN " + sql;
                    await using var plan = await command.ExecuteReaderAsync();
                    while (await plan.ReadAsync())
                    {
                        Assert.DoesNotContain("SCAN", plan.GetString(3), StringComparison.Ordinal);
                    }
                }
            }
        }
    }

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
