using System.Buffers.Binary;
using System.Text;

namespace ApproxCluster.Trainer;

/// <summary>The chunks of a PNG file that the reader needs, checked: signature, lengths, checksums, order, unknown critical chunks.</summary>
internal sealed class PngChunks
{
    private readonly List<ReadOnlyMemory<byte>> data = [];

    private PngChunks(PngHeader header) => Header = header;

    /// <summary>The eight bytes that every PNG file begins with.</summary>
    public static ReadOnlySpan<byte> Signature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>The header.</summary>
    public PngHeader Header { get; }

    /// <summary>Palette, 3 bytes an entry; empty where there is none.</summary>
    public ReadOnlyMemory<byte> Palette { get; private set; }

    /// <summary>Transparency: alpha of palette entries, or the one transparent colour.</summary>
    public ReadOnlyMemory<byte> Transparency { get; private set; }

    /// <summary>The compressed pixels, piece by piece.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Data => data;

    /// <summary>Walks through a file.</summary>
    public static PngChunks Read(ReadOnlyMemory<byte> file, string path)
    {
        if (!file.Span.StartsWith(Signature))
        {
            throw new TargetException($"{path}: it does not begin as a PNG file, but must. Convert it to PNG.");
        }

        PngChunks? chunks = null;
        var rest = file[Signature.Length..];
        while (true)
        {
            var (type, content, next) = One(rest, path);
            if ((chunks is null) != (type == "IHDR"))
            {
                throw new TargetException($"{path}: chunk {type} is out of order, but IHDR must come first and once. Fetch the file again.");
            }

            if (type == "IEND")
            {
                return chunks!;
            }

            chunks ??= new PngChunks(PngHeader.Read(content.Span, path));
            chunks.Keep(type, content, path);
            rest = next;
        }
    }

    private static (string Type, ReadOnlyMemory<byte> Content, ReadOnlyMemory<byte> Next) One(ReadOnlyMemory<byte> rest, string path)
    {
        var length = rest.Length >= 12 ? BinaryPrimitives.ReadUInt32BigEndian(rest.Span) : uint.MaxValue;
        if (length > rest.Length - 12L)
        {
            throw new TargetException($"{path}: it ends within a chunk or before IEND. Fetch the file again.");
        }

        var checkedPart = rest.Slice(4, 4 + (int)length);
        var type = Encoding.Latin1.GetString(checkedPart.Span[..4]);
        if (!type.All(char.IsAsciiLetter))
        {
            throw new TargetException($"{path}: a chunk's type is not made of four letters, but must be. Fetch the file again.");
        }

        var (stated, actual) = (BinaryPrimitives.ReadUInt32BigEndian(rest.Span[(8 + (int)length)..]), Crc32.Of(checkedPart.Span));
        return stated == actual
            ? (type, checkedPart[4..], rest[(12 + (int)length)..])
            : throw new TargetException($"{path}: the checksum of chunk {type} is {stated:x8}, but must be {actual:x8}. Fetch the file again.");
    }

    private void Keep(string type, ReadOnlyMemory<byte> content, string path)
    {
        switch (type)
        {
            case "IHDR":
                break;
            case "PLTE" when content.Length is > 0 and <= 768 && content.Length % 3 == 0:
                Palette = content;
                break;
            case "PLTE":
                throw new TargetException($"{path}: its palette has {content.Length} bytes, but must have 3 for each of 1 to 256 colours. Fetch the file again.");
            case "tRNS":
                Transparency = content;
                break;
            case "IDAT":
                data.Add(content);
                break;
            default:
                if (char.IsAsciiLetterUpper(type[0]))
                {
                    throw new TargetException($"{path}: it has a critical chunk {type}, which is not known here. Save the picture again with another program.");
                }

                break;
        }
    }
}
