using System.IO.Compression;

namespace ApproxCluster.Trainer;

/// <summary>
/// Reads PNG files (PNG specification, third edition): grey, RGB and palette with or without alpha, 1 to 16 bits, interlaced or not.
/// Sizes are checked against limits, and against what the compressed data can hold, before memory is taken. Gamma and colour profiles
/// are left alone: values are as stored.
/// </summary>
internal static class PngReader
{
    /// <summary>Longest file: 512 MiB.</summary>
    public const long MaximumBytes = 512L << 20;

    /// <summary>Bytes that may come out of one compressed byte: deflate stores at most 258 in 2 bits.</summary>
    private const long MaximumRatio = 1032;

    /// <summary>Reads the first chunk only.</summary>
    public static PngHeader ReadHeader(string path)
    {
        using var file = DataFile.Open(path);
        Span<byte> start = stackalloc byte[8 + 12 + 13];
        int got;
        try
        {
            got = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new TargetException(DataFile.Explain(path, fault), fault);
        }

        if (!start[..got].StartsWith(PngChunks.Signature))
        {
            throw new TargetException($"{path}: it does not begin as a PNG file, but must. Convert it to PNG.");
        }

        if (got < start.Length || !start[8..16].SequenceEqual("\0\0\0\rIHDR"u8))
        {
            throw new TargetException($"{path}: it has no IHDR chunk at its beginning, but must. Fetch the file again.");
        }

        return PngHeader.Read(start.Slice(16, 13), path);
    }

    /// <summary>Reads a picture.</summary>
    public static PngImage Read(string path) => Read(DataFile.ReadAll(path, MaximumBytes), path);

    /// <summary>Reads a picture from the bytes of a file.</summary>
    /// <param name="file">The bytes.</param>
    /// <param name="path">The file's name, for messages.</param>
    public static PngImage Read(ReadOnlyMemory<byte> file, string path)
    {
        var chunks = PngChunks.Read(file, path);
        var header = chunks.Header;
        var (claimed, stored) = (header.DataBytes(), chunks.Data.Sum(piece => (long)piece.Length));
        if (claimed > stored * MaximumRatio)
        {
            throw new TargetException($"{path}: its header claims {header.Width} x {header.Height} pixels ({claimed} bytes), but its {stored} compressed bytes "
                + $"hold at most {stored * MaximumRatio}. Fetch the file again.");
        }

        var pixels = new PngPixels(chunks, path);
        using var stream = new ZLibStream(new PiecesStream(chunks.Data), CompressionMode.Decompress);
        foreach (var pass in header.Passes())
        {
            ReadPass(stream, header, pass, pixels, path);
        }

        return ReadBlock(stream, new byte[1], path) == 0
            ? pixels.Image
            : throw new TargetException($"{path}: its pixels go on after the {header.Width} x {header.Height} that its header claims. Fetch the file again.");
    }

    private static void ReadPass(ZLibStream stream, PngHeader header, PngPass pass, PngPixels pixels, string path)
    {
        var columns = pass.Columns(header.Width);
        var length = header.RowBytes(columns);
        var step = Math.Max(1, header.Channels * header.Depth / 8);
        var (row, above) = (new byte[1 + length], new byte[1 + length]);
        for (var y = pass.Y; y < header.Height; y += pass.StepY)
        {
            if (ReadBlock(stream, row, path) < row.Length)
            {
                throw new TargetException($"{path}: its pixels end within row {y} of {header.Height}. Fetch the file again.");
            }

            if (!PngFilter.Undo(row[0], row.AsSpan(1), above.AsSpan(1), step))
            {
                throw new TargetException($"{path}: the filter of row {y} is {row[0]}, but must be 0 to 4. Fetch the file again.");
            }

            pixels.Put(row.AsSpan(1), columns, pass, y);
            (row, above) = (above, row);
        }
    }

    private static int ReadBlock(ZLibStream stream, Span<byte> buffer, string path)
    {
        try
        {
            return stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException)
        {
            throw new TargetException($"{path}: its compressed pixels are damaged. Fetch the file again.", fault);
        }
    }
}
