using ApproxCluster.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ApproxCluster.Dashboard;

/// <summary>The API and <c>/metrics</c> on an address of their own, for <c>approx run --http</c>. Writes nothing to the console.</summary>
public sealed class DashboardServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private DashboardServer(WebApplication app, Uri url) => (this.app, Url) = (app, url);

    /// <summary>The address that it listens on, with its real port.</summary>
    public Uri Url { get; }

    /// <summary>
    /// Starts to listen. Throws <see cref="IOException"/> when the address is taken or not ours, <see cref="ArgumentException"/> when it is no
    /// address. Neither the store nor the metrics are disposed with the server.
    /// </summary>
    public static async Task<DashboardServer> StartAsync(
        DashboardOptions options, ISweepStore store, SweepMetrics metrics, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(options.Url, UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttp || url.PathAndQuery != "/")
        {
            throw new ArgumentException($"The address is '{options.Url}', but must be like http://127.0.0.1:9600, port 0 for a free one.", nameof(options));
        }

        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.AddServerHeader = false).UseUrls(options.Url);
        builder.Services.AddRoutingCore();
        builder.Services.AddLogging(logging => logging.ClearProviders());
        builder.Services.AddSingleton(store);
        builder.Services.AddSingleton(metrics);
        builder.Services.AddSingleton(time);
        builder.Services.AddApproxDashboard(options);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));
        var app = builder.Build();
        try
        {
            app.Use(Guarded);
            app.UseRouting();
            app.MapApproxDashboard();
            await app.StartAsync(cancellationToken);
            var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
            return new DashboardServer(app, new Uri(address));
        }
        catch (System.Net.Sockets.SocketException fault)
        {
            await app.DisposeAsync();
            throw new IOException($"Cannot listen on {options.Url}: {fault.Message}. Choose an address of this machine.", fault);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends open requests and stops listening.</summary>
    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
    }

    /// <summary>Nobody reads a log here, so a fault that nothing foresaw is told to whoever asked, and the server goes on.</summary>
    private static async Task Guarded(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has gone.
        }
#pragma warning disable CA1031 // See the summary.
        catch (Exception fault) when (!context.Response.HasStarted)
#pragma warning restore CA1031
        {
            await ProblemAnswer.WriteAsync(context, StatusCodes.Status500InternalServerError, $"{fault.GetType().Name}: {fault.Message}");
        }
    }
}
