using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace ApproxCluster.Trainer;

/// <summary>Writes arrays as NumPy's <c>.npy</c>, format version 1.0 (numpy.lib.format): magic, length of the header, a Python literal padded to 64 bytes, the numbers in C order.</summary>
internal static class NpyWriter
{
    private const int Alignment = 64;

    /// <summary>Writes float32 numbers of a shape.</summary>
    public static void Write(Stream stream, ReadOnlySpan<float> numbers, params ReadOnlySpan<int> shape)
    {
        WriteHeader(stream, "<f4", shape);
        stream.Write(MemoryMarshal.AsBytes(numbers));
    }

    /// <summary>Writes text as an array without dimensions, which reads without pickle.</summary>
    public static void Write(Stream stream, string text)
    {
        var bytes = Encoding.UTF32.GetBytes(text);
        WriteHeader(stream, FormattableString.Invariant($"<U{bytes.Length / 4}"), []);
        stream.Write(bytes);
    }

    private static void WriteHeader(Stream stream, string kind, ReadOnlySpan<int> shape)
    {
        var sizes = new StringBuilder();
        foreach (var size in shape)
        {
            sizes.Append(FormattableString.Invariant($"{size}, "));
        }

        const int Prefix = 10;
        var literal = $"{{'descr': '{kind}', 'fortran_order': False, 'shape': ({sizes.ToString().TrimEnd()}), }}";
        var padded = (Prefix + literal.Length + 1 + Alignment - 1) / Alignment * Alignment - Prefix;
        var header = new byte[Prefix + padded];
        header[0] = 0x93;
        "NUMPY"u8.CopyTo(header.AsSpan(1));
        header[6] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(8), (ushort)padded);
        header.AsSpan(Prefix).Fill((byte)' ');
        Encoding.ASCII.GetBytes(literal, header.AsSpan(Prefix));
        header[^1] = (byte)'\n';
        stream.Write(header);
    }
}
