using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using ApproxCluster.Storage;

namespace ApproxCluster.Dashboard.Tests;

/// <summary>A sweep that runs, a server that shows it, and a Prometheus that scrapes the server every second with the rules that are shipped.</summary>
public sealed class PrometheusFixture : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private readonly SweepMetrics metrics = new(TimeProvider.System);
    private readonly CancellationTokenSource stop = new();
    private readonly Lazy<Task> starting;
    private readonly HttpClient client = new();
    private Task sweeping = Task.CompletedTask;
    private ISweepStore? store;
    private DashboardServer? server;
    private Process? prometheus;

    public PrometheusFixture() => starting = new(StartOnceAsync);

    /// <summary>The sweep's identity.</summary>
    public string Sweep { get; private set; } = "";

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>Starts all of it at the first call; skips the test where there is no Prometheus.</summary>
    public Task StartAsync()
    {
        Repository.Program("prometheus", "prometheus");
        return starting.Value;
    }

    /// <summary>Asks Prometheus: the answer's data, or an error that fails the test.</summary>
    public async Task<JsonNode> AskAsync(string path, params (string Name, string Value)[] form)
    {
        using var content = new FormUrlEncodedContent(form.Select(pair => KeyValuePair.Create(pair.Name, pair.Value)));
        using var answer = form.Length == 0
            ? await client.GetAsync(new Uri(client.BaseAddress!, path))
            : await client.PostAsync(new Uri(client.BaseAddress!, path), content);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path} {string.Join(' ', form)}: {text}");
        return JsonNode.Parse(text)!["data"]!;
    }

    /// <summary>Rows of a query; waits for the first.</summary>
    public Task<JsonArray> RowsAsync(string query) => Sweeps.UntilAsync($"rows of {query}", async () =>
        (await AskAsync("api/v1/query", ("query", query)))["result"]!.AsArray() is { Count: > 0 } rows ? rows : null);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await Task.WhenAny(sweeping);
        if (prometheus is not null)
        {
            prometheus.Kill();
            await prometheus.WaitForExitAsync();
            prometheus.Dispose();
        }

        if (server is not null)
        {
            await server.DisposeAsync();
        }

        if (store is not null)
        {
            await store.DisposeAsync();
        }

        metrics.Dispose();
        client.Dispose();
        stop.Dispose();
        folder.Dispose();
    }

    private async Task StartOnceAsync()
    {
        store = await Sweeps.StoreAsync(folder);
        server = await DashboardServer.StartAsync(new DashboardOptions { Url = "http://127.0.0.1:0" }, store, metrics, TimeProvider.System, CancellationToken.None);
        sweeping = Task.Run(() => Sweeps.RunAsync(Sweeps.Endless, store, metrics, stop.Token, slots: 1));
        await StartPrometheusAsync();
        Sweep = await Sweeps.UntilAsync("a sweep", async () =>
        {
            if (sweeping.IsCompleted)
            {
                await sweeping;
            }

            return await store.ListSweepsAsync(true, CancellationToken.None) is [var row, ..] ? row.Id : null;
        });
    }

    private async Task StartPrometheusAsync()
    {
        var configuration = Path.Combine(folder.Path, "prometheus.yml");
        await File.WriteAllTextAsync(configuration, $"""
            global: {"{"}scrape_interval: 1s, evaluation_interval: 1s{"}"}
            rule_files: ["{Repository.PathOf("deploy", "prometheus", "rules", "approx.yml")}"]
            scrape_configs:
              - job_name: approx
                static_configs: [{"{"}targets: ["{server!.Url.Authority}"]{"}"}]
            """);
        client.BaseAddress = new Uri($"http://127.0.0.1:{FreePort()}/");
        var start = new ProcessStartInfo(Repository.Program("prometheus", "prometheus"), [
            $"--config.file={configuration}",
            $"--storage.tsdb.path={Path.Combine(folder.Path, "data")}",
            $"--web.listen-address={client.BaseAddress.Authority}",
            "--storage.tsdb.retention.time=1h",
            "--log.level=warn",
        ])
        { RedirectStandardError = true, WorkingDirectory = folder.Path };
        prometheus = Process.Start(start)!;
        var talk = prometheus.StandardError.ReadToEndAsync();
        await Sweeps.UntilAsync("Prometheus", async () =>
        {
            Assert.False(prometheus.HasExited, prometheus.HasExited ? await talk : "");
            try
            {
                using var answer = await client.GetAsync(new Uri(client.BaseAddress, "-/ready"));
                return answer.IsSuccessStatusCode ? "ready" : null;
            }
            catch (HttpRequestException)
            {
                return null;
            }
        });
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
