using System.Globalization;
using ApproxCluster.Client.Commands;
using ApproxCluster.Dashboard;
using ApproxCluster.Engine;
using ApproxCluster.Search;
using ApproxCluster.Storage;

namespace ApproxCluster.Client.Local;

/// <summary>The page, the API and <c>/metrics</c> of a local run (<c>--http</c>).</summary>
internal sealed class LocalServer : IAsyncDisposable
{
    private readonly SweepMetrics metrics;
    private readonly DashboardServer server;

    private LocalServer(SweepMetrics metrics, DashboardServer server) => (this.metrics, this.server) = (metrics, server);

    /// <summary>Where it listens.</summary>
    public Uri Url => server.Url;

    /// <summary>Starts to serve what is in a store. Throws <see cref="CommandException"/> when the address cannot be had.</summary>
    public static async Task<LocalServer> StartAsync(string address, ISweepStore store, TimeProvider time, CancellationToken cancellationToken)
    {
        var metrics = new SweepMetrics(time);
        try
        {
            var options = new DashboardOptions { Url = UrlOf(address) };
            return new LocalServer(metrics, await DashboardServer.StartAsync(options, store, metrics, time, cancellationToken));
        }
        catch (Exception exception) when (exception is IOException or ArgumentException)
        {
            metrics.Dispose();
            throw new CommandException(ExitCodes.Usage, $"--http {address}: {exception.Message.Split(" (Parameter", 2)[0]}", exception);
        }
    }

    /// <summary>An observer that feeds the metrics and another one.</summary>
    public ISweepObserver Observe(ISweepObserver other) => new Both(metrics, other);

    /// <summary>A channel that feeds the metrics.</summary>
    public ISweepChannel Watch(ISweepChannel channel) => metrics.Watch(channel);

    /// <summary>Shows a worker's slots.</summary>
    public void UseSlots(SlotWorker worker) => metrics.UseSlots(() => worker.Slots);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        metrics.Dispose();
    }

    /// <summary>The URL of 9600, :9600, host:9600 or a URL.</summary>
    internal static string UrlOf(string address) =>
        address.Contains("://", StringComparison.Ordinal) ? address
        : ushort.TryParse(address.TrimStart(':'), NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")
        : $"http://{address}";

    private sealed class Both(ISweepObserver first, ISweepObserver second) : ISweepObserver
    {
        public void EpochDone(SweepInfo sweep, TrialProgress progress)
        {
            first.EpochDone(sweep, progress);
            second.EpochDone(sweep, progress);
        }

        public void Decided(SweepInfo sweep, SweepState state)
        {
            first.Decided(sweep, state);
            second.Decided(sweep, state);
        }
    }
}
