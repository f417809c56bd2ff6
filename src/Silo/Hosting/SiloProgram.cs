using System.Net;
using ApproxCluster.Contracts;
using ApproxCluster.Dashboard;
using ApproxCluster.Silo.Options;
using ApproxCluster.Storage;
using ApproxCluster.Trainer;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Npgsql;

namespace ApproxCluster.Silo.Hosting;

/// <summary>Builds and runs a silo process.</summary>
internal static class SiloProgram
{
    public static async Task<int> RunAsync(SiloSettings settings)
    {
        if (new SiloSettingsValidator().Validate(null, settings) is { Failed: true } faults)
        {
            foreach (var fault in faults.Failures)
            {
                await Console.Error.WriteLineAsync(fault);
            }

            return SiloExit.Usage;
        }

        try
        {
            if (!settings.AllowCommands)
            {
                // Networks are all that it could train. One that runs programs as well leaves sweeps of networks to others.
                HardwareCheck.ThrowIfUnsupported();
            }

            await PrepareAsync(settings);
            await using var app = Build(Ports.Fix(settings));
            await app.StartAsync();
            await Console.Out.WriteLineAsync(Greeting(app));
            await app.WaitForShutdownAsync();
            return SiloExit.Done;
        }
        catch (Exception exception) when (!settings.Verbose)
        {
            await Console.Error.WriteLineAsync(exception is NpgsqlException
                ? $"The cluster's database cannot be used: {exception.Message} Check --postgres, and that the database is up."
                : exception.Message);
            return exception is NpgsqlException ? SiloExit.Unreachable : SiloExit.Failed;
        }
    }

    /// <summary>The cluster's store, or the silo's own.</summary>
    public static ISweepStore OpenStore(SiloSettings settings) =>
        settings.Postgres is { } connection
            ? SweepStores.OpenPostgres(connection, TimeProvider.System)
            : SweepStores.OpenSqlite(settings.SqliteFile, TimeProvider.System);

    // Before the host: several silos may do this at once, and all of it may have been done.
    private static async Task PrepareAsync(SiloSettings settings)
    {
        if (settings.Postgres is null)
        {
            Directory.CreateDirectory(settings.Home);
        }

        await using var store = OpenStore(settings);
        await store.MigrateAsync(CancellationToken.None);
        if (settings.Postgres is { } connection)
        {
            await using var source = NpgsqlDataSource.Create(connection);
            await ClusterSchema.ApplyAsync(source, CancellationToken.None);
        }
    }

    private static WebApplication Build(SiloSettings settings)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.AddQuietConsole(settings.Verbose);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            if (settings.HttpEndPoint is { } endPoint)
            {
                kestrel.Listen(endPoint);
            }
        });
        if (settings.HttpOff)
        {
            builder.Services.AddSingleton<IServer, NoServer>();
        }

        builder.Services.AddSweeps(settings, () => OpenStore(settings));
        builder.Services.AddSingleton<Microsoft.Extensions.Options.IValidateOptions<SiloSettings>, SiloSettingsValidator>();
        builder.UseOrleans(silo => silo.UseCluster(settings).UseClusterRules());
        var app = builder.Build();
        app.MapApproxDashboard();
        return app;
    }

    private static string Greeting(WebApplication app)
    {
        var settings = app.Services.GetRequiredService<SiloSettings>();
        var http = settings.HttpOff ? "off" : app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        var gateway = new IPEndPoint(IPAddress.Parse(settings.Advertise), settings.GatewayPort);
        return $"Silo {settings.Name} is up with {settings.Slots} slots. Page, API and metrics: {http}. Clients: --cluster {gateway}";
    }
}
