using System.Collections.Concurrent;
using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using ApproxCluster.Search;

namespace ApproxCluster.Storage;

/// <content>Appending: the events and the tables that follow from them, in one batch.</content>
internal sealed partial class SqlSweepStore
{
    private static readonly Statement InsertEvent = Statement.Insert("sweep_event", ["sweep_id", "seq", "type", "canonical", "payload", "at"]);

    // Its place is computed from its predecessor: where there is none it is NULL, which the column refuses.
    private static readonly Statement InsertNextEvent = new(
        "INSERT INTO sweep_event (sweep_id, seq, type, canonical, payload, at) "
        + "VALUES ($1, (SELECT seq + 1 FROM sweep_event WHERE sweep_id = $1 AND seq = $2 - 1), $3, $4, $5, $6)");

    // What a sweep is judged by never changes.
    private readonly ConcurrentDictionary<string, SweepRules> rules = new(StringComparer.Ordinal);

    /// <inheritdoc />
    public Task AppendAsync(string sweep, long firstSequence, IReadOnlyList<SweepEvent> events, CancellationToken cancellationToken) =>
        GuardAsync("append to the journal", async () =>
        {
            if (events.Count == 0)
            {
                return true;
            }

            var batch = await AppendixAsync(sweep, firstSequence, events, cancellationToken);
            try
            {
                await dialect.WriteAsync(batch, cancellationToken);
                return true;
            }
            catch (DbException error) when (dialect.IsConflict(error))
            {
                throw new JournalConflictException(
                    FormattableString.Invariant($"Journal of {sweep} has an event {firstSequence} already: another coordinator has taken over."), error);
            }
            catch (DbException error) when (dialect.IsGap(error))
            {
                throw new JournalConflictException(
                    FormattableString.Invariant(
                        $"Journal of {sweep} has no event {firstSequence - 1}, so event {firstSequence} would leave a gap. Read the journal again."),
                    error);
            }
        });

    /// <inheritdoc />
    public Task SaveEpochsAsync(string sweep, IReadOnlyList<EpochRow> epochs, CancellationToken cancellationToken) => GuardAsync("save epochs", async () =>
    {
        var batch = new Batch();
        Projection.AddEpochs(batch, sweep, epochs);
        return batch.Count == 0 || await dialect.WriteAsync(batch, cancellationToken) > 0;
    });

    /// <summary>The statements of an append: as many as its events, epochs and trials ask for, however long the sweep is.</summary>
    internal async Task<Batch> AppendixAsync(string sweep, long sequence, IReadOnlyList<SweepEvent> events, CancellationToken cancellationToken)
    {
        var batch = new Batch();
        var now = time.GetUtcNow();
        var projection = new Projection(sweep, await RulesAsync(sweep, cancellationToken));
        var entries = events.Select(one => (one.IsCanonical, Entry: EventCodec.Encode(one))).ToList();
        var digest = events.Any(one => one is SweepEnded)
            ? await DigestAsync(sweep, sequence, entries.Where(entry => entry.IsCanonical).Select(entry => entry.Entry.Payload), cancellationToken)
            : null;
        for (var index = 0; index < events.Count; index++)
        {
            var (isCanonical, (type, payload)) = entries[index];
            batch.Add(
                index == 0 && sequence > 0 ? InsertNextEvent : InsertEvent, sweep, sequence + index, type, isCanonical ? 1 : 0, payload, now);
            projection.Apply(events[index], now, digest);
        }

        projection.AddTo(batch);
        return batch;
    }

    private async Task<SweepRules> RulesAsync(string sweep, CancellationToken cancellationToken)
    {
        if (rules.TryGetValue(sweep, out var known))
        {
            return known;
        }

        return First(await ReadAsync(
                "read a sweep's objective",
                "SELECT spec_text, objective, maximize FROM sweep WHERE id = @id",
                reader => rules[sweep] = SweepRules.Of(reader.GetString(0), new Objective(reader.GetInt32(2) == 1, reader.GetString(1))),
                cancellationToken,
                ("@id", sweep)))
            ?? throw new StorageException($"{dialect.Place}: sweep {sweep} is not registered. Register it before its events.");
    }

    /// <summary>Once a sweep: the digest is computed from what the journal really holds, and what is about to be appended.</summary>
    private async Task<string> DigestAsync(string sweep, long before, IEnumerable<string> appended, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await ForEachAsync(
            "read the journal",
            "SELECT payload FROM sweep_event WHERE sweep_id = @id AND seq < @before AND canonical = 1 ORDER BY seq",
            reader => Add(reader.GetString(0)),
            cancellationToken,
            ("@id", sweep),
            ("@before", before));
        foreach (var payload in appended)
        {
            Add(payload);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());

        void Add(string payload) => hash.AppendData(Encoding.UTF8.GetBytes(payload + "\n"));
    }
}
