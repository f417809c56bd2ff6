using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;

namespace ApproxCluster.Trainer;

/// <summary>
/// The wire format of protocol buffers, as far as ONNX needs it: varints, and bytes with their length. Written by hand because the trainer depends on nothing but the base
/// library, and an ONNX file of ours takes no more than this.
/// </summary>
internal sealed class ProtoWriter
{
    private readonly ArrayBufferWriter<byte> buffer = new();

    /// <summary>The bytes so far.</summary>
    public ReadOnlySpan<byte> Bytes => buffer.WrittenSpan;

    /// <summary>A whole number; not for negative ones.</summary>
    public ProtoWriter Whole(int field, long value)
    {
        Varint((ulong)field << 3);
        Varint((ulong)value);
        return this;
    }

    /// <summary>A float.</summary>
    public ProtoWriter Single(int field, float value)
    {
        Varint(((ulong)field << 3) | 5);
        buffer.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<float>(in value)));
        return this;
    }

    /// <summary>Text in UTF-8.</summary>
    public ProtoWriter Text(int field, string value) => Block(field, Encoding.UTF8.GetBytes(value));

    /// <summary>A message within.</summary>
    public ProtoWriter Message(int field, ProtoWriter message) => Block(field, message.Bytes);

    /// <summary>Bytes.</summary>
    public ProtoWriter Block(int field, ReadOnlySpan<byte> value)
    {
        Varint(((ulong)field << 3) | 2);
        Varint((ulong)value.Length);
        buffer.Write(value);
        return this;
    }

    private void Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            buffer.Write([(byte)(value | 0x80)]);
        }

        buffer.Write([(byte)value]);
    }
}
