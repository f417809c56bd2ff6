using System.Text.RegularExpressions;
using ApproxCluster.Search;
using ApproxCluster.Trainer;

namespace ApproxCluster.Storage.Tests;

/// <summary>What every store must do.</summary>
public abstract partial class SweepStoreContract
{
    private static readonly CancellationToken None = CancellationToken.None;

    public static TheoryData<double> OddNumbers =>
        [double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon, double.MaxValue, -0.0, 1e-310, 0.1];

    /// <summary>A new store with the newest schema.</summary>
    protected Task<ISweepStore> OpenAsync() => OpenAsync(Migrator.Scripts.Count);

    /// <summary>A new store with the schema of a version.</summary>
    protected abstract Task<ISweepStore> OpenAsync(int version);

    [Fact]
    public async Task CreateSweepAsync_TakenIdentity_ReturnsFalse()
    {
        await using var store = await OpenAsync();
        Assert.True(await store.CreateSweepAsync(Sweeps.Row("a-1"), None));
        Assert.False(await store.CreateSweepAsync(Sweeps.Row("a-1"), None));
        Assert.Equal("a-1", (await store.FindSweepAsync("a-1", None))!.Id);
        Assert.Null(await store.FindSweepAsync("a-2", None));
    }

    [Fact]
    public async Task ListSweepsAsync_UnfinishedOnly_LeavesEndedOut()
    {
        await using var store = await OpenAsync();
        await store.CreateSweepAsync(Sweeps.Row("old"), None);
        await store.CreateSweepAsync(Sweeps.Row("new") with { CreatedAt = Sweeps.Start.AddMinutes(1) }, None);
        await store.AppendAsync("new", 0, [new SweepEnded(SweepStatus.Finished)], None);
        Assert.Equal(["new", "old"], (await store.ListSweepsAsync(false, None)).Select(row => row.Id));
        Assert.Equal(["old"], (await store.ListSweepsAsync(true, None)).Select(row => row.Id));
    }

    [Fact]
    public async Task AppendAsync_EveryKindOfEvent_ReadsBack()
    {
        await using var store = await OpenAsync();
        await store.CreateSweepAsync(Sweeps.Row("s"), None);
        var events = Sweeps.Events();
        await store.AppendAsync("s", 0, events.Take(5).ToList(), None);
        await store.AppendAsync("s", 5, events.Skip(5).ToList(), None);
        var read = await ReadAsync(store, "s");
        Assert.Equal(Enumerable.Range(0, events.Count).Select(i => (long)i), read.Select(entry => entry.Sequence));
        Assert.Equal(events.Select(EventCodec.Encode), read.Select(entry => EventCodec.Encode(entry.Event)));
    }

    [Fact]
    public async Task AppendAsync_TakenSequence_IsAConflictAndChangesNothing()
    {
        await using var store = await OpenAsync();
        await store.CreateSweepAsync(Sweeps.Row("s"), None);
        await store.AppendAsync("s", 0, [Sweeps.Trial(0)], None);
        await Assert.ThrowsAsync<JournalConflictException>(() => store.AppendAsync("s", 0, [Sweeps.Trial(1)], None));
        Assert.Single(await ReadAsync(store, "s"));
        Assert.Single(await store.ListTrialsAsync("s", 0, 10, None));
    }

    [Fact]
    public async Task AppendAsync_BeyondTheEnd_IsRefused()
    {
        await using var store = await OpenAsync();
        await store.CreateSweepAsync(Sweeps.Row("s"), None);
        await Assert.ThrowsAsync<JournalConflictException>(() => store.AppendAsync("s", 3, [Sweeps.Trial(0)], None));
    }

    [Fact]
    public async Task AppendAsync_TwoWritersRace_OneWinsEachPlace()
    {
        await using var store = await OpenAsync();
        await store.CreateSweepAsync(Sweeps.Row("s"), None);
        for (var place = 0; place < 10; place++)
        {
            var first = place;
            var wins = await Task.WhenAll(Enumerable.Range(0, 2).Select(writer => Task.Run(async () =>
            {
                try
                {
                    await store.AppendAsync("s", first, [new PauseChanged(writer == 0)], None);
                    return 1;
                }
                catch (JournalConflictException)
                {
                    return 0;
                }
            })));
            Assert.Equal(1, wins.Sum());
        }

        Assert.Equal(10, (await ReadAsync(store, "s")).Count);
    }

