using ApproxCluster.Storage;

namespace ApproxCluster.Engine.Tests;

/// <summary>An empty store in a folder of its own.</summary>
internal sealed class TemporaryStore : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("approx-engine-").FullName;

    private TemporaryStore() => Store = SweepStores.OpenSqlite(Path.Combine(folder, "approx.db"), TimeProvider.System);

    public ISweepStore Store { get; }

    public static async Task<TemporaryStore> CreateAsync()
    {
        var store = new TemporaryStore();
        await store.Store.MigrateAsync(CancellationToken.None);
        return store;
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
