using System.Buffers.Binary;

namespace ApproxCluster.Trainer;

/// <summary>
/// Writes 8-bit grey, grey and alpha, RGB or RGBA pictures as PNG. Pixels go into stored (uncompressed) deflate blocks, so the same
/// picture gives the same bytes on every machine and runtime, which a compressor does not promise.
/// </summary>
public static class PngWriter
{
    private const int BlockBytes = 65535;

    /// <summary>The bytes of a PNG file.</summary>
    /// <param name="width">Pixels across, at least 1.</param>
    /// <param name="height">Pixels down, at least 1.</param>
    /// <param name="channels">1 grey, 2 grey and alpha, 3 RGB, 4 RGBA.</param>
    /// <param name="pixels">[height x width x channels], row by row from the top.</param>
    public static byte[] Write(int width, int height, int channels, ReadOnlySpan<byte> pixels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(channels, 4);
        ArgumentOutOfRangeException.ThrowIfNotEqual((long)pixels.Length, (long)width * height * channels, nameof(pixels));

        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;
        header[9] = (byte)(channels switch { 1 => PngColour.Grey, 2 => PngColour.GreyAlpha, 3 => PngColour.Rgb, _ => PngColour.Rgba });

        var file = new MemoryStream();
        file.Write(PngChunks.Signature);
        WriteChunk(file, "IHDR"u8, header);
        WriteChunk(file, "IDAT"u8, Store(Rows(width * channels, height, pixels)));
        WriteChunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    /// <summary>Length, type, content, checksum.</summary>
    internal static void WriteChunk(Stream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> content)
    {
        var chunk = new byte[12 + content.Length];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        type.CopyTo(chunk.AsSpan(4));
        content.CopyTo(chunk.AsSpan(8));
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8 + content.Length), Crc32.Of(chunk.AsSpan(4, 4 + content.Length)));
        file.Write(chunk);
    }

    private static byte[] Rows(int rowBytes, int height, ReadOnlySpan<byte> pixels)
    {
        var rows = new byte[(long)height * (rowBytes + 1)];
        for (var y = 0; y < height; y++)
        {
            pixels.Slice(y * rowBytes, rowBytes).CopyTo(rows.AsSpan(y * (rowBytes + 1) + 1));
        }

        return rows;
    }

    /// <summary>A zlib stream (RFC 1950) of stored blocks (RFC 1951, 3.2.4).</summary>
    private static byte[] Store(ReadOnlySpan<byte> data)
    {
        var stream = new MemoryStream();
        stream.Write([0x78, 0x01]);
        Span<byte> blockHeader = stackalloc byte[5];
        for (var start = 0; start < data.Length; start += BlockBytes)
        {
            var block = data.Slice(start, Math.Min(BlockBytes, data.Length - start));
            blockHeader[0] = (byte)(start + block.Length == data.Length ? 1 : 0);
            BinaryPrimitives.WriteUInt16LittleEndian(blockHeader[1..], (ushort)block.Length);
            BinaryPrimitives.WriteUInt16LittleEndian(blockHeader[3..], (ushort)~block.Length);
            stream.Write(blockHeader);
            stream.Write(block);
        }

        Span<byte> sum = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(sum, Adler32(data));
        stream.Write(sum);
        return stream.ToArray();
    }

    private static uint Adler32(ReadOnlySpan<byte> data)
    {
        var (a, b) = (1u, 0u);
        foreach (var value in data)
        {
            a = (a + value) % 65521;
            b = (b + a) % 65521;
        }

        return (b << 16) | a;
    }
}
