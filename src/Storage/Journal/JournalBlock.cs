using System.Buffers;
using ApproxCluster.Search;

namespace ApproxCluster.Storage;

/// <summary>
/// Consecutive entries of a journal in one row. The payload is a byte with the format's version and the entries, each packed by <see cref="PackedWriter"/>, behind <see cref="PackedToken.Operational"/> where it does not count in the digest; or, as
/// earlier programs wrote it, one entry as JSON. Either way an entry is the text of <see cref="EventCodec"/>, whatever its type.
/// </summary>
/// <param name="Sequence">Number of the first entry.</param>
/// <param name="Count">Entries.</param>
/// <param name="Payload">The bytes.</param>
internal sealed record JournalBlock(long Sequence, int Count, ReadOnlyMemory<byte> Payload)
{
    private const byte Version = 1;

    // PostgreSQL keeps rows of up to 2 kB in their place.
    private const int MostBytes = 1900;

    /// <summary>Packs events into blocks, each as many as fit and at least one.</summary>
    public static List<JournalBlock> Pack(long sequence, IReadOnlyList<SweepEvent> events, NewWords words)
    {
        var blocks = new List<JournalBlock>();
        var (json, packed, block) = (new ArrayBufferWriter<byte>(512), new PackedWriter(words), new ArrayBufferWriter<byte>(MostBytes));
        var count = 0;
        foreach (var one in events)
        {
            json.ResetWrittenCount();
            EventCodec.Write(one, json);
            packed.Clear();
            if (!one.IsCanonical)
            {
                packed.Token(PackedToken.Operational);
            }

            packed.Value(json.WrittenSpan);
            if (count > 0 && block.WrittenCount + packed.Written.Length > MostBytes)
            {
                Close();
            }

            if (count++ == 0)
            {
                block.Write([Version]);
            }

            block.Write(packed.Written);
        }

        if (count > 0)
        {
            Close();
        }

        return blocks;

        void Close()
        {
            blocks.Add(new(sequence, count, block.WrittenSpan.ToArray()));
            sequence += count;
            count = 0;
            block.ResetWrittenCount();
        }
    }

    /// <summary>The texts of its entries, and whether each counts in the digest.</summary>
    /// <exception cref="InvalidDataException">The payload cannot be read.</exception>
    public List<(ReadOnlyMemory<byte> Json, bool IsCanonical)> Unpack(JournalWords words)
    {
        if (Payload.Span is [(byte)'{', ..])
        {
            return [(Payload, EventCodec.Decode(Payload).IsCanonical)];
        }

        if (Payload.Span is not [Version, ..])
        {
            throw new InvalidDataException(FormattableString.Invariant($"The journal's block of entry {Sequence} has a format that this version does not know. Use the version that wrote it, or a newer one."));
        }

        var json = new ArrayBufferWriter<byte>(4 * Payload.Length);
        var packed = new PackedReader(Payload.Span[1..], words, json);
        var ends = new List<(int End, bool IsCanonical)>(Count);
        while (!packed.IsAtEnd)
        {
            var isCanonical = !packed.Skip(PackedToken.Operational);
            packed.Value();
            ends.Add((json.WrittenCount, isCanonical));
        }

        var begin = 0;
        return ends.ConvertAll(entry =>
        {
            var text = json.WrittenMemory[begin..entry.End];
            begin = entry.End;
            return (text, entry.IsCanonical);
        });
    }
}
