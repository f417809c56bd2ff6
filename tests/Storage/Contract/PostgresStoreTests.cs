using ApproxCluster.Search;
using ApproxCluster.Testing;
using ApproxCluster.Trainer;

namespace ApproxCluster.Storage.Tests;

/// <summary>One server for the class; a database for each test.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    public PostgresServer? Server { get; private set; }

    public async ValueTask InitializeAsync() => Server = PostgresServer.Missing is null ? await PostgresServer.StartAsync() : null;

    public async ValueTask DisposeAsync()
    {
        if (Server is not null)
        {
            await Server.DisposeAsync();
        }
    }
}

public sealed class PostgresStoreTests(PostgresFixture fixture) : SweepStoreContract, IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task MigrateAsync_NobodyListens_SaysWhereWithoutThePassword()
    {
        await using var store = SweepStores.OpenPostgres(
            "Host=127.0.0.1;Port=1;Username=u;Password=secret;Database=d;Timeout=2", TimeProvider.System);
        var error = await Assert.ThrowsAsync<StorageException>(() => store.MigrateAsync(CancellationToken.None));
        Assert.Contains("127.0.0.1:1", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AppendAsync_ServerHasEndedTheConnection_GoesThroughAgain()
    {
        Assert.SkipWhen(fixture.Server is null, PostgresServer.Missing ?? "");
        var server = fixture.Server!.ConnectionString();
        var (store, database) = await PostgresDatabases.OpenAsync(server, Migrator.Scripts.Count);
        await using var disposal = store;
        await store.CreateSweepAsync(Sweeps.Row("s"), CancellationToken.None);
        await PostgresDatabases.ExecuteAsync(server, $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'");
        var error = await Assert.ThrowsAsync<StorageException>(() => store.AppendAsync("s", 0, [Sweeps.Trial(0)], CancellationToken.None));
        Assert.True(error.IsTransient);
        await store.AppendAsync("s", 0, [Sweeps.Trial(0)], CancellationToken.None);
    }

    [Fact]
    public async Task SaveEpochsAsync_ToldAfterAResultWithItsWallTimes_TouchesOnlyRowsThatChange()
    {
        Assert.SkipWhen(fixture.Server is null, PostgresServer.Missing ?? "");
        await using var store = (await PostgresDatabases.OpenAsync(fixture.Server!.ConnectionString(), Migrator.Scripts.Count)).Store;
        await store.CreateSweepAsync(Sweeps.Row("s"), CancellationToken.None);
        EpochReport[] reports = [new(1, 0.5, 0.5, double.NaN, 0.5, 0.1), new(2, 0.5, 0.5, double.NaN, double.PositiveInfinity, 0.1)];
        await store.AppendAsync("s", 0, [Sweeps.Trial(0), new SegmentFinished(0, 0, reports, false, null) { Seconds = [0.25, 0.25] }], CancellationToken.None);
        var written = await VersionsAsync();

        await store.SaveEpochsAsync("s", [new EpochRow(0, reports[0], 0.25), new EpochRow(0, reports[1], null)], CancellationToken.None);
        Assert.Equal(written, await VersionsAsync());

        await store.SaveEpochsAsync("s", [new EpochRow(0, reports[0], 0.25), new EpochRow(0, reports[1], 0.5)], CancellationToken.None);
        var after = await VersionsAsync();
        Assert.Equal(written[0], after[0]);
        Assert.NotEqual(written[1], after[1]);
        Assert.Equal([0.25, 0.5], (await store.ListEpochsAsync("s", 0, CancellationToken.None)).Select(epoch => epoch.Seconds));

        // Where a row stands, and who last wrote or locked it.
        async Task<string[]> VersionsAsync()
        {
            await using var connection = await store.Dialect.OpenAsync(CancellationToken.None);
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT string_agg(ctid::text || ' ' || xmin::text || ' ' || xmax::text, ';' ORDER BY epoch) FROM epoch";
            return ((string)(await command.ExecuteScalarAsync())!).Split(';');
        }
    }

    protected override async Task<ISweepStore> OpenAsync(int version)
    {
        Assert.SkipWhen(fixture.Server is null, PostgresServer.Missing ?? "");
        return (await PostgresDatabases.OpenAsync(fixture.Server!.ConnectionString(), version)).Store;
    }
}
