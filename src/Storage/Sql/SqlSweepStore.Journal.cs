using System.Buffers;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using ApproxCluster.Search;

namespace ApproxCluster.Storage;

/// <content>Reading the journal: its blocks, and the words that they name.</content>
internal sealed partial class SqlSweepStore
{
    /// <inheritdoc />
    public async IAsyncEnumerable<JournalEntry> ReadAsync(
        string sweep, long fromSequence, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var (block, at, entries) in BlocksAsync(sweep, fromSequence, cancellationToken))
        {
            for (var index = (int)Math.Max(0, fromSequence - block.Sequence); index < entries.Count; index++)
            {
                yield return new JournalEntry(block.Sequence + index, EventCodec.Decode(entries[index].Json), at);
            }
        }
    }

    /// <summary>Once a sweep: the digest is computed from what the journal really holds, and what is about to be appended.</summary>
    private async Task<string> DigestAsync(string sweep, long before, IEnumerable<SweepEvent> appended, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await foreach (var (block, _, entries) in BlocksAsync(sweep, 0, cancellationToken))
        {
            foreach (var (json, _) in entries.Take((int)Math.Clamp(before - block.Sequence, 0, int.MaxValue)).Where(entry => entry.IsCanonical))
            {
                hash.AppendData(json.Span);
                hash.AppendData("\n"u8);
            }
        }

        var buffer = new ArrayBufferWriter<byte>(512);
        foreach (var one in appended.Where(one => one.IsCanonical))
        {
            buffer.ResetWrittenCount();
            EventCodec.Write(one, buffer);
            hash.AppendData(buffer.WrittenSpan);
            hash.AppendData("\n"u8);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private async IAsyncEnumerable<(JournalBlock Block, DateTimeOffset At, List<(ReadOnlyMemory<byte> Json, bool IsCanonical)> Entries)> BlocksAsync(
        string sweep, long fromSequence, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        const int Page = 200;
        IReadOnlyList<(JournalBlock Block, DateTimeOffset At)> page;
        do
        {
            page = await ReadAsync(
                "read the journal",
                "SELECT seq, entries, payload, at FROM journal_block WHERE sweep_id = @id "
                + "AND seq >= COALESCE((SELECT MAX(seq) FROM journal_block WHERE sweep_id = @id AND seq <= @from), @from) "
                + FormattableString.Invariant($"ORDER BY seq LIMIT {Page}"),
                reader => (new JournalBlock(reader.GetInt64(0), reader.GetInt32(1), reader.GetFieldValue<byte[]>(2)), dialect.ReadTime(reader, 3)),
                cancellationToken,
                ("@id", sweep),
                ("@from", fromSequence));

            // Read after the blocks, and so with every word that they name.
            var words = page.Count == 0 ? null : await WordsAsync(sweep, cancellationToken);
            foreach (var (block, at) in page.Where(row => row.Block.Sequence + row.Block.Count > fromSequence))
            {
                yield return (block, at, block.Unpack(words!));
                fromSequence = block.Sequence + block.Count;
            }
        }
        while (page.Count == Page);
    }

    private async Task<JournalWords> WordsAsync(string sweep, CancellationToken cancellationToken) => new(await ReadAsync(
        "read the journal's words",
        "SELECT word FROM journal_word WHERE sweep_id = @id ORDER BY number",
        reader => reader.GetString(0),
        cancellationToken,
        ("@id", sweep)));
}
