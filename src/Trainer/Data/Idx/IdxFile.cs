using System.Buffers.Binary;
using System.IO.Compression;

namespace ApproxCluster.Trainer;

/// <summary>
/// A file of unsigned bytes in the IDX format of the MNIST page: bytes 0, 0, 8 (unsigned byte), number of dimensions; their sizes as
/// big-endian 32-bit numbers; the values, last index fastest. May be compressed with gzip, which its first two bytes tell.
/// </summary>
internal sealed class IdxFile
{
    private const int MaximumDimensions = 4;

    /// <summary>Deflate stores at most 258 bytes in 2 bits, so no more than this many bytes come out of one.</summary>
    private const long MaximumRatio = 1032;

    private IdxFile(string path, IReadOnlyList<int> sizes) => (Path, Sizes) = (path, sizes);

    /// <summary>Full path.</summary>
    public string Path { get; }

    /// <summary>Size of each dimension.</summary>
    public IReadOnlyList<int> Sizes { get; }

    /// <summary>Items: the first dimension.</summary>
    public int Count => Sizes[0];

    /// <summary>Values of an item: the product of the other dimensions.</summary>
    public int Width => (int)(Length / Count);

    /// <summary>Values in all, at most <see cref="TargetDefinition.MaximumValues"/>.</summary>
    public long Length => Sizes.Aggregate(1L, (product, size) => product * size);

    /// <summary>Reads the header and checks that the file can hold what it claims.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="minimumDimensions">Fewest dimensions: 1 for labels, 2 for images.</param>
    /// <param name="maximumDimensions">Most dimensions.</param>
    public static IdxFile Open(string path, int minimumDimensions, int maximumDimensions = MaximumDimensions)
    {
        using var file = DataFile.Open(path);
        using var stream = Unpack(file, out var packed);
        var (sizes, header) = ReadHeader(stream, path, minimumDimensions, maximumDimensions);
        var claimed = CheckedProduct(sizes, path);
        var stored = file.Length;
        if (packed ? claimed + header > stored * MaximumRatio : claimed + header != stored)
        {
            throw new TargetException(packed
                ? $"{path}: its header claims {string.Join(" x ", sizes)} values, but {stored} compressed bytes hold at most {stored * MaximumRatio}. Fetch the file again."
                : $"{path}: its size is {stored} bytes, but must be {claimed + header}, as its header claims {string.Join(" x ", sizes)} values. Fetch the file again.");
        }

        return new IdxFile(path, sizes);
    }

    /// <summary>All values, [Count x Width]. Throws when the file ends early, goes on after them or has changed since it was opened.</summary>
    public byte[] ReadValues()
    {
        using var file = DataFile.Open(Path);
        using var stream = Unpack(file, out _);
        var (sizes, _) = ReadHeader(stream, Path, Sizes.Count, Sizes.Count);
        if (!sizes.SequenceEqual(Sizes))
        {
            throw new TargetException($"{Path}: its header has changed since it was opened. Leave data files alone while a sweep runs.");
        }

        var values = new byte[Length];
        var got = ReadBlock(stream, values, Path);
        if (got < values.Length)
        {
            throw new TargetException($"{Path}: it ends after {got} values, but must hold {values.Length}. Fetch the file again.");
        }

        if (ReadBlock(stream, new byte[1], Path) > 0)
        {
            throw new TargetException($"{Path}: it goes on after the {values.Length} values that its header claims. Fetch the file again.");
        }

        return values;
    }

    private static Stream Unpack(FileStream file, out bool packed)
    {
        var (first, second) = DataFile.Guard(file.Name, () => (file.ReadByte(), file.ReadByte()));
        packed = first == 0x1F && second == 0x8B;
        file.Position = 0;
        return packed ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    private static (int[] Sizes, int Bytes) ReadHeader(Stream stream, string path, int minimumDimensions, int maximumDimensions)
    {
        Span<byte> magic = stackalloc byte[4];
        if (ReadBlock(stream, magic, path) < 4 || magic[0] != 0 || magic[1] != 0)
        {
            throw new TargetException($"{path}: it does not begin as an IDX file, but must (bytes 00 00 08 and the number of dimensions). "
                + "Check that it is the right file.");
        }

        if (magic[2] != 8)
        {
            throw new TargetException($"{path}: its value type is 0x{magic[2]:X2}, but must be 0x08 (unsigned byte). Convert it.");
        }

        if (magic[3] < minimumDimensions || magic[3] > maximumDimensions)
        {
            var rule = minimumDimensions == maximumDimensions ? $"{minimumDimensions}" : $"{minimumDimensions} to {maximumDimensions}";
            throw new TargetException($"{path}: its number of dimensions is {magic[3]}, but must be {rule}. "
                + "Check that images and labels are not swapped.");
        }

        Span<byte> sizeBytes = stackalloc byte[4 * magic[3]];
        if (ReadBlock(stream, sizeBytes, path) < sizeBytes.Length)
        {
            throw new TargetException($"{path}: it ends within its header. Fetch the file again.");
        }

        var sizes = new int[magic[3]];
        for (var i = 0; i < sizes.Length; i++)
        {
            var size = BinaryPrimitives.ReadUInt32BigEndian(sizeBytes[(4 * i)..]);
            if (size is 0 or > int.MaxValue)
            {
                throw new TargetException($"{path}: size {i + 1} in its header is {size}, but must be from 1 to {int.MaxValue}. Check that it is the right file.");
            }

            sizes[i] = (int)size;
        }

        return (sizes, 4 + sizeBytes.Length);
    }

    private static long CheckedProduct(int[] sizes, string path)
    {
        var product = 1L;
        foreach (var size in sizes)
        {
            product *= size;
            if (product > TargetDefinition.MaximumValues)
            {
                throw new TargetException($"{path}: its header claims {string.Join(" x ", sizes)} values, but must claim at most "
                    + $"{TargetDefinition.MaximumValues}. Use a smaller set, or fetch the file again.");
            }
        }

        return product;
    }

    private static int ReadBlock(Stream stream, Span<byte> buffer, string path)
    {
        try
        {
            return stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        }
        catch (InvalidDataException fault)
        {
            throw new TargetException($"{path}: its compressed data are damaged. Fetch the file again.", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new TargetException(DataFile.Explain(path, fault), fault);
        }
    }
}
