namespace ApproxCluster.Search.Tests;

/// <summary>Journals that were recorded once. Whatever this version does otherwise, it must read them and come to the digest recorded with them.</summary>
public class HistoryTests
{
    private static readonly Dictionary<string, string> Sweeps = new()
    {
        ["asha-promote"] = """
            name: history
            target: {kind: curve}
            space:
              learning_rate: {float: [1.0e-3, 1.0e-1], log: true}
              width: {int: [1, 40]}
            objective: {minimize: validation.loss}
            sampler: random
            pruner: {asha: {min_epochs: 1, reduction_factor: 3, promote: true}}
            trials: 12
            replicates: 2
            parallel: 4
            epochs: 9
            seed: 5
            """,
        ["repeats"] = """
            name: repeats
            target: {kind: curve}
            space: {width: {int: [1, 4]}, learning_rate: {choice: [0.01, 0.96]}}
            objective: {minimize: validation.loss}
            pruner: {asha: {promote: true}}
            trials: 12
            replicates: 2
            parallel: 4
            epochs: 9
            """,
        ["race"] = """
            name: race
            target: {kind: curve}
            space: {width: {int: [1, 40]}, learning_rate: {float: [1.0e-3, 1.0e-1], log: true}}
            objective: {minimize: validation.loss, gap_weight: 0.5}
            pruner: {asha: {min_epochs: 1, reduction_factor: 3}}
            trials: 24
            replicates: {race: 5}
            confirm: 2
            overtuning: true
            parallel: 4
            epochs: 9
            """,
        ["tpe-hyperband"] = """
            name: tpe-hyperband
            target: {kind: curve}
            space: {width: {int: [1, 40]}, learning_rate: {float: [1.0e-3, 1.0e-1], log: true}}
            objective: {minimize: validation.loss}
            sampler: tpe
            pruner: hyperband
            trials: 40
            parallel: 4
            epochs: 9
            """,
        ["auto-median"] = """
            name: auto-median
            target: {kind: curve}
            space: {width: {int: [1, 40]}, learning_rate: {float: [1.0e-3, 1.0e-1], log: true}}
            objective: {minimize: validation.loss}
            sampler: auto
            pruner: median
            trials: 20
            parallel: 4
            epochs: 9
            """,
    };

    public static TheoryData<string> Histories => [.. GoldenFile.Names("*.jsonl")];

    // A sampler with a model may become better; what it has decided stays.
    public static TheoryData<string> WithoutModel => [.. GoldenFile.Names("*.jsonl").Where(name => !name.StartsWith("tpe-", StringComparison.Ordinal) && !name.StartsWith("auto-", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Histories))]
    public void Replay_RecordedHistory_SameDigest(string name)
    {
        var digest = GoldenFile.Read(Path.ChangeExtension(name, ".digest")).Trim();

        var state = SweepState.Replay(Read(name));

        Assert.Equal((SweepStatus.Finished, digest), (state.Status, state.Digest));
        Assert.NotEmpty(Leaderboard.Build(state));
    }

    [Theory]
    [MemberData(nameof(WithoutModel))]
    public async Task Coordinator_RecordedHistoryCutAnywhere_GoesOnToTheSameDigest(string name)
    {
        var token = TestContext.Current.CancellationToken;
        var digest = GoldenFile.Read(Path.ChangeExtension(name, ".digest")).Trim();
        var events = Read(name).ToArray();
        for (var length = 1; length < events.Length; length += 7)
        {
            var journal = new MemoryJournal();
            await journal.AppendAsync(0, events[..length], token);
            var coordinator = await SweepCoordinator.LoadAsync(journal, false, default, token);
            IReadOnlyList<SegmentResult> results = [];
            while (!coordinator.State.Status.IsFinal())
            {
                var reply = await coordinator.ExchangeAsync(new("local", 2, [], results, []), default, token);
                results = [.. reply.Leases.Select(FakeTrainer.Run)];
            }

            Assert.Equal(digest, coordinator.State.Digest);
        }
    }

    [Fact]
    public void Replay_DecisionMissing_Refused()
    {
        var events = Read("asha-promote.jsonl").ToList();
        events.RemoveAt(events.FindIndex(sweepEvent => sweepEvent is SegmentFinished));

        var fault = Assert.Throws<InvalidDataException>(() => SweepState.Replay(events));

        Assert.Contains("cannot follow", fault.Message, StringComparison.Ordinal);
    }

    [Theory(Explicit = true)]
    [InlineData("asha-promote")]
    [InlineData("repeats")]
    [InlineData("race")]
    [InlineData("tpe-hyperband")]
    [InlineData("auto-median")]
    public async Task Record(string name)
    {
        var spec = Tests.Read.Spec(Sweeps[name]);
        var journal = new MemoryJournal();
        var token = TestContext.Current.CancellationToken;
        var coordinator = await SweepCoordinator.CreateAsync(spec, FakeSweep.Shape, journal, default, token);

        // Two slots, of which the second is always first to answer: some results come early.
        var leases = new List<Lease>();
        IReadOnlyList<SegmentResult> results = [];
        while (!coordinator.State.Status.IsFinal())
        {
            var reply = await coordinator.ExchangeAsync(new("local", 2 - leases.Count, [], results, []), default, token);
            leases.AddRange(reply.Leases);
            results = leases.Count == 0 ? [] : [FakeTrainer.Run(leases[^1])];
            leases.RemoveRange(Math.Max(0, leases.Count - 1), Math.Min(1, leases.Count));
        }

        GoldenFile.Write($"{name}.jsonl", string.Concat(journal.Entries.Select(entry => entry.Payload + "\n")));
        GoldenFile.Write($"{name}.digest", coordinator.State.Digest + "\n");
    }

    private static IEnumerable<SweepEvent> Read(string name) =>
        GoldenFile.Read(name).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line =>
        {
            using var json = System.Text.Json.JsonDocument.Parse(line);
            return EventCodec.Decode(json.RootElement.GetProperty("type").GetString()!, line);
        });
}
