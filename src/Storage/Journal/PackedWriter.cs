using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ApproxCluster.Storage;

/// <summary>Packs JSON without white space into fewer bytes, from which <see cref="PackedReader"/> makes the same text again, byte for byte.</summary>
internal sealed class PackedWriter(NewWords words)
{
    private readonly ArrayBufferWriter<byte> output = new(512);
    private char[] letters = new char[256];

    public ReadOnlySpan<byte> Written => output.WrittenSpan;

    public void Clear() => output.ResetWrittenCount();

    public void Token(byte token)
    {
        output.GetSpan(1)[0] = token;
        output.Advance(1);
    }

    public void Value(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        Value(ref reader);
    }

    private void Value(ref Utf8JsonReader json)
    {
        switch (json.TokenType)
        {
            case JsonTokenType.Null:
                Token(PackedToken.Null);
                break;
            case JsonTokenType.False:
                Token(PackedToken.False);
                break;
            case JsonTokenType.True:
                Token(PackedToken.True);
                break;
            case JsonTokenType.Number:
                Number(json.ValueSpan);
                break;
            case JsonTokenType.String:
                String(json.ValueSpan);
                break;
            case JsonTokenType.StartArray:
                List(ref json);
                break;
            default:
                Object(ref json);
                break;
        }
    }

    private void List(ref Utf8JsonReader json)
    {
        var ahead = json;
        var count = 0;
        while (ahead.Read() && ahead.TokenType != JsonTokenType.EndArray)
        {
            ahead.Skip();
            count++;
        }

        Short(count, PackedToken.ShortList, PackedToken.ShortLists, PackedToken.List);
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            Value(ref json);
        }
    }

    private void Object(ref Utf8JsonReader json)
    {
        var keys = Keys(json, out var count);
        var hasShape = words.TryShape(keys, out var shape);
        if (hasShape)
        {
            Short(shape, PackedToken.ShortShape, PackedToken.ShortWords, PackedToken.Shape);
        }
        else
        {
            Token(PackedToken.Object);
            Varint((ulong)count);
        }

        while (json.Read() && json.TokenType != JsonTokenType.EndObject)
        {
            if (!hasShape)
            {
                String(json.ValueSpan);
            }

            json.Read();
            Value(ref json);
        }
    }

    // The keys of the object that begins here, as a JSON array.
    private ReadOnlySpan<char> Keys(Utf8JsonReader json, out int count)
    {
        count = 0;
        var length = 0;
        Append("[");
        while (json.Read() && json.TokenType != JsonTokenType.EndObject)
        {
            Append(count++ == 0 ? "\"" : ",\"");
            Grow(length + json.ValueSpan.Length);
            length += Encoding.UTF8.GetChars(json.ValueSpan, letters.AsSpan(length));
            Append("\"");
            json.Read();
            json.Skip();
        }

        Append("]");
        return letters.AsSpan(0, length);

        void Append(string text)
        {
            Grow(length + text.Length);
            text.CopyTo(letters.AsSpan(length));
            length += text.Length;
        }
    }

    private void String(ReadOnlySpan<byte> text)
    {
        if (Utf8Parser.TryParse(text, out ulong digits, out var consumed) && consumed == text.Length && digits >= 1UL << 48 && Says(text, digits))
        {
            Token(PackedToken.Digits);
            Eight(digits);
            return;
        }

        Grow(text.Length);
        if (words.TryWord(letters.AsSpan(0, Encoding.UTF8.GetChars(text, letters)), out var number))
        {
            Short(number, PackedToken.ShortWord, PackedToken.ShortWords, PackedToken.Word);
            return;
        }

        Raw(PackedToken.Text, text);
    }

    private void Number(ReadOnlySpan<byte> text)
    {
        if (Utf8Parser.TryParse(text, out long whole, out var consumed) && consumed == text.Length && Says(text, whole))
        {
            Whole(whole);
        }
        else if (text.EndsWith(".0"u8) && Utf8Parser.TryParse(text[..^2], out whole, out consumed) && consumed == text.Length - 2 && Says(text[..^2], whole))
        {
            Token(PackedToken.WholeReal);
            Signed(whole);
        }
        else if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) && Says(text, real))
        {
            Real(text, real);
        }
        else
        {
            Raw(PackedToken.NumberText, text);
        }
    }

    private void Whole(long value)
    {
        if (value is >= 0 and <= PackedToken.LastSmall)
        {
            Token((byte)value);
        }
        else
        {
            Token(value < 0 ? PackedToken.Negative : PackedToken.Whole);
            Varint(value < 0 ? (ulong)~value : (ulong)value - PackedToken.LastSmall - 1);
        }
    }

    private void Real(ReadOnlySpan<byte> text, double value)
    {
        if (Decimals.TrySplit(text, out var mantissa, out var exponent) && Decimals.Join(mantissa, exponent).Equals(value))
        {
            Token(PackedToken.Decimal);
            Signed(mantissa);
            Token((byte)exponent);
        }
        else
        {
            Token(PackedToken.Real);
            Eight(BitConverter.DoubleToUInt64Bits(value));
        }
    }

    private void Raw(byte token, ReadOnlySpan<byte> text)
    {
        Token(token);
        Varint((ulong)text.Length);
        output.Write(text);
    }

    private void Short(int number, byte first, int count, byte otherwise)
    {
        if (number < count)
        {
            Token((byte)(first + number));
            return;
        }

        Token(otherwise);
        Varint((ulong)number);
    }

    private void Signed(long value) => Varint((ulong)((value << 1) ^ (value >> 63)));

    private void Varint(ulong value)
    {
        for (; value > 0x7F; value >>= 7)
        {
            Token((byte)(value | 0x80));
        }

        Token((byte)value);
    }

    private void Eight(ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(output.GetSpan(8), value);
        output.Advance(8);
    }

    private void Grow(int length)
    {
        if (letters.Length < length)
        {
            Array.Resize(ref letters, 2 * length);
        }
    }

    private static bool Says<T>(ReadOnlySpan<byte> text, T value)
        where T : IUtf8SpanFormattable
    {
        Span<byte> buffer = stackalloc byte[40];
        return value.TryFormat(buffer, out var length, default, CultureInfo.InvariantCulture) && text.SequenceEqual(buffer[..length]);
    }
}