    [Fact]
    public async Task AppendAsync_TrialThatGoesOn_BeginsWithACopyOfTheOthersCheckpoint()
    {
        await using var store = await OpenAsync();
        await store.CreateSweepAsync(Sweeps.Row("s"), None);
        await store.AppendAsync("s", 0, [Sweeps.Trial(0), new SegmentStarted(0, 0, 0, 2, 0, 100), Sweeps.Trial(1)], None);
        EpochReport[] reports = [new(1, 0.9, 1, 0.9, 1, 0.1), new(2, 0.2, 0.5, 0.4, 0.7, 0.1)];
        await store.SaveCheckpointAsync("s", new CheckpointRow(0, 3, 4, 2, reports, new byte[] { 1, 2 }), None);

        await store.AppendAsync("s", 3, [Sweeps.Trial(2) with { From = new(0, 2) }, Sweeps.Trial(3) with { From = new(0, 1) }, new TrialEnded(1, TrialState.Pruned, FailureReason.None, null)], None);

        var copy = (await store.FindCheckpointAsync("s", 2, None))!;
        Assert.Equal((2, 1, 0, 2), (copy.Trial, copy.Attempt, copy.Segment, copy.EpochsDone));
        Assert.Equal(new byte[] { 1, 2 }, copy.Data.ToArray());
        Assert.Equal(reports, copy.Reports);
        Assert.NotNull(await store.FindCheckpointAsync("s", 0, None));
        Assert.Null(await store.FindCheckpointAsync("s", 3, None));
        Assert.Equal(2, (await store.FindTrialAsync("s", 2, None))!.EpochsDone);
    }

    [Fact]
    public async Task AppendAsync_TrialsRetried_SweepIsUnfinishedAgainAndItsCheckpointsKept()
    {
        await using var store = await OpenAsync();
        await store.CreateSweepAsync(Sweeps.Row("s"), None);
        var events = Sweeps.Events();
        await store.AppendAsync("s", 0, events, None);
        await store.AppendAsync("s", events.Count, [new TrialsRetried([1]), new SegmentStarted(1, 1, 0, 2, 0, 100)], None);

        var sweep = (await store.FindSweepAsync("s", None))!;
        Assert.Equal((SweepStatus.Running, 1, null, null), (sweep.Status, sweep.TrialsEnded, sweep.EndedAt, sweep.Digest));
        Assert.Single(await store.ListSweepsAsync(true, None));
        var trial = (await store.FindTrialAsync("s", 1, None))!;
        Assert.Equal((TrialState.Running, FailureReason.None, null), (trial.State, trial.Reason, trial.Detail));
        Assert.Null((await store.FindTrialAsync("s", 0, None))!.TestLoss);
        await store.SaveCheckpointAsync("s", new CheckpointRow(1, 2, 1, 1, [], new byte[] { 1 }), None);
        Assert.NotNull(await store.FindCheckpointAsync("s", 1, None));

        await store.AppendAsync("s", events.Count + 2, [new TrialEnded(1, TrialState.Completed, FailureReason.None, null), new SweepEnded(SweepStatus.Finished)], None);
        var again = (await store.FindSweepAsync("s", None))!;
        Assert.Equal((SweepStatus.Finished, 2), (again.Status, again.TrialsEnded));
        Assert.NotNull(again.Digest);
        Assert.Empty(await store.ListSweepsAsync(true, None));
    }

