using ApproxCluster.Dashboard;
using ApproxCluster.Silo.Grains;
using ApproxCluster.Silo.Options;
using ApproxCluster.Silo.Workers;
using ApproxCluster.Storage;

namespace ApproxCluster.Silo.Hosting;

/// <summary>What makes a silo train sweeps.</summary>
internal static class SweepHosting
{
    /// <summary>Adds the store, the worker and what the grains need. The store has been migrated; it is disposed with the host.</summary>
    public static IServiceCollection AddSweeps(this IServiceCollection services, SiloSettings settings, Func<ISweepStore> openStore)
    {
        services.AddSingleton(settings);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(_ => openStore());
        services.AddApproxDashboard(new DashboardOptions { ServiceName = "approx-silo", InstanceName = settings.Name! });
        services.AddSingleton<SweepDesk>();
        services.AddSingleton<NewSweeps>();
        services.AddSingleton<SiloWorker>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(provider => provider.GetRequiredService<SiloWorker>());
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, LostSilos>();
        return services;
    }
}
