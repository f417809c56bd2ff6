using ApproxCluster.Client.Commands;
using ApproxCluster.Contracts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;

namespace ApproxCluster.Client.Cluster;

/// <summary>A connection to a cluster. Calls that fail on the way are made again for a while: all of them may be.</summary>
internal sealed class ClusterConnection : IAsyncDisposable
{
    private static readonly TimeSpan ConnectTime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan CallTime = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly IHost host;

    private ClusterConnection(IHost host, ClusterPlace place)
    {
        this.host = host;
        Place = place;
        Client = host.Services.GetRequiredService<IClusterClient>();
    }

    /// <summary>Where the cluster is.</summary>
    public ClusterPlace Place { get; }

    /// <summary>The Orleans client.</summary>
    public IClusterClient Client { get; }

    /// <summary>The cluster as a whole.</summary>
    public IClusterGrain Cluster => Client.GetGrain<IClusterGrain>(0);

    /// <summary>Connects, or throws a <see cref="CommandException"/> with exit code 3 after about ten seconds.</summary>
    public static async Task<ClusterConnection> OpenAsync(string cluster, CancellationToken cancellationToken)
    {
        var place = await ClusterPlace.ReadAsync(cluster, cancellationToken);
        using var patience = new CancellationTokenSource(ConnectTime);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        var host = Build(place, patience.Token);
        try
        {
            await host.StartAsync(either.Token).WaitAsync(either.Token);
            return new ClusterConnection(host, place);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            await DisposeAsync(host);
            throw Unreachable(place, exception);
        }
    }

    /// <summary>Makes a call, again and again while the cluster is in no state to answer.</summary>
    public async Task<T> CallAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(CallTime);
        while (true)
        {
            try
            {
                return await call(cancellationToken);
            }
            catch (SweepNotFoundException exception)
            {
                throw CommandException.NotFound($"{exception.Message} 'approx ls --cluster ...' names those there are.");
            }
            catch (Exception exception) when (IsPassing(exception) && !cancellationToken.IsCancellationRequested)
            {
                if (patience.IsCancellationRequested)
                {
                    throw Unreachable(Place, exception);
                }

                await Task.Delay(Pause, cancellationToken);
            }
        }
    }

    public ValueTask DisposeAsync() => DisposeAsync(host);

    private static IHost Build(ClusterPlace place, CancellationToken connecting)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.UseOrleansClient(client =>
        {
            if (place.Gateways is { } gateways)
            {
                client.UseStaticClustering([.. gateways]);
            }
            else
            {
                client.UseAdoNetClustering(options =>
                {
                    options.Invariant = ClusterDefaults.AdoNetInvariant;
                    options.ConnectionString = place.Postgres!;
                });
            }

            client.Configure<ClusterOptions>(options =>
            {
                options.ClusterId = Environment.GetEnvironmentVariable("APPROX_CLUSTER_ID") is { Length: > 0 } id ? id : ClusterDefaults.ClusterId;
                options.ServiceId = ClusterDefaults.ServiceId;
            });
            client.Configure<ClientMessagingOptions>(options =>
            {
                options.ResponseTimeout = ClusterDefaults.ResponseTimeout;
                options.CancelRequestOnTimeout = true;
            });
            client.UseConnectionRetryFilter(async (_, cancellationToken) =>
            {
                await Task.Delay(Pause, cancellationToken);
                return !connecting.IsCancellationRequested;
            });
        });
        return builder.Build();
    }

    private static bool IsPassing(Exception exception) =>
        exception is TimeoutException or OrleansException or SweepUnavailableException or OperationCanceledException or ObjectDisposedException;

    private static CommandException Unreachable(ClusterPlace place, Exception exception) => new(
        ExitCodes.Unreachable,
        $"No silo answers at {place.Text}. Start one with 'dotnet run --project src/Silo', or name another place with --cluster."
        + (exception is OperationCanceledException or TimeoutException ? "" : $" ({exception.Message})"),
        exception);

    private static async ValueTask DisposeAsync(IHost host)
    {
        // A client that cannot connect need not part in order.
        using var atOnce = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        try
        {
            await host.StopAsync(atOnce.Token).WaitAsync(atOnce.Token);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // It was of no more use anyway.
        }

        host.Dispose();
    }
}
