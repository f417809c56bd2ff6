using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace ApproxCluster.Search;

/// <summary>SHA-256 over the canonical events so far: each one's JSON and a line feed.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A state is dropped, not closed; the hash is a handle that frees itself.")]
internal sealed class JournalDigest
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly ArrayBufferWriter<byte> buffer = new(512);

    /// <summary>Lower-case hexadecimal.</summary>
    public string Value => Convert.ToHexStringLower(hash.GetCurrentHash());

    public void Add(SweepEvent sweepEvent)
    {
        if (!sweepEvent.IsCanonical)
        {
            return;
        }

        buffer.ResetWrittenCount();
        EventWriter.Write(sweepEvent, buffer);
        buffer.Write("\n"u8);
        hash.AppendData(buffer.WrittenSpan);
    }
}
