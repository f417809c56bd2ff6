using System.Buffers;
using System.Text;

namespace ApproxCluster.Engine;

/// <summary>Lines of a stream, each in UTF-8; of a line that is too long nothing but its beginning, so that a program that writes no line ends takes no memory.</summary>
internal sealed class LineReader(Stream stream, int mostBytes)
{
    private readonly byte[] block = new byte[8192];
    private readonly ArrayBufferWriter<byte> line = new();
    private int next;
    private int filled;

    /// <summary>The next line without its end, and whether it was cut; null at the end.</summary>
    public (string Text, bool IsCut)? Read()
    {
        var (isCut, any) = (false, false);
        line.ResetWrittenCount();
        while (true)
        {
            if (next == filled)
            {
                (next, filled) = (0, stream.Read(block));
                if (filled == 0)
                {
                    return any ? (Text(), isCut) : null;
                }
            }

            any = true;
            var rest = block.AsSpan(next, filled - next);
            var end = rest.IndexOf((byte)'\n');
            var part = end < 0 ? rest : rest[..end];
            next += part.Length + (end < 0 ? 0 : 1);
            var room = Math.Min(part.Length, mostBytes - line.WrittenCount);
            isCut |= room < part.Length;
            line.Write(part[..room]);
            if (end >= 0)
            {
                return (Text(), isCut);
            }
        }
    }

    private string Text() => Encoding.UTF8.GetString(line.WrittenSpan).TrimEnd('\r');
}
