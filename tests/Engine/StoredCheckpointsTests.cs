using ApproxCluster.Storage;
using ApproxCluster.Trainer;

namespace ApproxCluster.Engine.Tests;

public sealed class StoredCheckpointsTests
{
    private static readonly FakeChannel Channel = new(Specs.Tiny, _ => FakeChannel.Done());

    [Theory]
    [InlineData(1, false)] // before the segment
    [InlineData(2, true)] // at its start
    [InlineData(4, true)]
    [InlineData(6, true)] // at its end
    [InlineData(7, false)] // beyond it
    public void Usable_CheckpointAtSomeEpoch_OnlyWithinTheSegment(int epochsDone, bool usable) =>
        Assert.Equal(usable, StoredCheckpoints.Usable(Row(epochsDone, [.. Reports(1, epochsDone)]), Request(2, 6)) is not null);

    [Fact]
    public void Usable_ReportsOfEarlierSegments_AreLeftOut()
    {
        var checkpoint = StoredCheckpoints.Usable(Row(5, [.. Reports(1, 5)]), Request(2, 6));

        Assert.Equal([3, 4, 5], checkpoint!.Reports.Select(report => report.Epoch));
    }

    [Fact]
    public void Usable_ReportsMissing_IsRefused() => Assert.Null(StoredCheckpoints.Usable(Row(5, [.. Reports(4, 5)]), Request(2, 6)));

    [Fact]
    public async Task SaveAndLoad_StoreFails_WarnsOnceAndGoesOn()
    {
        await using var store = await TemporaryStore.CreateAsync();
        await using var failing = new FullDisk(store.Store);
        List<string> warnings = [];
        var checkpoints = new StoredCheckpoints(failing, warnings.Add);

        checkpoints.Save(Request(0, 6), 1, [], new byte[] { 1, 2, 3 });
        checkpoints.Save(Request(0, 6), 2, [], new byte[] { 1, 2, 3 });

        Assert.Contains("disk is full", Assert.Single(warnings), StringComparison.Ordinal);
    }

    private static CheckpointRow Row(int epochsDone, IReadOnlyList<EpochReport> reports) => new(0, 1, 1, epochsDone, reports, new byte[] { 0 });

    private static IEnumerable<EpochReport> Reports(int first, int last) =>
        Enumerable.Range(first, Math.Max(0, last - first + 1)).Select(epoch => new EpochReport(epoch, 1, 1, 1, 1, 0.1));

    private static NetworkSegment Request(int fromEpoch, int toEpoch)
    {
        var lease = Channel.LeaseOf(0, 1, 1, fromEpoch, toEpoch);
        return new NetworkSegment
        {
            Sweep = "fake",
            Trial = lease.Trial,
            Attempt = lease.Attempt,
            Segment = lease.Segment,
            Configuration = lease.Configuration!,
            Target = TargetCatalog.Open(Specs.Tiny.Target!, 0, "."),
            Seed = lease.Seed,
            FromEpoch = fromEpoch,
            ToEpoch = toEpoch,
        };
    }

    private sealed class FullDisk(ISweepStore inner) : StoreProxy(inner)
    {
        public override Task SaveCheckpointAsync(string sweep, CheckpointRow checkpoint, CancellationToken cancellationToken) =>
            throw new StorageException("The disk is full.");
    }
}