    [Fact]
    public async Task AppendAsync_WholeSweep_TablesTellTheSame()
    {
        await using var store = await OpenAsync();
        await store.CreateSweepAsync(Sweeps.Row("s"), None);
        await store.AppendAsync("s", 0, Sweeps.Events(), None);
        var sweep = (await store.FindSweepAsync("s", None))!;
        Assert.Equal((SweepStatus.Finished, 2, 2), (sweep.Status, sweep.Trials, sweep.TrialsEnded));
        Assert.Equal((0.5, 0), (sweep.BestValue, sweep.BestTrial));
        Assert.Equal(64, sweep.Digest!.Length);
        Assert.NotNull(sweep.EndedAt);
        var trial = (await store.FindTrialAsync("s", 0, None))!;
        Assert.Equal((TrialState.Completed, 2, 2), (trial.State, trial.EpochsDone, trial.BestEpoch));
        Assert.Equal((0.5, 0.3, 0.6), (trial.Value, Math.Round(trial.Gap!.Value, 9), trial.TestLoss));
        Assert.Equal("""{"width":8}""", trial.Parameters.Replace(" ", "", StringComparison.Ordinal));
        Assert.Equal("18446744073709551615", trial.Seed);
        var failed = (await store.FindTrialAsync("s", 1, None))!;
        Assert.Equal((TrialState.Failed, FailureReason.Diverged), (failed.State, failed.Reason));
        Assert.Equal([1, 2], (await store.ListEpochsAsync("s", 0, None)).Select(epoch => epoch.Report.Epoch));
    }

    [Theory]
    [MemberData(nameof(OddNumbers))]
    public async Task SaveEpochsAsync_OddNumbers_ReadBack(double value)
    {
        await using var store = await OpenAsync();
        await store.CreateSweepAsync(Sweeps.Row("s"), None);
        var row = new EpochRow(0, new EpochReport(1, value, value, value, value, 0.1), 0.25);
        await store.SaveEpochsAsync("s", [row], None);
        await store.SaveEpochsAsync("s", [row], None);
        Assert.Equal([row], await store.ListEpochsAsync("s", 0, None));
        await store.AppendAsync("s", 0, [Sweeps.Trial(0), new SegmentFinished(0, 0, [row.Report], false, null)], None);
        Assert.Equal([row], await store.ListEpochsAsync("s", 0, None));
    }

    [Fact]
    public async Task AppendAsync_WallTimesAreKnown_RowsHaveThem()
    {
        await using var store = await OpenAsync();
        await store.CreateSweepAsync(Sweeps.Row("s"), None);
        EpochReport[] epochs = [new(1, 3, 3, 3, 3, 0.1), new(2, 2, 2, 2, 2, 0.1), new(3, 1, 1, 1, 1, 0.1)];
        await store.SaveEpochsAsync("s", [new EpochRow(0, epochs[1], 0.5)], None);
        await store.AppendAsync("s", 0, [Sweeps.Trial(0), new SegmentFinished(0, 0, epochs, false, null) { Seconds = [0.25, null] }], None);
        Assert.Equal([0.25, 0.5, null], (await store.ListEpochsAsync("s", 0, None)).Select(epoch => epoch.Seconds));
    }

    [Fact]
    public async Task AppendAsync_OddParameters_RowAndViewHaveThem()
    {
        const string Odd = "quote ' \" \\ \u00e4 $1 {text}";
        await using var store = (SqlSweepStore)await OpenAsync();
        await store.CreateSweepAsync(Sweeps.Row("s"), None);
        var point = new Assignment(
        [
            new(Odd, ParameterValue.Of(Odd)), new("whole", ParameterValue.Of(long.MinValue)), new("real", ParameterValue.Of(0.1 + 0.2)), new("least", ParameterValue.Of(double.Epsilon)),
            new("one", ParameterValue.Of(1.0)),
        ]);
        await store.AppendAsync("s", 0, [Sweeps.Trial(0) with { Parameters = point }, Sweeps.Trial(1) with { Parameters = new Assignment([]) }], None);

        await using var connection = await store.Dialect.OpenAsync(None);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT parameters FROM trial WHERE number = 0";
        foreach (var text in (string[])[(await store.FindTrialAsync("s", 0, None))!.Parameters, (string)(await command.ExecuteScalarAsync())!])
        {
            using var json = System.Text.Json.JsonDocument.Parse(text);
            Assert.Equal(5, json.RootElement.EnumerateObject().Count());
            Assert.Equal(Odd, json.RootElement.GetProperty(Odd).GetString());
            Assert.Equal(long.MinValue, json.RootElement.GetProperty("whole").GetInt64());
            Assert.Equal(0.1 + 0.2, json.RootElement.GetProperty("real").GetDouble());
            Assert.Equal(1.0, json.RootElement.GetProperty("one").GetDouble());
        }

        Assert.Equal("{}", (await store.FindTrialAsync("s", 1, None))!.Parameters);
    }

