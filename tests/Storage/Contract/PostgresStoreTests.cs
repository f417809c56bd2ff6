using ApproxCluster.Testing;

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

    protected override async Task<ISweepStore> OpenAsync(int version)
    {
        Assert.SkipWhen(fixture.Server is null, PostgresServer.Missing ?? "");
        return (await PostgresDatabases.OpenAsync(fixture.Server!.ConnectionString(), version)).Store;
    }
}
