using System.Security.Cryptography;
using System.Text;
using ApproxCluster.Search;

namespace ApproxCluster.Storage.Tests;

/// <content>The journal: its versions, its blocks, its words.</content>
public abstract partial class SweepStoreContract
{
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
}