    [Fact]
    public async Task SaveEpochsAsync_OneEpochTwice_KeepsTheLaterFiguresAndTheTime()
    {
        await using var store = await OpenAsync();
        await store.CreateSweepAsync(Sweeps.Row("s"), None);
        var (early, late) = (new EpochReport(1, 1, 2, 3, 4, 0.1), new EpochReport(1, 5, 6, 7, 8, 0.1));
        await store.SaveEpochsAsync("s", [new(0, early, 0.25), new(1, early, 0.5), new(0, late, null)], None);
        Assert.Equal([new EpochRow(0, late, 0.25)], await store.ListEpochsAsync("s", 0, None));
        Assert.Equal([new EpochRow(1, early, 0.5)], await store.ListEpochsAsync("s", 1, None));
    }

    [Fact]
    public async Task AppendAsync_ManyRowsAtOnce_AreWhatTheyWouldBeOneByOne()
    {
        const string Odd = "quote ' \" back \\ {brace, } line \n \U0001F600";
        await using var store = await OpenAsync();
        EpochReport Report(int trial) => new(1, 0.1 * trial, trial == 2 ? double.NaN : trial, double.PositiveInfinity, -0.0, 1e-310);
        var events = Enumerable.Range(0, 4)
            .SelectMany(trial => new SweepEvent[]
            {
                Sweeps.Trial(trial), new SegmentStarted(trial, 0, 0, 1, 0, 100), new SegmentFinished(trial, 0, [Report(trial)], trial == 2, null),
                trial % 2 == 0
                    ? new TrialEnded(trial, TrialState.Failed, FailureReason.Error, Odd)
                    : new TrialEnded(trial, TrialState.Completed, FailureReason.None, null),
            })
            .ToList();
        foreach (var sweep in (string[])["one", "all"])
        {
            await store.CreateSweepAsync(Sweeps.Row(sweep), None);
            await store.SaveCheckpointAsync(sweep, new CheckpointRow(1, 1, 0, 1, [], new byte[] { 1 }), None);
            await store.SaveCheckpointAsync(sweep, new CheckpointRow(9, 1, 0, 1, [], new byte[] { 1 }), None);
        }

        await store.AppendAsync("all", 0, events, None);
        for (var index = 0; index < events.Count; index++)
        {
            await store.AppendAsync("one", index, [events[index]], None);
        }

        Assert.Equal(await store.ListTrialsAsync("one", 0, 10, None), await store.ListTrialsAsync("all", 0, 10, None));
        for (var trial = 0; trial < 4; trial++)
        {
            Assert.Equal(await store.ListEpochsAsync("one", trial, None), await store.ListEpochsAsync("all", trial, None));
        }

        Assert.Equal(
            (await ReadAsync(store, "one")).Select(entry => (entry.Sequence, EventCodec.Encode(entry.Event))),
            (await ReadAsync(store, "all")).Select(entry => (entry.Sequence, EventCodec.Encode(entry.Event))));
        Assert.Null(await store.FindCheckpointAsync("all", 1, None));
        Assert.NotNull(await store.FindCheckpointAsync("all", 9, None));
    }

    [Fact]
    public async Task AppendAsync_OddText_ReadsBack()
    {
        const string Odd = "quote ' \" back \\ slash \n line \t tab \u0001 \0 nul \U0001F600 emoji; DROP TABLE sweep;--";
        await using var store = await OpenAsync();
        await store.CreateSweepAsync(Sweeps.Row("s"), None);
        await store.AppendAsync("s", 0, [Sweeps.Trial(0), new TrialEnded(0, TrialState.Failed, FailureReason.Error, Odd)], None);
        Assert.Equal(Odd, ((TrialEnded)(await ReadAsync(store, "s"))[1].Event).Detail);
        Assert.Equal(Odd.Replace('\0', '\uFFFD'), (await store.FindTrialAsync("s", 0, None))!.Detail);
    }

