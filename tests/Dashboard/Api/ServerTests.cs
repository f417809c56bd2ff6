using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using ApproxCluster.Search;
using ApproxCluster.Storage;

namespace ApproxCluster.Dashboard.Tests;

/// <summary>The server where things go wrong, and while a sweep runs.</summary>
public class ServerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("9600")]
    [InlineData("https://127.0.0.1:0")]
    [InlineData("http://127.0.0.1:0/sub")]
    public async Task StartAsync_NoAddress_SaysHowOneLooks(string url)
    {
        await using var store = new FaultyStore();
        using var metrics = new SweepMetrics(TimeProvider.System);

        var fault = await Assert.ThrowsAsync<ArgumentException>(() => DashboardServer.StartAsync(new DashboardOptions { Url = url }, store, metrics, TimeProvider.System, Token));

        Assert.Contains("http://127.0.0.1:9600", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task StartAsync_AddressNotToBeHad_IsAnIOException(bool taken)
    {
        await using var store = new FaultyStore();
        using var metrics = new SweepMetrics(TimeProvider.System);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var url = taken ? $"http://{listener.LocalEndpoint}" : "http://203.0.113.1:9600";

        await Assert.ThrowsAnyAsync<IOException>(() => DashboardServer.StartAsync(new DashboardOptions { Url = url }, store, metrics, TimeProvider.System, Token));
    }

    [Theory]
    [InlineData("/api/sweeps", 503)]
    [InlineData("/", 503)]
    [InlineData("/api/sweeps/x/leaderboard", 503)]
    [InlineData("/api/sweeps/x/trials/1", 500)]
    [InlineData("/healthz", 200)]
    public async Task Get_StoreFails_SaysSoWithoutATrace(string path, int status)
    {
        await using var store = new FaultyStore();
        using var metrics = new SweepMetrics(TimeProvider.System);
        await using var server = await DashboardServer.StartAsync(new DashboardOptions { Url = "http://127.0.0.1:0" }, store, metrics, TimeProvider.System, Token);
        using var client = new HttpClient { BaseAddress = server.Url };

        using var answer = await client.GetAsync(path, Token);
        var body = await answer.Content.ReadAsStringAsync(Token);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.DoesNotContain("   at ", body, StringComparison.Ordinal);
        Assert.Equal(status == 503, body.Contains("the disk is gone", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Metrics_CollectionPastTheDeadline_Is408AndTheNextWorks()
    {
        using var meter = new Meter("Slow" + nameof(ServerTests));
        using var release = new ManualResetEventSlim();
        meter.CreateObservableGauge("slow", () =>
        {
            release.Wait();
            return 1;
        });
        await using var store = new FaultyStore();
        using var metrics = new SweepMetrics(TimeProvider.System);
        await using var server = await DashboardServer.StartAsync(new DashboardOptions { Url = "http://127.0.0.1:0", Meters = [meter.Name] }, store, metrics, TimeProvider.System, Token);
        using var client = new HttpClient { BaseAddress = server.Url };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        request.Headers.Add("X-Prometheus-Scrape-Timeout-Seconds", "0.1");

        using var late = await client.SendAsync(request, Token);
        Assert.Equal(HttpStatusCode.RequestTimeout, late.StatusCode);

        using var impatient = new CancellationTokenSource();
        var aborted = client.GetAsync("/metrics", impatient.Token);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => aborted);
        release.Set();

        Assert.Contains("slow", await client.GetStringAsync("/metrics", Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_TooLarge_Is500()
    {
        await using var store = new FaultyStore();
        using var metrics = new SweepMetrics(TimeProvider.System);
        await using var server = await DashboardServer.StartAsync(new DashboardOptions { Url = "http://127.0.0.1:0", MetricsByteLimit = 100 }, store, metrics, TimeProvider.System, Token);
        using var client = new HttpClient { BaseAddress = server.Url };

        using var answer = await client.GetAsync("/metrics", Token);

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Contains("MetricsByteLimit", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Home_NamesWithMarkup_AreEscaped()
    {
        await using var store = new FaultyStore { Sweeps = [new SweepRow("a\"><script>", "x", "{}", default)] };
        using var metrics = new SweepMetrics(TimeProvider.System);
        await using var server = await DashboardServer.StartAsync(new DashboardOptions { Url = "http://127.0.0.1:0" }, store, metrics, TimeProvider.System, Token);
        using var client = new HttpClient { BaseAddress = server.Url };

        Assert.DoesNotContain("<script", await client.GetStringAsync("/", Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leaderboard_SweepRuns_FollowsTheJournal()
    {
        using var folder = new TemporaryFolder();
        await using var store = await Tests.Sweeps.StoreAsync(folder);
        using var metrics = new SweepMetrics(TimeProvider.System);
        await using var server = await DashboardServer.StartAsync(new DashboardOptions { Url = "http://127.0.0.1:0" }, store, metrics, TimeProvider.System, Token);
        using var client = new HttpClient { BaseAddress = server.Url };
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var running = Tests.Sweeps.RunAsync(Tests.Sweeps.Endless, store, metrics, stop.Token);

        var id = (await Tests.Sweeps.UntilAsync("a sweep", async () => (await JsonAsync("/api/sweeps"))?["items"]!.AsArray().FirstOrDefault()?["sweep"]))!.ToString();
        var first = await Tests.Sweeps.UntilAsync("a leaderboard", () => JsonAsync($"/api/sweeps/{id}/leaderboard"));
        await Tests.Sweeps.UntilAsync("more of it", async () =>
            await JsonAsync($"/api/sweeps/{id}/leaderboard") is { } board && (int?)board["total"] > (int?)first["total"] + 20 ? board : null);
        await stop.CancelAsync();
        await Task.WhenAny(running);

        var whole = new SweepReplays(store);
        var kept = await JsonAsync($"/api/sweeps/{id}/leaderboard?limit=1000");
        var ranked = await whole.RankAsync(id, Token);
        Assert.Equal(ranked!.Rows.Take(1000).Select(row => row.Configuration), kept!["items"]!.AsArray().Select(row => (int)row!["configuration"]!));

        async Task<JsonNode?> JsonAsync(string path)
        {
            using var answer = await client.GetAsync(path, Token);
            return answer.IsSuccessStatusCode ? JsonNode.Parse(await answer.Content.ReadAsStringAsync(Token)) : null;
        }
    }

    private sealed class FaultyStore : ISweepStore
    {
        public IReadOnlyList<SweepRow>? Sweeps { get; init; }

        private static StorageException Fault => new("approx.db could not be read: the disk is gone. Put it back.");

        public Task<IReadOnlyList<SweepRow>> ListSweepsAsync(bool unfinishedOnly, CancellationToken cancellationToken) =>
            Sweeps is null ? throw Fault : Task.FromResult(Sweeps);

        public Task<SweepRow?> FindSweepAsync(string sweep, CancellationToken cancellationToken) => throw Fault;

        public Task<TrialRow?> FindTrialAsync(string sweep, int trial, CancellationToken cancellationToken) => throw new NotSupportedException("nobody foresaw this");

        public Task MigrateAsync(CancellationToken cancellationToken) => throw Fault;

        public Task<bool> CreateSweepAsync(SweepRow sweep, CancellationToken cancellationToken) => throw Fault;

        public Task AppendAsync(string sweep, long firstSequence, IReadOnlyList<SweepEvent> events, CancellationToken cancellationToken) => throw Fault;

        public IAsyncEnumerable<JournalEntry> ReadAsync(string sweep, long fromSequence, CancellationToken cancellationToken) => throw Fault;

        public Task SaveEpochsAsync(string sweep, IReadOnlyList<EpochRow> epochs, CancellationToken cancellationToken) => throw Fault;

        public Task<IReadOnlyList<TrialRow>> ListTrialsAsync(string sweep, int offset, int limit, CancellationToken cancellationToken) => throw Fault;

        public Task<IReadOnlyList<EpochRow>> ListEpochsAsync(string sweep, int trial, CancellationToken cancellationToken) => throw Fault;

        public Task SaveCheckpointAsync(string sweep, CheckpointRow checkpoint, CancellationToken cancellationToken) => throw Fault;

        public Task<CheckpointRow?> FindCheckpointAsync(string sweep, int trial, CancellationToken cancellationToken) => throw Fault;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
