using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using ApproxCluster.Search;
using ApproxCluster.Trainer;

namespace ApproxCluster.Storage.Tests;

/// <summary>What every store must do.</summary>
public abstract class SweepStoreContract
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
        await store.SaveCheckpointAsync("s", new CheckpointRow(0, 2, 1, 4, [], new byte[] { 4 }), None);
        Assert.Equal(4, (await store.FindCheckpointAsync("s", 0, None))!.EpochsDone);
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

    [Fact]
    public async Task MigrateAsync_FromEveryOlderVersion_KeepsTheData()
    {
        for (var version = 1; version <= Migrator.Scripts.Count; version++)
        {
            await using var store = (SqlSweepStore)await OpenAsync(version);
            await store.CreateSweepAsync(Sweeps.Row("s"), None);
            await Task.WhenAll(store.MigrateAsync(None), store.MigrateAsync(None));
            Assert.NotNull(await store.FindSweepAsync("s", None));
            await store.AppendAsync("s", 0, Sweeps.Events(), None);
        }
    }

    [Fact]
    public async Task MigrateAsync_JournalOfOneRowAnEntry_GoesOnToTheSameDigest()
    {
        const int BeforeBlocks = 4;
        const int Written = 9;
        const string Odd = "back \\ slash \u0000 \u00e4";
        await using var store = (SqlSweepStore)await OpenAsync(BeforeBlocks);
        IReadOnlyList<SweepEvent> events = [.. Sweeps.Events().Take(Written), new TrialEnded(0, TrialState.Failed, FailureReason.Error, Odd), .. Sweeps.Events().Skip(Written + 1)];
        var insert = new Statement("INSERT INTO sweep_event (sweep_id, seq, type, canonical, payload, at) VALUES ($1, $2, $3, $4, $5, $6)");
        await store.CreateSweepAsync(Sweeps.Row("old"), None);
        for (var seq = 0; seq <= Written; seq++)
        {
            var (type, payload) = EventCodec.Encode(events[seq]);
            var batch = new Batch();
            batch.Add(insert, "old", (long)seq, type, events[seq].IsCanonical ? 1 : 0, payload, Sweeps.Start);
            await store.Dialect.WriteAsync(batch, None);
        }

        var trial = new Batch();
        trial.Add(
            new Statement("INSERT INTO trial (sweep_id, number, configuration, replicate, state, parameters, seed) VALUES ($1, $2, $3, $4, $5, $6, $7)"),
            "old", 0, 0, 0, "running", Cell.Json("""{"rate": 0.1}"""), "5");
        trial.Add(new Statement("INSERT INTO epoch (sweep_id, trial, epoch, training_loss, seconds) VALUES ($1, $2, $3, $4, $5)"), "old", 0, 1, 0.5, 0.25);
        await store.Dialect.WriteAsync(trial, None);

        await store.MigrateAsync(None);
        Assert.Equal(("""{"rate": 0.1}""", "5", TrialState.Running), (await store.FindTrialAsync("old", 0, None)) is { } row ? (row.Parameters, row.Seed, row.State) : default);
        Assert.Equal(0.25, Assert.Single(await store.ListEpochsAsync("old", 0, None)).Seconds);
        await store.AppendAsync("old", Written + 1, [.. events.Skip(Written + 1)], None);
        await store.CreateSweepAsync(Sweeps.Row("new"), None);
        await store.AppendAsync("new", 0, events, None);

        var read = await ReadAsync(store, "old");
        Assert.Equal(events.Select(EventCodec.Encode), read.Select(entry => EventCodec.Encode(entry.Event)));
        Assert.Equal(Sweeps.Start, read[Written].At);
        Assert.Equal((await store.FindSweepAsync("new", None))!.Digest, (await store.FindSweepAsync("old", None))!.Digest);
        await Assert.ThrowsAsync<JournalConflictException>(() => store.AppendAsync("old", Written, [new PauseChanged(true)], None));
    }

    [Fact]
    public async Task ReadAsync_FromTheMiddleOfAnAppend_GivesWhatFollows()
    {
        await using var store = await OpenAsync();
        await store.CreateSweepAsync(Sweeps.Row("s"), None);
        var events = Enumerable.Range(0, 300).Select(SweepEvent (number) => Sweeps.Trial(number)).ToList();
        await store.AppendAsync("s", 0, events.Take(200).ToList(), None);
        await store.AppendAsync("s", 200, events.Skip(200).ToList(), None);
        foreach (var from in (long[])[0, 1, 77, 199, 200, 201, 299, 300, 301])
        {
            var read = new List<JournalEntry>();
            await foreach (var entry in store.ReadAsync("s", from, None))
            {
                read.Add(entry);
            }

            Assert.Equal(Enumerable.Range(0, 300).Skip((int)from).Select(number => (long)number), read.Select(entry => entry.Sequence));
            Assert.Equal(events.Skip((int)from).Select(EventCodec.Encode), read.Select(entry => EventCodec.Encode(entry.Event)));
        }
    }

    [Fact]
    public async Task AppendAsync_ManyAppends_DigestIsOfEveryEntryOnce()
    {
        const int Appends = 400;
        await using var store = await OpenAsync();
        await store.CreateSweepAsync(Sweeps.Row("s"), None);
        var events = Enumerable.Range(0, Appends - 1)
            .Select(SweepEvent (number) => number % 2 == 0 ? Sweeps.Trial(number) : new PauseChanged(false))
            .Append(new SweepEnded(SweepStatus.Finished))
            .ToList();
        for (var index = 0; index < Appends; index++)
        {
            await store.AppendAsync("s", index, [events[index]], None);
        }

        var canonical = string.Concat(events.Where(one => one.IsCanonical).Select(one => EventCodec.Encode(one).Payload + "\n"));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical))), (await store.FindSweepAsync("s", None))!.Digest);
        Assert.Equal(Enumerable.Range(0, Appends).Select(number => (long)number), (await ReadAsync(store, "s")).Select(entry => entry.Sequence));
    }

    [Fact]
    public async Task AppendAsync_IntoAnAppend_IsAConflict()
    {
        await using var store = await OpenAsync();
        await store.CreateSweepAsync(Sweeps.Row("s"), None);
        await store.AppendAsync("s", 0, [Sweeps.Trial(0), Sweeps.Trial(1), Sweeps.Trial(2)], None);
        await Assert.ThrowsAsync<JournalConflictException>(() => store.AppendAsync("s", 1, [Sweeps.Trial(3)], None));
        await Assert.ThrowsAsync<JournalConflictException>(() => store.AppendAsync("s", 4, [Sweeps.Trial(3)], None));
        await store.AppendAsync("s", 3, [Sweeps.Trial(3)], None);
        Assert.Equal(4, (await ReadAsync(store, "s")).Count);
    }

    [Fact]
    public async Task AppendAsync_AnotherHasAddedWords_ConflictsOnceAndThenGoesThrough()
    {
        await using var store = await OpenAsync();
        var other = new SqlSweepStore(((SqlSweepStore)store).Dialect, Sweeps.Clock);
        await store.CreateSweepAsync(Sweeps.Row("s"), None);
        await store.AppendAsync("s", 0, [Sweeps.Trial(0)], None);
        await other.AppendAsync("s", 1, [new TrialEnded(0, TrialState.Completed, FailureReason.None, null)], None);
        await Assert.ThrowsAsync<JournalConflictException>(() => store.AppendAsync("s", 2, [new PauseChanged(true)], None));
        await store.AppendAsync("s", 2, [new PauseChanged(true)], None);
        Assert.Equal(
            new SweepEvent[] { Sweeps.Trial(0), new TrialEnded(0, TrialState.Completed, FailureReason.None, null), new PauseChanged(true) }.Select(EventCodec.Encode),
            (await ReadAsync(other, "s")).Select(entry => EventCodec.Encode(entry.Event)));
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