    [Fact]
    public async Task SaveCheckpointAsync_OlderAttempt_IsIgnored_AndTheEndDeletesIt()
    {
        await using var store = await OpenAsync();
        await store.CreateSweepAsync(Sweeps.Row("s"), None);
        await store.AppendAsync("s", 0, [Sweeps.Trial(0)], None);
        var report = new EpochReport(1, 1, 2, 3, double.NaN, 0.1);
        await store.SaveCheckpointAsync("s", new CheckpointRow(0, 2, 0, 1, [report], new byte[] { 1, 2 }), None);
        await store.SaveCheckpointAsync("s", new CheckpointRow(0, 1, 0, 9, [], new byte[] { 9 }), None);
        var kept = (await store.FindCheckpointAsync("s", 0, None))!;
        Assert.Equal((2, 1), (kept.Attempt, kept.EpochsDone));
        Assert.Equal([1, 2], kept.Data.ToArray());
        Assert.Equal([report], kept.Reports);
        var ofProgram = report with { Figures = [2, double.NaN] };
        await store.SaveCheckpointAsync("s", new CheckpointRow(0, 2, 1, 4, [ofProgram], ReadOnlyMemory<byte>.Empty), None);
        kept = (await store.FindCheckpointAsync("s", 0, None))!;
        Assert.Equal((4, 0, ofProgram), (kept.EpochsDone, kept.Data.Length, kept.Reports[0]));
        await store.AppendAsync("s", 1, [new TrialEnded(0, TrialState.Completed, FailureReason.None, null)], None);
        Assert.Null(await store.FindCheckpointAsync("s", 0, None));
        await store.SaveCheckpointAsync("s", new CheckpointRow(0, 2, 1, 4, [], new byte[] { 4 }), None);
        Assert.Null(await store.FindCheckpointAsync("s", 0, None));
    }

    [Fact]
    public async Task AppendAsync_HoweverTheEventsAreCut_TheTablesAreTheSame()
    {
        await using var store = await OpenAsync();
        for (var seed = 0; seed < 40; seed++)
        {
            var events = RandomSweep.Events(seed);
            var whole = await AppendAsync(store, $"whole-{seed}", seed, [events]);
            Assert.Equal(whole, await AppendAsync(store, $"single-{seed}", seed, events.Select(one => new[] { one })));
            Assert.Equal(whole, await AppendAsync(store, $"cut-{seed}", seed, RandomSweep.Cut(events, seed)));
        }
    }

    [Fact]
    public async Task AppendAsync_LastStatementFails_NothingIsKept()
    {
        await using var store = await OpenAsync();
        await store.CreateSweepAsync(Sweeps.Row("s"), None);
        await store.AppendAsync("s", 0, [Sweeps.Trial(0)], None);
        var error = await Assert.ThrowsAsync<StorageException>(() => store.AppendAsync("s", 1, [new PauseChanged(true), Sweeps.Trial(0)], None));
        Assert.Contains("cannot append to the journal", error.Message, StringComparison.Ordinal);
        Assert.Single(await ReadAsync(store, "s"));
        Assert.Equal((SweepStatus.Running, 1), (await store.FindSweepAsync("s", None)) is { } row ? (row.Status, row.Trials) : default);
        await store.AppendAsync("s", 1, [Sweeps.Trial(1)], None);
    }

