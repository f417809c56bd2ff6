using System.Collections.Concurrent;
using System.Data.Common;
using ApproxCluster.Search;

namespace ApproxCluster.Storage;

/// <content>Appending: the events and the tables that follow from them, in one batch.</content>
internal sealed partial class SqlSweepStore
{
    private static readonly Statement InsertBlock = new("INSERT INTO journal_block (sweep_id, seq, entries, payload, at) VALUES ($1, $2, $3, $4, $5)");

    // Its place is computed from its predecessor: where none ends before it, it is NULL, which the column refuses.
    private static readonly Statement InsertNextBlock = new(
        "INSERT INTO journal_block (sweep_id, seq, entries, payload, at) VALUES ($1, "
        + "(SELECT CASE WHEN seq + entries = $2 THEN seq + entries END FROM journal_block WHERE sweep_id = $1 AND seq < $2 ORDER BY seq DESC LIMIT 1), $3, $4, $5)");

    private static readonly Statement InsertWord = Statement.Insert("journal_word", ["sweep_id", "number", "word"]);

    // What a sweep is judged by never changes.
    private readonly ConcurrentDictionary<string, SweepRules> rules = new(StringComparer.Ordinal);

    // The words of the journals that this store appends to. A journal has one writer; what another has added in the meantime shows as a conflict, after which they are read again.
    private readonly ConcurrentDictionary<string, JournalWords> writing = new(StringComparer.Ordinal);

    /// <inheritdoc />
    public Task AppendAsync(string sweep, long firstSequence, IReadOnlyList<SweepEvent> events, CancellationToken cancellationToken) =>
        GuardAsync("append to the journal", async () =>
        {
            if (events.Count == 0)
            {
                return true;
            }

            writing.TryRemove(sweep, out var known);
            known ??= await WordsAsync(sweep, cancellationToken);
            var (batch, words) = await AppendixAsync(sweep, firstSequence, events, known, cancellationToken);
            try
            {
                await dialect.WriteAsync(batch, cancellationToken);
                writing[sweep] = words;
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
                        $"Journal of {sweep} does not end before event {firstSequence}. Read the journal again."),
                    error);
            }
        });

    /// <inheritdoc />
    public Task SaveEpochsAsync(string sweep, IReadOnlyList<EpochRow> epochs, CancellationToken cancellationToken) => GuardAsync("save epochs", async () =>
    {
        var batch = new Batch();
        Projection.AddTold(batch, sweep, epochs);
        return batch.Count == 0 || await dialect.WriteAsync(batch, cancellationToken) > 0;
    });

    /// <summary>The statements of an append: as many as its blocks, epochs and trials ask for, however long the sweep is; and the journal's words after it.</summary>
    internal async Task<(Batch Batch, JournalWords Words)> AppendixAsync(
        string sweep, long sequence, IReadOnlyList<SweepEvent> events, JournalWords known, CancellationToken cancellationToken)
    {
        var batch = new Batch();
        var now = time.GetUtcNow();
        var projection = new Projection(sweep, await RulesAsync(sweep, cancellationToken));
        var words = new NewWords(known);
        foreach (var (first, count, payload) in JournalBlock.Pack(sequence, events, words))
        {
            batch.Add(first == sequence && sequence > 0 ? InsertNextBlock : InsertBlock, sweep, first, count, payload, now);
        }

        var digest = events.Any(one => one is SweepEnded) ? await DigestAsync(sweep, sequence, events, cancellationToken) : null;
        foreach (var one in events)
        {
            projection.Apply(one, now, digest);
        }

        projection.AddTo(batch, words);
        for (var index = 0; index < words.Added.Count; index++)
        {
            batch.Add(InsertWord, sweep, words.FirstNumber + index, words.Added[index]);
        }

        return (batch, words.All);
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
}
