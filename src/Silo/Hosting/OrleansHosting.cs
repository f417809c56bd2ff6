using System.Net;
using ApproxCluster.Contracts;
using ApproxCluster.Silo.Options;
using Orleans.Configuration;

namespace ApproxCluster.Silo.Hosting;

/// <summary>How the silos of a cluster find, trust and miss each other. The reasons of the numbers are in docs/cluster.md.</summary>
internal static class OrleansHosting
{
    /// <summary>Joins the cluster of a database, or is one alone.</summary>
    public static ISiloBuilder UseCluster(this ISiloBuilder silo, SiloSettings settings)
    {
        if (settings.Postgres is { } connection)
        {
            silo.UseAdoNetClustering(options =>
            {
                options.Invariant = ClusterDefaults.AdoNetInvariant;
                options.ConnectionString = connection;
            });
            silo.UseAdoNetReminderService(options =>
            {
                options.Invariant = ClusterDefaults.AdoNetInvariant;
                options.ConnectionString = connection;
            });
            silo.ConfigureEndpoints(IPAddress.Parse(settings.Advertise), settings.SiloPort, settings.GatewayPort);
        }
        else
        {
            silo.UseLocalhostClustering(settings.SiloPort, settings.GatewayPort, null, ClusterDefaults.ServiceId, settings.ClusterId);
            silo.UseInMemoryReminderService();
        }

        return silo
            .Configure<ClusterOptions>(options =>
            {
                options.ClusterId = settings.ClusterId;
                options.ServiceId = ClusterDefaults.ServiceId;
            })
            .Configure<Orleans.Configuration.SiloOptions>(options => options.SiloName = settings.Name!);
    }

    /// <summary>What holds for every silo, in tests too.</summary>
    public static ISiloBuilder UseClusterRules(this ISiloBuilder silo)
    {
#pragma warning disable ORLEANSEXP003 // A lost silo's part of the default directory takes healthy activations of others with it; this one's does not.
        silo.AddDistributedGrainDirectory();
#pragma warning restore ORLEANSEXP003
        silo.Configure<ClusterMembershipOptions>(options =>
        {
            options.ProbeTimeout = TimeSpan.FromSeconds(5);
            options.MinProbeTimeout = TimeSpan.FromSeconds(2.5);
            options.MaxProbeTimeout = TimeSpan.FromSeconds(5);
            options.NumMissedProbesLimit = 3;
            options.NumVotesForDeathDeclaration = 2;
            options.TableRefreshTimeout = TimeSpan.FromSeconds(15);
            options.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(10);
            options.DeathVoteExpirationTimeout = TimeSpan.FromMinutes(2);
        });
        silo.Configure<SiloMessagingOptions>(options =>
        {
            options.ResponseTimeout = ClusterDefaults.ResponseTimeout;
            options.CancelRequestOnTimeout = true;
        });

        // Both must exceed the time that a checkpoint takes to write.
        silo.Configure<GrainCollectionOptions>(options => options.DeactivationTimeout = TimeSpan.FromMinutes(1));
        silo.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(90));
        return silo;
    }
}
