namespace ApproxCluster.Trainer;

/// <summary>Pieces of memory read one after the other, front to back.</summary>
internal sealed class PiecesStream(IReadOnlyList<ReadOnlyMemory<byte>> pieces) : Stream
{
    private int piece;
    private int offset;

    /// <inheritdoc />
    public override bool CanRead => true;

    /// <inheritdoc />
    public override bool CanSeek => false;

    /// <inheritdoc />
    public override bool CanWrite => false;

    /// <inheritdoc />
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc />
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc />
    public override int Read(Span<byte> buffer)
    {
        while (piece < pieces.Count && offset == pieces[piece].Length)
        {
            (piece, offset) = (piece + 1, 0);
        }

        if (piece == pieces.Count)
        {
            return 0;
        }

        var part = pieces[piece].Span[offset..];
        part = part[..Math.Min(part.Length, buffer.Length)];
        part.CopyTo(buffer);
        offset += part.Length;
        return part.Length;
    }

    /// <inheritdoc />
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc />
    public override void Flush()
    {
    }

    /// <inheritdoc />
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc />
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc />
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
