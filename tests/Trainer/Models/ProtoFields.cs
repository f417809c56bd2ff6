using System.Text;

namespace ApproxCluster.Trainer.Tests;

/// <summary>A protocol-buffer message taken apart by the rules of the wire format alone; independent of the writer.</summary>
internal sealed class ProtoFields
{
    private readonly List<(int Field, long Number, byte[] Bytes)> fields = [];

    public ProtoFields(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var key = Varint(ref bytes);
            var field = (int)(key >> 3);
            switch (key & 7)
            {
                case 0:
                    fields.Add((field, Varint(ref bytes), []));
                    break;
                case 2:
                    var length = (int)Varint(ref bytes);
                    fields.Add((field, length, bytes[..length].ToArray()));
                    bytes = bytes[length..];
                    break;
                case 5:
                    fields.Add((field, 0, bytes[..4].ToArray()));
                    bytes = bytes[4..];
                    break;
                default:
                    throw new InvalidDataException($"Field {field} has wire type {key & 7}.");
            }
        }
    }

    public IEnumerable<ProtoFields> Messages(int field) => Blocks(field).Select(bytes => new ProtoFields(bytes));

    public string[] Texts(int field) => [.. Blocks(field).Select(Encoding.UTF8.GetString)];

    public long[] Numbers(int field) => [.. fields.Where(it => it.Field == field).Select(it => it.Number)];

    public IEnumerable<byte[]> Blocks(int field) => fields.Where(it => it.Field == field).Select(it => it.Bytes);

    private static long Varint(ref ReadOnlySpan<byte> bytes)
    {
        long value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = bytes[0];
            bytes = bytes[1..];
            value |= (long)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}
