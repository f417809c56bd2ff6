using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace ApproxCluster.Search.Tests;

/// <summary>10,000 trials cost 10,000 times one trial.</summary>
public class ScaleTests
{
    [Theory]
    [InlineData("none")]
    [InlineData("stop")]
    [InlineData("promote")]
    [InlineData("race")]
    public async Task Run_TenThousandTrials_LastThousandAllocatesAsTheFirst(string pruner)
    {
        var token = TestContext.Current.CancellationToken;
        var spec = FakeSweep.Spec(
            pruner is "none" or "race" ? new NoPrunerSpec() : new AshaPrunerSpec(1, 3, pruner == "promote"), trials: 10_000, parallel: 16, epochs: 9);
        spec = pruner == "race" ? spec with { Replicates = 50, Race = new() } : spec;
        var journal = new CountingJournal();
        var coordinator = await SweepCoordinator.CreateAsync(FakeSweep.Parts(spec), spec, FakeSweep.Shape, journal, token);
        var marks = new List<(int Trials, long Events, long Bytes)>();
        var watch = Stopwatch.StartNew();
        IReadOnlyList<SegmentResult> results = [];
        while (!coordinator.State.Status.IsFinal())
        {
            var reply = await coordinator.ExchangeAsync(new("a", 4, [], results, []), default, token);
            results = [.. reply.Leases.Reverse().Select(lease => pruner == "race" ? FakeTrainer.RunNoisy(lease) : FakeTrainer.Run(lease))];
            if (coordinator.State.Trials.Count / 1000 > marks.Count)
            {
                marks.Add((coordinator.State.Trials.Count, journal.Events, GC.GetAllocatedBytesForCurrentThread()));
            }
        }

        var elapsed = watch.Elapsed;
        watch.Restart();
        var rows = Leaderboard.Build(coordinator.State).Count;
        var board = watch.Elapsed;
        watch.Restart();
        Leaderboard.Top(coordinator.State, 20);
        TestContext.Current.TestOutputHelper!.WriteLine(FormattableString.Invariant(
            $"{pruner}: {elapsed.TotalMilliseconds:F0} ms, {journal.Events} events, {journal.Appends} appends, {Each(marks, 1):F0} bytes an event at first, {Each(marks, 9):F0} at last; leaderboard of {rows} in {board.TotalMilliseconds:F1} ms, its top in {watch.Elapsed.TotalMilliseconds:F2} ms"));
        Assert.Equal(10_000, coordinator.State.Trials.Count);
        Assert.InRange(Each(marks, 9) / Each(marks, 1), 0.5, 1.25);
    }

    // Bytes an event between two marks: more where something is rebuilt that grows with the sweep.
    private static double Each(List<(int Trials, long Events, long Bytes)> marks, int mark) =>
        (double)(marks[mark].Bytes - marks[mark - 1].Bytes) / (marks[mark].Events - marks[mark - 1].Events);

    private sealed class CountingJournal : ISweepJournal
    {
        public long Events { get; private set; }

        public long Appends { get; private set; }

        public Task AppendAsync(long firstSequence, IReadOnlyList<SweepEvent> events, CancellationToken cancellationToken)
        {
            Assert.Equal(Events, firstSequence);
            Events += events.Count;
            Appends++;
            return Task.CompletedTask;
        }

        public async IAsyncEnumerable<SweepEvent> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Task.CompletedTask;
            yield break;
        }
    }
}