    [Fact]
    public async Task AppendAsync_SweepThatIsNotRegistered_SaysSo()
    {
        await using var store = await OpenAsync();
        var error = await Assert.ThrowsAsync<StorageException>(() => store.AppendAsync("s", 0, [Sweeps.Trial(0)], None));
        Assert.Contains("sweep s is not registered", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AppendAsync_LongSweep_StatementsAreBoundedByTheBatch()
    {
        await using var store = (SqlSweepStore)await OpenAsync();
        await store.CreateSweepAsync(Sweeps.Row("s"), None);
        var counts = new List<int>();
        var words = new JournalWords([]);
        for (var trial = 0; trial < 300; trial++)
        {
            EpochReport[] epochs = [new(1, 1, 1.0 / (trial + 1), 0, 0, 0.1), new(2, 1, 2, 0, 0, 0.1)];
            SweepEvent[] events =
            [
                Sweeps.Trial(trial), new SegmentStarted(trial, 0, 0, 2, 0, 100), new SegmentFinished(trial, 0, epochs, false, null),
                new TrialEnded(trial, TrialState.Completed, FailureReason.None, null),
            ];
            (var batch, words) = await store.AppendixAsync("s", 4 * trial, events, words, None);
            counts.Add(batch.Count);
            await store.AppendAsync("s", 4 * trial, events, None);
        }

        // The events in a block, one trial, its two epochs and its checkpoint, and the sweep; and once the words.
        Assert.All(counts.Skip(1), count => Assert.Equal(1 + 1 + 2 + 1 + 1, count));
    }

    [Fact]
    public async Task AppendAsync_LimitOnTheGap_WithinItIsBetterWhateverTheValue()
    {
        const string Spec = "{target: curve, objective: {minimize: validation.loss, where: gap <= 0.2}}";
        await using var store = await OpenAsync();
        await store.CreateSweepAsync(Sweeps.Row("s") with { Spec = SweepFile.Canonical(SweepFile.Parse(Spec, "s").Spec!) }, None);

        // Losses of training and validation: gaps of 0.5, 0.1, 0.15 and 0.3.
        (double, double)[] epochs = [(0.5, 1), (1.9, 2), (1.75, 1.9), (0.2, 0.5)];
        await store.AppendAsync("s", 0, [Sweeps.Trial(0)], None);
        for (var epoch = 0; epoch < epochs.Length; epoch++)
        {
            var (training, validation) = epochs[epoch];
            await store.AppendAsync("s", epoch + 1, [new SegmentFinished(0, epoch, [new(epoch + 1, training, validation, training, validation, 0.1)], false, null)], None);
        }

        Assert.Equal((3, 1.9), ((await store.FindTrialAsync("s", 0, None))!.BestEpoch, (await store.FindTrialAsync("s", 0, None))!.Value));
        Assert.Equal((1.9, 0), ((await store.FindSweepAsync("s", None))!.BestValue, (await store.FindSweepAsync("s", None))!.BestTrial));
    }

    [Fact]
    public async Task AppendAsync_RaceAndConfirmation_RolesAndFreshSeedsAreNoBest()
    {
        const string Spec = "{target: curve, objective: {minimize: validation.loss}, replicates: {race: 3}, confirm: 2}";
        await using var store = await OpenAsync();
        await store.CreateSweepAsync(Sweeps.Row("s") with { Spec = SweepFile.Canonical(SweepFile.Parse(Spec, "s").Spec!) }, None);
        for (var replicate = 0; replicate < 5; replicate++)
        {
            var loss = 1.0 / (replicate + 1);
            await store.AppendAsync("s", 2 * replicate, [Sweeps.Trial(replicate) with { Configuration = 0, Replicate = replicate }], None);
            await store.AppendAsync("s", 2 * replicate + 1, [new SegmentFinished(replicate, 0, [new(1, loss, loss, loss, loss, 0.1)], false, null)], None);
        }

        var dump = await Tables.DumpAsync(((SqlSweepStore)store).Dialect, "s");
        Assert.Equal(
            ["search", "race", "race", "confirmation", "confirmation"],
            dump.Split('\n').Where(line => line.StartsWith("trial:", StringComparison.Ordinal)).Select(line => Regex.Match(line, "role=(\\w+)").Groups[1].Value));
        Assert.Equal(2, (await store.FindSweepAsync("s", None))!.BestTrial);
    }

    private static async Task<string> AppendAsync(ISweepStore store, string sweep, int seed, IEnumerable<IReadOnlyList<SweepEvent>> parts)
    {
        var row = seed % 2 == 0 ? Sweeps.Row(sweep) : Sweeps.Row(sweep) with { Spec = Sweeps.MaximizingSpec };
        await store.CreateSweepAsync(row, None);
        for (var trial = 0; trial < 12; trial++)
        {
            await store.SaveCheckpointAsync(sweep, new CheckpointRow(trial, 1, 0, 1, [], new byte[] { 1 }), None);
        }

        var at = 0;
        foreach (var part in parts)
        {
            await store.AppendAsync(sweep, at, part, None);
            at += part.Count;
        }

        var journal = (await ReadAsync(store, sweep)).Select(entry => $"{entry.Sequence}: {EventCodec.Encode(entry.Event).Payload}");
        return string.Join('\n', [await Tables.DumpAsync(((SqlSweepStore)store).Dialect, sweep), .. journal]);
    }

    private static async Task<List<JournalEntry>> ReadAsync(ISweepStore store, string sweep)
    {
        var entries = new List<JournalEntry>();
        await foreach (var entry in store.ReadAsync(sweep, 0, None))
        {
            entries.Add(entry);
        }

        return entries;
    }
}
