using System.Collections.Concurrent;
using ApproxCluster.Search;
using ApproxCluster.Storage;

namespace ApproxCluster.Engine.Tests;

/// <summary>Trials that go on from others' checkpoints, with and without them.</summary>
public sealed class PopulationTests
{
    private static readonly SweepSpec Population = Specs.Parse(
        """
        name: population
        target: { kind: curve, samples: 64, validation: 32, test: 32 }
        space: { width: { int: [2, 16] }, learning_rate: { float: [0.001, 0.1], log: true } }
        sampler: { pbt: { population: 6, interval: 3 } }
        parallel: 6
        epochs: 12
        """);

    [Fact]
    public async Task Run_Population_TrialsBeginWithTheOthersCheckpointsAndNeedThemNot()
    {
        var (kept, digest, continued) = await RunAsync(forgets: false);
        var (lost, same, _) = await RunAsync(forgets: true);

        Assert.Equal(3, continued.Count);
        Assert.All(continued, created => Assert.Equal(created.From!.Value.Epoch, kept[created.Trial]));
        Assert.Empty(lost);
        Assert.Equal(digest, same);
    }

    private static async Task<(ConcurrentDictionary<int, int> Loaded, string Digest, List<TrialCreated> Continued)> RunAsync(bool forgets)
    {
        await using var temporary = await TemporaryStore.CreateAsync();
        var store = new WatchedStore(temporary.Store, forgets);
        await using var host = await SweepHost.CreateAsync(Population, ".", store, TimeProvider.System, null, CancellationToken.None);
        await using var worker = new SlotWorker(new() { Name = "test", Slots = 2, DataFolder = ".", Niceness = 0 }, store, TimeProvider.System);
        await worker.RunAsync(host, CancellationToken.None);
        var continued = new List<TrialCreated>();
        await foreach (var entry in store.ReadAsync(host.Sweep.Id, 0, CancellationToken.None))
        {
            continued.AddRange(entry.Event is TrialCreated { From: not null } created ? [created] : []);
        }

        return (store.Loaded, await host.ReadAsync(state => state.Digest, CancellationToken.None), continued);
    }

    /// <summary>Notes the epoch of the first checkpoint that each trial gets, or gives none.</summary>
    private sealed class WatchedStore(ISweepStore inner, bool forgets) : StoreProxy(inner)
    {
        public ConcurrentDictionary<int, int> Loaded { get; } = new();

        public override async Task<CheckpointRow?> FindCheckpointAsync(string sweep, int trial, CancellationToken cancellationToken)
        {
            var row = forgets ? null : await base.FindCheckpointAsync(sweep, trial, cancellationToken);
            if (row is not null)
            {
                Loaded.TryAdd(trial, row.EpochsDone);
            }

            return row;
        }
    }
}
