using ApproxCluster.Storage;

namespace ApproxCluster.Dashboard.Tests;

/// <summary>A finished sweep behind a server on a free port.</summary>
public sealed class ServedSweep : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private readonly SweepMetrics metrics = new(TimeProvider.System);
    private ISweepStore? store;
    private DashboardServer? server;

    public string Sweep { get; private set; } = "";

    public HttpClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        store = await Sweeps.StoreAsync(folder);
        Sweep = await Sweeps.RunAsync(Sweeps.Short, store, null, CancellationToken.None);
        server = await DashboardServer.StartAsync(new DashboardOptions { Url = "http://127.0.0.1:0" }, store, metrics, TimeProvider.System, CancellationToken.None);
        Client = new HttpClient { BaseAddress = server.Url };
    }

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        if (store is not null)
        {
            await store.DisposeAsync();
        }

        metrics.Dispose();
        folder.Dispose();
    }
}
