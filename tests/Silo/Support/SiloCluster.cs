using ApproxCluster.Contracts;
using ApproxCluster.Search;
using ApproxCluster.Silo.Hosting;
using ApproxCluster.Silo.Options;
using Orleans.TestingHost;

namespace ApproxCluster.Silo.Tests.Support;

/// <summary>Silos in this process with one store between them, made as the program makes them but for transport and membership.</summary>
internal sealed class SiloCluster : IAsyncDisposable
{
    private readonly InProcessTestCluster cluster;

    private SiloCluster(InProcessTestCluster cluster, MemoryStore store)
    {
        this.cluster = cluster;
        Store = store;
    }

    public MemoryStore Store { get; }

    public IReadOnlyList<InProcessSiloHandle> Silos => cluster.Silos;

    public IClusterGrain Cluster => cluster.Client.GetGrain<IClusterGrain>(0);

    public static async Task<SiloCluster> StartAsync(short silos, MemoryStore? store = null, Func<SiloSettings, SiloSettings>? set = null)
    {
        store ??= new MemoryStore();
        var builder = new InProcessTestClusterBuilder(silos);
        builder.ConfigureSilo((options, silo) =>
        {
            // A PostgreSQL setting says only that there may be other silos; the store is the test's.
            var settings = new SiloSettings { Name = options.SiloName, Slots = 1, Postgres = "Host=none" };
            silo.Services.AddSweeps(set?.Invoke(settings) ?? settings, () => store);
            silo.UseInMemoryReminderService();
            silo.UseClusterRules();
        });
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new SiloCluster(cluster, store);
    }

    public ISweepGrain Sweep(string sweep) => cluster.Client.GetGrain<ISweepGrain>(sweep);

    public ITrialGrain Trial(string sweep, int trial) => cluster.Client.GetGrain<ITrialGrain>(TrialKey.Of(sweep, trial));

    public async Task SubmitAsync(string sweep, SweepSpec spec)
    {
        var reply = await Cluster.Submit(sweep, SweepFile.Canonical(spec), TestContext.Current.CancellationToken);
        Assert.Equal(new SubmitReply(SubmitOutcome.Accepted), reply);
    }

    /// <summary>Waits until a sweep is so far that something has ended and something is left to do.</summary>
    public Task<SweepView> MiddleAsync(string sweep) => Eventually.GetAsync(
        $"sweep {sweep} gets to its middle", () => ViewAsync(sweep), view => view.TrialsEnded >= 3);

    public Task<SweepView> EndAsync(string sweep) => Eventually.GetAsync(
        $"sweep {sweep} ends", () => ViewAsync(sweep), view => view.Status.IsFinal());

    public Task<SweepView> ViewAsync(string sweep) => Sweep(sweep).View(TestContext.Current.CancellationToken);

    public Task KillAsync(InProcessSiloHandle silo) => cluster.KillSiloAsync(silo);

    public Task StopAsync(InProcessSiloHandle silo) => cluster.StopSiloAsync(silo);

    public Task DeactivateAsync(string sweep) => cluster.DeactivateAsync(Sweep(sweep));

    public async ValueTask DisposeAsync()
    {
        await cluster.StopAllSilosAsync();
        await cluster.DisposeAsync();
    }
}
